-- +goose Up

-- Names are keyed by code everywhere outside the database; inside, rows refer to each other by id.
-- No foreign key cascades: a cascade fires no trigger, and the change log would miss it.

CREATE TABLE region (
  id        INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code      VARCHAR(80)  NOT NULL,
  parent    VARCHAR(80)  NOT NULL DEFAULT '',
  country   CHAR(2)      NOT NULL,
  name      VARCHAR(160) NOT NULL,
  shape     VARCHAR(16)  NOT NULL DEFAULT '',
  UNIQUE KEY (code)
);

CREATE TABLE appellation (
  id        INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code      VARCHAR(120) NOT NULL,
  region    VARCHAR(80)  NOT NULL,
  name      VARCHAR(160) NOT NULL,
  level     VARCHAR(40)  NOT NULL DEFAULT '',
  UNIQUE KEY (code)
);

CREATE TABLE producer (
  id        INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code      VARCHAR(160) NOT NULL,
  name      VARCHAR(160) NOT NULL,
  region    VARCHAR(80)  NOT NULL,
  commune   VARCHAR(120) NOT NULL DEFAULT '',
  UNIQUE KEY (code)
);

CREATE TABLE wine (
  id             INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code           VARCHAR(200) NOT NULL,
  producer       VARCHAR(160) NOT NULL,
  appellation    VARCHAR(120) NOT NULL DEFAULT '',
  region         VARCHAR(80)  NOT NULL,
  name           VARCHAR(200) NOT NULL,
  colour         VARCHAR(16)  NOT NULL,
  style          VARCHAR(16)  NOT NULL,
  grapes         VARCHAR(255) NOT NULL DEFAULT '' COMMENT 'main grape first, separated by |',
  classification VARCHAR(160) NOT NULL DEFAULT '',
  shape          VARCHAR(16)  NOT NULL DEFAULT '',
  lwin           CHAR(7)      NOT NULL DEFAULT '' COMMENT 'LWIN-7, never invented',
  popularity     SMALLINT     NOT NULL DEFAULT 0,
  UNIQUE KEY (code)
);

CREATE TABLE vintage (
  id        INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  wine_id   INT UNSIGNED NOT NULL,
  year      SMALLINT UNSIGNED NOT NULL COMMENT '0 is NV',
  strength  SMALLINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'tenths of % vol, 0 unknown',
  UNIQUE KEY (wine_id, year)
);

CREATE TABLE drinking_window (
  vintage_id INT UNSIGNED NOT NULL PRIMARY KEY,
  from_year  SMALLINT UNSIGNED NOT NULL,
  peak_from  SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  peak_to    SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  to_year    SMALLINT UNSIGNED NOT NULL,
  source     VARCHAR(80) NOT NULL DEFAULT ''
);

CREATE TABLE score (
  id         INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  vintage_id INT UNSIGNED NOT NULL,
  critic     VARCHAR(80)  NOT NULL,
  low        DECIMAL(5,2) NOT NULL,
  high       DECIMAL(5,2) NOT NULL,
  scale      SMALLINT UNSIGNED NOT NULL,
  tasted     DATE NULL,
  barrel     BOOLEAN NOT NULL DEFAULT FALSE,
  UNIQUE KEY (vintage_id, critic, barrel, scale, tasted)
);

CREATE TABLE campaign (
  id        INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code      VARCHAR(80) NOT NULL,
  region    VARCHAR(80) NOT NULL,
  year      SMALLINT UNSIGNED NOT NULL,
  opens     DATETIME NOT NULL,
  UNIQUE KEY (code)
);

CREATE TABLE sku (
  id         INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code       VARCHAR(64)  NOT NULL,
  vintage_id INT UNSIGNED NOT NULL,
  volume     INT UNSIGNED NOT NULL COMMENT 'millilitres of one bottle',
  pack       SMALLINT UNSIGNED NOT NULL COMMENT 'bottles in the unit',
  packaging  VARCHAR(16)  NOT NULL,
  sale_type  VARCHAR(16)  NOT NULL,
  gtin       VARCHAR(14)  NOT NULL DEFAULT '',
  lwin       VARCHAR(18)  NOT NULL DEFAULT '' COMMENT 'LWIN-18, never invented',
  campaign   VARCHAR(80)  NOT NULL DEFAULT '',
  delivery   DATE NULL COMMENT 'primeur: first day of the quarter of delivery',
  withdrawn  BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'no longer in the list; its page stays',
  UNIQUE KEY (code),
  KEY (vintage_id),
  CONSTRAINT sku_volume CHECK (volume BETWEEN 100 AND 30000),
  CONSTRAINT sku_pack   CHECK (pack BETWEEN 1 AND 60)
);

-- The append-only price log. The price of a SKU in a market is the row with the latest valid_from that
-- has come; of two with the same time, the later row. Nothing here is ever updated or deleted.
CREATE TABLE price (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  sku_id     INT UNSIGNED NOT NULL,
  market     CHAR(2)      NOT NULL,
  minor      BIGINT       NOT NULL COMMENT 'of the whole SKU, in minor units of the market''s currency and in its basis; primeur: excluding tax',
  valid_from DATETIME(6)  NOT NULL,
  written_at DATETIME(6)  NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  KEY (sku_id, market, valid_from),
  CONSTRAINT price_positive CHECK (minor > 0)
);

CREATE TABLE harvest (
  id      INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  region  VARCHAR(80) NOT NULL,
  year    SMALLINT UNSIGNED NOT NULL,
  rating  TINYINT UNSIGNED NOT NULL COMMENT '1 poor to 5 great',
  UNIQUE KEY (region, year),
  CONSTRAINT harvest_rating CHECK (rating BETWEEN 1 AND 5)
);

-- Localized names and, later, editorial text.
CREATE TABLE text (
  id       INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  kind     VARCHAR(16)  NOT NULL COMMENT 'region, appellation, producer, wine',
  code     VARCHAR(200) NOT NULL,
  field    VARCHAR(24)  NOT NULL COMMENT 'name',
  language VARCHAR(12)  NOT NULL,
  value    TEXT         NOT NULL,
  UNIQUE KEY (kind, code, field, language)
);

-- What the catalogue is: one row.
CREATE TABLE about (
  id          TINYINT UNSIGNED NOT NULL PRIMARY KEY,
  code        VARCHAR(80)  NOT NULL,
  source      TEXT         NOT NULL,
  demo_prices BOOLEAN NOT NULL,
  demo_scores BOOLEAN NOT NULL,
  demo_stock  BOOLEAN NOT NULL
);

-- +goose Down
DROP TABLE about, text, harvest, price, sku, campaign, score, drinking_window, vintage, wine, producer, appellation, region;
