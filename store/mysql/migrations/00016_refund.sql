-- +goose Up

-- Money that goes back for a part of an order: a payment that is due or returned as any, and a part of the one that was received.
ALTER TABLE payment
  ADD COLUMN part_of BIGINT UNSIGNED NULL COMMENT 'the payment that this gives a part of back',
  ADD KEY payment_part_of (part_of);

-- Decisions of the staff, or of settled withdrawals, to give the money for some lines back.
CREATE TABLE refund (
  id        BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  order_id  BIGINT UNSIGNED NOT NULL,
  reference VARCHAR(128) NOT NULL COMMENT 'of the decision: the same one again changes nothing',
  minor     BIGINT       NOT NULL COMMENT 'what goes back, in the order''s currency',
  restocked BOOLEAN      NOT NULL COMMENT 'the bottles are for sale again',
  actor     VARCHAR(80)  NOT NULL,
  note      VARCHAR(400) NOT NULL,
  at        DATETIME(6)  NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  UNIQUE KEY (order_id, reference),
  CONSTRAINT refund_positive CHECK (minor > 0)
);

CREATE TABLE refund_line (
  refund_id BIGINT UNSIGNED   NOT NULL,
  position  SMALLINT UNSIGNED NOT NULL COMMENT 'of the order''s line',
  quantity  INT               NOT NULL,
  PRIMARY KEY (refund_id, position),
  CONSTRAINT refund_line_quantity CHECK (quantity > 0)
);

-- +goose StatementBegin
CREATE TRIGGER refund_updated BEFORE UPDATE ON refund FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refund is append-only';
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER refund_deleted BEFORE DELETE ON refund FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refund is append-only';
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER refund_line_updated BEFORE UPDATE ON refund_line FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refund_line is append-only';
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER refund_line_deleted BEFORE DELETE ON refund_line FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refund_line is append-only';
-- +goose StatementEnd

-- +goose Down
DROP TABLE refund_line, refund;
ALTER TABLE payment DROP KEY payment_part_of, DROP COLUMN part_of;
