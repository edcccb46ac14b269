-- +goose Up

-- What is free to sell, in SKU units, reservations already taken off. SKUs never share bottles.
CREATE TABLE stock (
  sku        VARCHAR(64) NOT NULL,
  warehouse  VARCHAR(24) NOT NULL,
  available  INT NOT NULL DEFAULT 0,
  updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (sku, warehouse),
  CONSTRAINT stock_not_negative CHECK (available >= 0)
);

-- Every level that a stock row ever had, written by triggers in the same transaction, so that a
-- hand-written UPDATE is in it too. The row lock on stock is held while the event is written: for one
-- SKU and warehouse the order of ids is the order of commits. The instances read their live stock from
-- the tail of this log (package store/stock).
CREATE TABLE stock_event (
  id        BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  sku       VARCHAR(64) NOT NULL,
  warehouse VARCHAR(24) NOT NULL,
  available INT NOT NULL,
  previous  INT NULL COMMENT 'NULL: the row is new',
  at        DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)
);

-- +goose StatementBegin
CREATE TRIGGER stock_inserted AFTER INSERT ON stock FOR EACH ROW
  INSERT INTO stock_event (sku, warehouse, available, previous) VALUES (NEW.sku, NEW.warehouse, NEW.available, NULL);
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER stock_updated AFTER UPDATE ON stock FOR EACH ROW
BEGIN
  IF NEW.sku <> OLD.sku OR NEW.warehouse <> OLD.warehouse THEN
    INSERT INTO stock_event (sku, warehouse, available, previous) VALUES (OLD.sku, OLD.warehouse, 0, OLD.available);
  END IF;
  IF NEW.available <> OLD.available OR NEW.sku <> OLD.sku OR NEW.warehouse <> OLD.warehouse THEN
    INSERT INTO stock_event (sku, warehouse, available, previous) VALUES (NEW.sku, NEW.warehouse, NEW.available, OLD.available);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER stock_deleted AFTER DELETE ON stock FOR EACH ROW
  INSERT INTO stock_event (sku, warehouse, available, previous) VALUES (OLD.sku, OLD.warehouse, 0, OLD.available);
-- +goose StatementEnd

-- One row, rewritten a few times a second by the instances: how far behind a replica is.
CREATE TABLE heartbeat (
  id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
  at DATETIME(6) NOT NULL
);

-- +goose Down
DROP TABLE heartbeat, stock_event, stock;
