-- +goose Up

-- Pages of the payment provider, one row for each attempt (package payment). A row is written before the provider is
-- asked; session and address are NULL until it has answered.
CREATE TABLE payment_session (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  order_id   BIGINT UNSIGNED NOT NULL,
  attempt    INT           NOT NULL,
  session    VARCHAR(128)  NULL COMMENT 'the provider''s name for it',
  address    VARCHAR(2000) NULL COMMENT 'where the shopper pays; empty once it is over',
  state      VARCHAR(16)   NOT NULL COMMENT 'asked, open, pending, paid, failed, expired, void',
  asked_at   DATETIME(6)   NOT NULL COMMENT 'by the database''s clock, as all times here',
  expires_at DATETIME(6)   NOT NULL COMMENT 'takes money until then',
  next_at    DATETIME(6)   NOT NULL COMMENT 'to be looked at then, while open or pending',
  UNIQUE KEY (order_id, attempt),
  UNIQUE KEY (session),
  KEY (state, next_at)
);

-- Messages of the provider's that were taken, so that the same one again changes nothing.
CREATE TABLE payment_notice (
  id     VARCHAR(128) NOT NULL PRIMARY KEY COMMENT 'the provider''s name for the message',
  what   VARCHAR(16)  NOT NULL,
  number VARCHAR(16)  NOT NULL COMMENT 'of the order',
  at     DATETIME(6)  NOT NULL DEFAULT CURRENT_TIMESTAMP(6)
);

-- When to ask the provider for a refund again, and how often it said no.
ALTER TABLE payment
  ADD COLUMN next_at  DATETIME(6)  NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  ADD COLUMN refusals INT          NOT NULL DEFAULT 0,
  ADD COLUMN failure  VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'the last refusal',
  ADD KEY (state, method, next_at);

-- +goose Down
ALTER TABLE payment DROP KEY state, DROP COLUMN next_at, DROP COLUMN refusals, DROP COLUMN failure;
DROP TABLE payment_notice, payment_session;
