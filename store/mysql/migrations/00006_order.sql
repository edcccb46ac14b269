-- +goose Up

-- Orders. Rows refer to each other by id, without foreign keys. Amounts are minor units of the order's currency.
-- For each SKU and warehouse: initial + received = stock.available + reservations held + reservations sold.

-- The next number of each market. Instances take them in blocks, outside of the order's transaction: a counter that
-- was locked until the commit would let one order of a market be placed at a time.
CREATE TABLE order_number (
  market CHAR(2)         NOT NULL PRIMARY KEY,
  next   BIGINT UNSIGNED NOT NULL
);

-- One row for each checkout that became an order. Its primary key is what makes an order happen once.
CREATE TABLE idempotency (
  key_hash  BINARY(32)  NOT NULL PRIMARY KEY COMMENT 'SHA-256 of the key, which also opens the status page',
  body_hash BINARY(32)  NOT NULL,
  number    VARCHAR(16) NOT NULL COMMENT 'the result',
  at        DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  KEY (number)
);

CREATE TABLE orders (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  number     VARCHAR(16)  NOT NULL,
  market     CHAR(2)      NOT NULL,
  locale     VARCHAR(12)  NOT NULL,
  warehouse  VARCHAR(24)  NOT NULL,
  customer   VARCHAR(120) NOT NULL COMMENT 'account, or empty for a guest',
  buyer      VARCHAR(300) NOT NULL COMMENT 'whom allocations are counted for',
  name       VARCHAR(120) NOT NULL,
  email      VARCHAR(254) NOT NULL,
  phone      VARCHAR(120) NOT NULL,
  delivery   TEXT         NOT NULL COMMENT 'address as JSON',
  invoice    TEXT         NOT NULL COMMENT 'likewise',
  method     VARCHAR(16)  NOT NULL COMMENT 'redirect, transfer',
  state      VARCHAR(16)  NOT NULL COMMENT 'see package order',
  currency   CHAR(3)      NOT NULL,
  net        BIGINT       NOT NULL,
  tax        BIGINT       NOT NULL,
  total      BIGINT       NOT NULL,
  placed_at  DATETIME(6)  NOT NULL,
  expires_at DATETIME(6)  NOT NULL COMMENT 'by the database''s clock',
  UNIQUE KEY (number),
  KEY (customer),
  CONSTRAINT orders_sum CHECK (net + tax = total)
);

CREATE TABLE order_line (
  order_id  BIGINT UNSIGNED   NOT NULL,
  position  SMALLINT UNSIGNED NOT NULL,
  kind      VARCHAR(16)  NOT NULL COMMENT 'wine, delivery, duty',
  sku       VARCHAR(64)  NOT NULL COMMENT 'empty where it is no wine',
  sale_type VARCHAR(16)  NOT NULL,
  title     VARCHAR(400) NOT NULL COMMENT 'in the order''s language, as it was on the day',
  quantity  INT          NOT NULL,
  unit      BIGINT       NOT NULL COMMENT 'price of one in the market''s list and basis',
  net       BIGINT       NOT NULL,
  tax       BIGINT       NOT NULL,
  PRIMARY KEY (order_id, position),
  CONSTRAINT order_line_quantity CHECK (quantity > 0)
);

-- What happened to an order, with who and when. Nothing here is ever updated or deleted.
CREATE TABLE order_event (
  id       BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  order_id BIGINT UNSIGNED NOT NULL,
  state    VARCHAR(16)  NOT NULL COMMENT 'of the order since',
  actor    VARCHAR(80)  NOT NULL COMMENT 'shopper, payment, clock, staff:name',
  note     VARCHAR(400) NOT NULL DEFAULT '',
  at       DATETIME(6)  NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  KEY (order_id)
);

-- +goose StatementBegin
CREATE TRIGGER order_event_updated BEFORE UPDATE ON order_event FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'order_event is append-only';
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER order_event_deleted BEFORE DELETE ON order_event FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'order_event is append-only';
-- +goose StatementEnd

-- What an order took from the stock.
CREATE TABLE reservation (
  order_id   BIGINT UNSIGNED NOT NULL,
  sku        VARCHAR(64) NOT NULL,
  warehouse  VARCHAR(24) NOT NULL,
  quantity   INT         NOT NULL,
  allotted   BOOLEAN     NOT NULL COMMENT 'counted in allocation_taken while not released',
  goods      VARCHAR(16) NOT NULL COMMENT 'held, sold, released',
  expires_at DATETIME(6) NOT NULL COMMENT 'held until then, by the database''s clock',
  PRIMARY KEY (order_id, sku, warehouse),
  KEY (goods, expires_at),
  KEY (sku, warehouse),
  CONSTRAINT reservation_quantity CHECK (quantity > 0)
);

CREATE TABLE payment (
  id        BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  order_id  BIGINT UNSIGNED NOT NULL,
  method    VARCHAR(16)  NOT NULL,
  reference VARCHAR(128) NULL COMMENT 'NULL until money came',
  minor     BIGINT       NOT NULL,
  currency  CHAR(3)      NOT NULL,
  state     VARCHAR(16)  NOT NULL COMMENT 'asked, received, due, returned, void',
  at        DATETIME(6)  NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  UNIQUE KEY (method, reference),
  KEY (order_id)
);

-- What the rest of the world has to be told (mail, ERP, payment provider), written in the transaction that made it
-- true. Whoever sends it sets sent_at.
CREATE TABLE outbox (
  id       BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  topic    VARCHAR(40)     NOT NULL COMMENT 'order.awaiting, order.paid …',
  order_id BIGINT UNSIGNED NOT NULL,
  at       DATETIME(6)     NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  sent_at  DATETIME(6)     NULL,
  KEY (sent_at, id)
);

-- How many units of a SKU one customer may have in a market; no row: as many as there are.
CREATE TABLE allocation (
  sku          VARCHAR(64) NOT NULL,
  market       CHAR(2)     NOT NULL,
  per_customer INT         NOT NULL,
  PRIMARY KEY (sku, market),
  CONSTRAINT allocation_positive CHECK (per_customer > 0)
);

-- How many units of it a customer has, in all markets together. Only SKUs with an allocation are counted.
CREATE TABLE allocation_taken (
  sku   VARCHAR(64)  NOT NULL,
  buyer VARCHAR(300) NOT NULL,
  taken INT          NOT NULL,
  PRIMARY KEY (sku, buyer),
  CONSTRAINT allocation_not_negative CHECK (taken >= 0)
);

-- +goose Down
DROP TABLE allocation_taken, allocation, outbox, payment, reservation, order_event, order_line, orders, idempotency, order_number;
