-- +goose Up

-- The URL table: every page that ever was, and its path in each language. A path is never reused: when
-- a page moves, its old path stays with status 'moved' and leads to the page's live path.
CREATE TABLE page (
  id     INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  kind   VARCHAR(16)  NOT NULL,
  code   VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'of the wine, producer, place …',
  year   SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  gone   BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'answers 410',
  UNIQUE KEY (kind, code, year)
);

CREATE TABLE url (
  id       INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  page_id  INT UNSIGNED NOT NULL,
  language CHAR(2)      NOT NULL,
  path     VARCHAR(400) NOT NULL COMMENT 'without the edition''s prefix',
  status   VARCHAR(8)   NOT NULL DEFAULT 'live' COMMENT 'live or moved',
  UNIQUE KEY (language, path),
  KEY (page_id)
);

-- Law and rules of the markets as dated rows; the markets themselves are in package market.
CREATE TABLE market_rule (
  id         INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  market     CHAR(2)      NOT NULL,
  rule       VARCHAR(40)  NOT NULL COMMENT 'vat, excise_per_hl, min_age, rounding, notice',
  value      VARCHAR(160) NOT NULL,
  valid_from DATE         NOT NULL,
  valid_to   DATE         NULL,
  source     VARCHAR(400) NOT NULL DEFAULT '',
  verified   BOOLEAN      NOT NULL DEFAULT FALSE,
  UNIQUE KEY (market, rule, value, valid_from)
);

-- One row for each import: what came, what was taken.
CREATE TABLE import_run (
  id          INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  catalogue   VARCHAR(80) NOT NULL,
  started_at  DATETIME(6) NOT NULL,
  finished_at DATETIME(6) NOT NULL,
  inserted    INT UNSIGNED NOT NULL,
  updated     INT UNSIGNED NOT NULL,
  withdrawn   INT UNSIGNED NOT NULL
);

-- +goose Down
DROP TABLE import_run, market_rule, url, page;
