-- +goose Up

-- What the front of a shop says for a time. One row for each edition that a banner is meant for, also where its words are still missing:
-- previews show what is missing.
CREATE TABLE banner (
  id        INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code      VARCHAR(60)  NOT NULL,
  locale    VARCHAR(12)  NOT NULL COMMENT 'BCP 47, of the edition',
  words     VARCHAR(300) NOT NULL COMMENT 'plain text; empty where nobody has written them',
  kind      VARCHAR(24)  NOT NULL COMMENT 'of the page that it leads to; empty: nowhere',
  page_code VARCHAR(120) NOT NULL,
  year      SMALLINT UNSIGNED NOT NULL,
  starts    DATETIME(6)  NOT NULL,
  ends      DATETIME(6)  NOT NULL,
  UNIQUE KEY (code, locale),
  CONSTRAINT banner_time CHECK (ends > starts)
);

-- +goose StatementBegin
CREATE TRIGGER banner_inserted AFTER INSERT ON banner FOR EACH ROW
BEGIN
  INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER banner_updated AFTER UPDATE ON banner FOR EACH ROW
BEGIN
  INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER banner_deleted AFTER DELETE ON banner FOR EACH ROW
BEGIN
  INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER banner_inserted;
DROP TRIGGER banner_updated;
DROP TRIGGER banner_deleted;
DROP TABLE banner;
