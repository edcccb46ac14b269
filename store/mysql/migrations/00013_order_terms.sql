-- +goose Up

-- What a checkout decides beside goods and prices: how the wine leaves, which taxes a line bears, what its buyer was told will be
-- due later, and what to do should the vintage not be there. All of it is empty in orders from before.

ALTER TABLE orders
  ADD COLUMN parcels VARCHAR(12) NOT NULL DEFAULT '' COMMENT 'split, together; empty where nothing was to choose';

ALTER TABLE order_line
  ADD COLUMN terms   VARCHAR(12) NOT NULL DEFAULT '' COMMENT 'abroad, on_arrival, later; empty: taxed as the price list says',
  ADD COLUMN rest_on VARCHAR(10) NOT NULL DEFAULT '' COMMENT 'the first day on which the rest falls due',
  ADD COLUMN rest    BIGINT      NULL                COMMENT 'what it was estimated to be; NULL: none, or it could not be told',
  ADD COLUMN wish    VARCHAR(8)  NOT NULL DEFAULT '' COMMENT 'next, ask; empty: this vintage only';

-- +goose Down
ALTER TABLE order_line DROP COLUMN terms, DROP COLUMN rest_on, DROP COLUMN rest, DROP COLUMN wish;
ALTER TABLE orders DROP COLUMN parcels;
