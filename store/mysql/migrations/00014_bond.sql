-- +goose Up

ALTER TABLE orders
  ADD COLUMN bond VARCHAR(120) NOT NULL DEFAULT '' COMMENT 'bonded warehouse and account; empty where nothing is in bond';

-- +goose Down
ALTER TABLE orders DROP COLUMN bond;
