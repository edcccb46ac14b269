-- +goose Up

-- What people want to be told (package alert). An address is here from the asking until the alert is over and a month
-- more, or until its owner ends it, which empties it at once.
CREATE TABLE alert (
  id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'the order of asking',
  what         BINARY(32)   NOT NULL COMMENT 'SHA-256 of address, market, kind, subject and amount',
  waiting      BOOLEAN      NULL COMMENT 'TRUE while asked or confirmed, else NULL: one of each waits at a time',
  email        VARCHAR(254) NOT NULL,
  market       CHAR(2)      NOT NULL,
  locale       VARCHAR(12)  NOT NULL,
  kind         VARCHAR(8)   NOT NULL COMMENT 'stock, price, vintage',
  subject      VARCHAR(220) NOT NULL COMMENT 'sku:…, vintage:wine/year, wine:…',
  below        BIGINT       NOT NULL COMMENT 'price: minor units in the market''s list and basis; else 0',
  after_year   SMALLINT UNSIGNED NOT NULL COMMENT 'vintage: the newest one with a price when it was asked; else 0',
  state        VARCHAR(10)  NOT NULL COMMENT 'asked, confirmed, told, ended',
  asked_at     DATETIME(6)  NOT NULL,
  confirmed_at DATETIME(6)  NULL,
  over_at      DATETIME(6)  NULL COMMENT 'told or ended',
  UNIQUE KEY (what, waiting),
  KEY (subject, kind, state, id),
  KEY (state, kind, id),
  KEY (state, confirmed_at),
  KEY (email, market)
);

-- The links of the letters, as SHA-256 only.
CREATE TABLE alert_token (
  token    BINARY(32)      NOT NULL PRIMARY KEY,
  alert_id BIGINT UNSIGNED NOT NULL,
  purpose  VARCHAR(8)      NOT NULL COMMENT 'confirm, stop',
  KEY (alert_id)
);

-- How often was asked: by whom, in which span of time.
CREATE TABLE alert_asked (
  who  BINARY(32)      NOT NULL COMMENT 'SHA-256 of an address, or zeros for all together',
  span BIGINT UNSIGNED NOT NULL COMMENT 'number of the hour or the minute since 1970',
  n    INT             NOT NULL,
  at   DATETIME(6)     NOT NULL,
  PRIMARY KEY (who, span),
  KEY (at)
);

-- Each time that a level rose from nothing, written by triggers in the transaction that made it so. next_at is when to look at it
-- (again), NULL when nobody waits; such a row stays a week, for those who confirm later what they asked before it.
CREATE TABLE stock_rise (
  id        BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  sku       VARCHAR(64) NOT NULL,
  warehouse VARCHAR(24) NOT NULL,
  at        DATETIME(6) NOT NULL,
  next_at   DATETIME(6) NULL,
  wave_at   DATETIME(6) NULL COMMENT 'when the wave began that told belongs to',
  told      INT         NOT NULL DEFAULT 0,
  KEY (next_at),
  KEY (sku, warehouse, at)
);

-- The times are written out, for whoever changes stock by hand may have a clock of his own (time_zone).
-- +goose StatementBegin
CREATE TRIGGER stock_rise_inserted AFTER INSERT ON stock FOR EACH ROW
BEGIN
  IF NEW.available > 0 THEN
    INSERT INTO stock_rise (sku, warehouse, at, next_at) VALUES (NEW.sku, NEW.warehouse, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER stock_rise_updated AFTER UPDATE ON stock FOR EACH ROW
BEGIN
  IF NEW.available > 0 AND (OLD.available = 0 OR NEW.sku <> OLD.sku OR NEW.warehouse <> OLD.warehouse) THEN
    INSERT INTO stock_rise (sku, warehouse, at, next_at) VALUES (NEW.sku, NEW.warehouse, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));
  END IF;
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER stock_rise_inserted;

DROP TRIGGER stock_rise_updated;

DROP TABLE stock_rise, alert_asked, alert_token, alert;
