-- +goose Up

-- Accounts. What is kept of a person is said in package customer; erasing empties it here and leaves the row, for orders
-- name it. Addresses are compared byte by byte: they were brought into one form before.
CREATE TABLE customer (
  id        BIGINT UNSIGNED NOT NULL PRIMARY KEY COMMENT 'drawn, not counted',
  email     VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL COMMENT 'NULL once erased',
  name      VARCHAR(120) NOT NULL,
  phone     VARCHAR(120) NOT NULL DEFAULT '',
  password  VARCHAR(400) NOT NULL COMMENT 'argon2id, or what Magento kept; see package customer',
  epoch     INT          NOT NULL DEFAULT 1 COMMENT 'one more with each new password',
  market    CHAR(2)      NOT NULL,
  locale    VARCHAR(12)  NOT NULL,
  since     DATETIME(6)  NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  erased_at DATETIME(6)  NULL,
  UNIQUE KEY (email)
);

CREATE TABLE customer_address (
  id       BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  customer BIGINT UNSIGNED NOT NULL,
  address  TEXT            NOT NULL COMMENT 'as JSON',
  KEY (customer)
);

-- What a letter's link opens, once and by the database's clock. An account that is not confirmed yet is nothing but its token.
CREATE TABLE token (
  hash       BINARY(32)      NOT NULL PRIMARY KEY COMMENT 'SHA-256 of the token',
  purpose    VARCHAR(16)     NOT NULL COMMENT 'confirm, reset, email; none for nobody',
  customer   BIGINT UNSIGNED NOT NULL DEFAULT 0,
  email      VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  name       VARCHAR(120)    NOT NULL DEFAULT '',
  password   VARCHAR(400)    NOT NULL DEFAULT '' COMMENT 'hash, of an account that is to be',
  market     CHAR(2)         NOT NULL,
  locale     VARCHAR(12)     NOT NULL,
  expires_at DATETIME(6)     NOT NULL,
  used_by    BINARY(16)      NULL COMMENT 'the one use',
  KEY (customer),
  KEY (email),
  KEY (expires_at)
);

-- What happened to an account. Nothing here is ever updated or deleted, and nothing in it says who it was.
CREATE TABLE customer_event (
  id       BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  customer BIGINT UNSIGNED NOT NULL COMMENT '0: of no account',
  what     VARCHAR(40)     NOT NULL,
  at       DATETIME(6)     NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  KEY (customer)
);

-- +goose StatementBegin
CREATE TRIGGER customer_event_updated BEFORE UPDATE ON customer_event FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'customer_event is append-only';
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER customer_event_deleted BEFORE DELETE ON customer_event FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'customer_event is append-only';
-- +goose StatementEnd

-- An account's cart in each market: a copy of what Redis has, for the day on which Redis has nothing.
CREATE TABLE customer_cart (
  customer BIGINT UNSIGNED NOT NULL,
  market   CHAR(2)         NOT NULL,
  cart     BINARY(16)      NOT NULL COMMENT 'its ID, the same on all devices',
  version  BIGINT UNSIGNED NOT NULL COMMENT 'the higher one wins',
  content  TEXT            NOT NULL COMMENT 'lines as JSON',
  at       DATETIME(6)     NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (customer, market)
);

-- One row for each buyer who orders by bank transfer: locked while one order is placed, so that two at once are both counted.
CREATE TABLE buyer_turn (
  buyer VARCHAR(300) NOT NULL PRIMARY KEY
);

ALTER TABLE orders ADD KEY orders_unpaid (buyer, state);
ALTER TABLE letter ADD KEY letter_recipient (recipient);

-- +goose Down
ALTER TABLE letter DROP KEY letter_recipient;
ALTER TABLE orders DROP KEY orders_unpaid;
DROP TABLE buyer_turn, customer_cart, customer_event, token, customer_address, customer;
