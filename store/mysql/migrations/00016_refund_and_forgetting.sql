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
  IF NEW.note <> '' OR NOT (NEW.id <=> OLD.id AND NEW.order_id <=> OLD.order_id AND NEW.reference <=> OLD.reference AND NEW.minor <=> OLD.minor
      AND NEW.restocked <=> OLD.restocked AND NEW.actor <=> OLD.actor AND NEW.at <=> OLD.at) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refund is append-only';
  END IF;
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

-- What names people is emptied when its term is over: the remarks of append-only tables, and whole documents. No document is younger
-- than the shortest term of any market.

DROP TRIGGER order_event_updated;

-- +goose StatementBegin
CREATE TRIGGER order_event_updated BEFORE UPDATE ON order_event FOR EACH ROW
  IF NEW.note <> '' OR NOT (NEW.id <=> OLD.id AND NEW.order_id <=> OLD.order_id AND NEW.state <=> OLD.state AND NEW.actor <=> OLD.actor AND NEW.at <=> OLD.at) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'order_event is append-only';
  END IF;
-- +goose StatementEnd

DROP TRIGGER withdrawal_step_updated;

-- +goose StatementBegin
CREATE TRIGGER withdrawal_step_updated BEFORE UPDATE ON withdrawal_step FOR EACH ROW
  IF NEW.note <> '' OR NOT (NEW.withdrawal_id <=> OLD.withdrawal_id AND NEW.step <=> OLD.step AND NEW.minor <=> OLD.minor AND NEW.currency <=> OLD.currency
      AND NEW.actor <=> OLD.actor AND NEW.at <=> OLD.at) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'withdrawal_step is append-only';
  END IF;
-- +goose StatementEnd

DROP TRIGGER document_updated;

-- +goose StatementBegin
CREATE TRIGGER document_updated BEFORE UPDATE ON document FOR EACH ROW
BEGIN
  IF NEW.number <> OLD.number OR NEW.order_id <> OLD.order_id OR NEW.market <> OLD.market OR NEW.kind <> OLD.kind OR NEW.issued_at <> OLD.issued_at THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a document does not change';
  END IF;
  IF (OLD.sheet IS NOT NULL OR NEW.facts <> OLD.facts)
     AND NOT (NEW.facts = '' AND NEW.sheet IS NULL AND OLD.issued_at < UTC_TIMESTAMP(6) - INTERVAL 6 YEAR) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a document does not change';
  END IF;
END;
-- +goose StatementEnd

ALTER TABLE orders ADD KEY orders_placed (market, placed_at);

-- +goose Down
ALTER TABLE orders DROP KEY orders_placed;

DROP TRIGGER order_event_updated;

-- +goose StatementBegin
CREATE TRIGGER order_event_updated BEFORE UPDATE ON order_event FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'order_event is append-only';
-- +goose StatementEnd

DROP TRIGGER withdrawal_step_updated;

-- +goose StatementBegin
CREATE TRIGGER withdrawal_step_updated BEFORE UPDATE ON withdrawal_step FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'withdrawal_step is append-only';
-- +goose StatementEnd

DROP TRIGGER document_updated;

-- +goose StatementBegin
CREATE TRIGGER document_updated BEFORE UPDATE ON document FOR EACH ROW
BEGIN
  IF OLD.sheet IS NOT NULL OR NEW.number <> OLD.number OR NEW.order_id <> OLD.order_id OR NEW.market <> OLD.market
     OR NEW.kind <> OLD.kind OR NEW.issued_at <> OLD.issued_at OR NEW.facts <> OLD.facts THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a document does not change';
  END IF;
END;
-- +goose StatementEnd

DROP TABLE refund_line, refund;
ALTER TABLE payment DROP KEY payment_part_of, DROP COLUMN part_of;
