-- +goose Up

ALTER TABLE letter ADD COLUMN parked_at DATETIME(6) NULL COMMENT 'given up: a person has to look';

-- Nobody read the outbox until now. What happened days ago is no news.
UPDATE outbox SET sent_at = at WHERE sent_at IS NULL AND at < UTC_TIMESTAMP(6) - INTERVAL 1 DAY;

-- The last number of each series of documents. The row is locked until the document that takes the next number is
-- committed: so numbers have no gaps, and one document of a series is made at a time.
CREATE TABLE document_number (
  market CHAR(2)           NOT NULL,
  year   SMALLINT UNSIGNED NOT NULL COMMENT 'on the market''s own calendar',
  kind   VARCHAR(8)        NOT NULL,
  last   INT UNSIGNED      NOT NULL,
  PRIMARY KEY (market, year, kind)
);

-- Invoices and credit notes. They are kept as bookkeeping wants it: nothing is deleted, and nothing changes but that the
-- words are added once.
CREATE TABLE document (
  id        BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  number    VARCHAR(24)     NOT NULL,
  order_id  BIGINT UNSIGNED NOT NULL,
  market    CHAR(2)         NOT NULL,
  kind      VARCHAR(8)      NOT NULL COMMENT 'invoice, credit',
  issued_at DATETIME(6)     NOT NULL,
  facts     MEDIUMTEXT      NOT NULL COMMENT 'what it says, as JSON',
  sheet     MEDIUMTEXT      NULL COMMENT 'the same in its final words, as JSON, once they were written',
  UNIQUE KEY (number),
  KEY (order_id)
);

-- +goose StatementBegin
CREATE TRIGGER document_updated BEFORE UPDATE ON document FOR EACH ROW
BEGIN
  IF OLD.sheet IS NOT NULL OR NEW.number <> OLD.number OR NEW.order_id <> OLD.order_id OR NEW.market <> OLD.market
     OR NEW.kind <> OLD.kind OR NEW.issued_at <> OLD.issued_at OR NEW.facts <> OLD.facts THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a document does not change';
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER document_deleted BEFORE DELETE ON document FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a document is kept';
-- +goose StatementEnd

-- +goose Down
DROP TABLE document, document_number;
ALTER TABLE letter DROP COLUMN parked_at;
