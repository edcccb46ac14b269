-- +goose Up

-- What was agreed and said about a primeur on the day, see order.Promise. Lines of before were told nothing: they can be withdrawn from.
ALTER TABLE order_line
  ADD COLUMN delivery_from DATE    NULL COMMENT 'primeur: the first day on which it can be delivered',
  ADD COLUMN price_agreed  BOOLEAN NOT NULL DEFAULT FALSE,
  ADD COLUMN market_value  BOOLEAN NOT NULL DEFAULT FALSE,
  ADD COLUMN told          BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'that there is no withdrawal from the line';

-- Statements of withdrawal. A statement is never refused: one that fits no order is kept too, and one that comes late.
CREATE TABLE withdrawal (
  id       BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  key_hash BINARY(32)      NOT NULL COMMENT 'of the key that opens the receipt; the same statement has the same',
  order_id BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT '0: unmatched',
  market   CHAR(2)         NOT NULL,
  locale   VARCHAR(12)     NOT NULL,
  number   VARCHAR(120)    NOT NULL COMMENT 'of the order, as it was entered',
  name     VARCHAR(120)    NOT NULL,
  email    VARCHAR(254)    NOT NULL COMMENT 'where the receipt goes',
  words    VARCHAR(2000)   NOT NULL COMMENT 'what is withdrawn from, where no lines were chosen',
  late     BOOLEAN         NOT NULL COMMENT 'it came after the end of the period',
  at       DATETIME(6)     NOT NULL,
  UNIQUE KEY (key_hash),
  KEY (order_id)
);

CREATE TABLE withdrawal_line (
  withdrawal_id BIGINT UNSIGNED   NOT NULL,
  position      SMALLINT UNSIGNED NOT NULL COMMENT 'of the order''s line',
  quantity      INT          NOT NULL COMMENT 'as stated',
  counted       INT          NOT NULL COMMENT 'what of it was not withdrawn from before',
  title         VARCHAR(400) NOT NULL,
  PRIMARY KEY (withdrawal_id, position),
  CONSTRAINT withdrawal_line_quantity CHECK (quantity > 0 AND counted BETWEEN 0 AND quantity)
);

-- What the staff made of a statement: settled (the money is decided on), returned (the bottles are back in the stock). Each happens once.
CREATE TABLE withdrawal_step (
  withdrawal_id BIGINT UNSIGNED NOT NULL,
  step          VARCHAR(16)  NOT NULL COMMENT 'settled, returned',
  minor         BIGINT       NOT NULL COMMENT 'settled: what goes back',
  currency      CHAR(3)      NOT NULL,
  actor         VARCHAR(80)  NOT NULL,
  note          VARCHAR(400) NOT NULL,
  at            DATETIME(6)  NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (withdrawal_id, step)
);

-- All three are append-only, but that a person who is to be forgotten may be blanked out of a statement.

-- +goose StatementBegin
CREATE TRIGGER withdrawal_updated BEFORE UPDATE ON withdrawal FOR EACH ROW
  IF NEW.name <> '' OR NEW.email <> '' OR NEW.words <> '' OR NOT (NEW.id <=> OLD.id AND NEW.key_hash <=> OLD.key_hash AND NEW.order_id <=> OLD.order_id
      AND NEW.market <=> OLD.market AND NEW.locale <=> OLD.locale AND NEW.number <=> OLD.number AND NEW.late <=> OLD.late AND NEW.at <=> OLD.at) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'withdrawal is append-only';
  END IF
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER withdrawal_deleted BEFORE DELETE ON withdrawal FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'withdrawal is append-only';
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER withdrawal_line_updated BEFORE UPDATE ON withdrawal_line FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'withdrawal_line is append-only';
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER withdrawal_line_deleted BEFORE DELETE ON withdrawal_line FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'withdrawal_line is append-only';
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER withdrawal_step_updated BEFORE UPDATE ON withdrawal_step FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'withdrawal_step is append-only';
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER withdrawal_step_deleted BEFORE DELETE ON withdrawal_step FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'withdrawal_step is append-only';
-- +goose StatementEnd

-- What happened, or is planned to happen, to wine that was sold en primeur. A correction is a later row. What a row is about: a
-- campaign, a vintage (wine and year), or an order, of which sku may name one line. One of the three is filled in.
CREATE TABLE milestone (
  id       BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  campaign VARCHAR(80)     NOT NULL DEFAULT '',
  wine     VARCHAR(200)    NOT NULL DEFAULT '',
  year     SMALLINT        NOT NULL DEFAULT 0,
  number   VARCHAR(16)     NOT NULL DEFAULT '',
  sku      VARCHAR(64)     NOT NULL DEFAULT '',
  kind     VARCHAR(16)     NOT NULL COMMENT 'released, bottled, arrived, taxes_due, delivered',
  planned  BOOLEAN         NOT NULL COMMENT 'FALSE: it has happened',
  day      DATE            NULL COMMENT 'NULL: what was said before is not so; not known again',
  source   VARCHAR(200)    NOT NULL COMMENT 'where it is known from; "demonstration" is made by rule',
  actor    VARCHAR(80)     NOT NULL,
  at       DATETIME(6)     NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  KEY (wine, year),
  KEY (number),
  KEY (campaign),
  CONSTRAINT milestone_scope CHECK ((campaign <> '') + (wine <> '') + (number <> '') = 1 AND (sku = '' OR number <> ''))
);

-- +goose StatementBegin
CREATE TRIGGER milestone_updated BEFORE UPDATE ON milestone FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'milestone is append-only';
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER milestone_deleted BEFORE DELETE ON milestone FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'milestone is append-only';
-- +goose StatementEnd

-- +goose Down
DROP TABLE milestone, withdrawal_step, withdrawal_line, withdrawal;
ALTER TABLE order_line DROP COLUMN delivery_from, DROP COLUMN price_agreed, DROP COLUMN market_value, DROP COLUMN told;
