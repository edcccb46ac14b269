-- +goose Up

-- Mails to be written. A row is made in the transaction that makes it true; whoever sends it sets sent_at. data may
-- hold a link that opens something, so it is emptied when the letter is sent.
CREATE TABLE letter (
  id        BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  topic     VARCHAR(40)  NOT NULL COMMENT 'order.paid, account.reset …',
  market    CHAR(2)      NOT NULL,
  locale    VARCHAR(12)  NOT NULL,
  recipient VARCHAR(254) NOT NULL,
  number    VARCHAR(16)  NOT NULL COMMENT 'of the order, or empty',
  data      TEXT         NOT NULL COMMENT 'JSON object of strings',
  at        DATETIME(6)  NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  tries     INT          NOT NULL DEFAULT 0,
  next_at   DATETIME(6)  NOT NULL DEFAULT CURRENT_TIMESTAMP(6) COMMENT 'not to be tried before',
  failure   VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'why the last try failed',
  sent_at   DATETIME(6)  NULL,
  KEY (sent_at, next_at)
);

-- +goose Down
DROP TABLE letter;
