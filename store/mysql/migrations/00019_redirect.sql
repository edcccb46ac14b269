-- +goose Up

-- Old addresses that people gave a new one (package redirect). A path is that on the market's host.
CREATE TABLE redirect (
  id         INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  market     CHAR(2)      NOT NULL,
  old        VARBINARY(300) NOT NULL,
  new        VARBINARY(300) NOT NULL COMMENT 'empty with 410',
  status     SMALLINT UNSIGNED NOT NULL,
  by_whom    VARCHAR(80)  NOT NULL,
  changed_at DATETIME(6)  NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  UNIQUE KEY (market, old)
);

-- How often each was followed; apart from the rules, so that counting changes none.
CREATE TABLE redirect_hit (
  market CHAR(2)        NOT NULL,
  old    VARBINARY(300) NOT NULL,
  hits   BIGINT UNSIGNED NOT NULL,
  last   DATETIME(6)    NOT NULL,
  PRIMARY KEY (market, old)
);

-- Paths that led nowhere, more than once: no queries, nothing that looks like somebody's. At most some thousands.
CREATE TABLE missing (
  market CHAR(2)        NOT NULL,
  path   VARBINARY(160) NOT NULL,
  hits   BIGINT UNSIGNED NOT NULL,
  first  DATETIME(6)    NOT NULL,
  last   DATETIME(6)    NOT NULL,
  PRIMARY KEY (market, path)
);

-- +goose Down
DROP TABLE missing, redirect_hit, redirect;
