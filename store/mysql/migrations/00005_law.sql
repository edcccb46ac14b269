-- +goose Up

-- Law, tax, carriers and exchange rates as dated rows (package law). What a release ships has origin 'shipped' and follows
-- the release; what a person writes or changes has origin 'hand', and no import touches it again. To end a rule
-- set valid_to; a shipped row that is deleted comes back with the next import.
CREATE TABLE law_rule (
  id         INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  kind       VARCHAR(24)  NOT NULL COMMENT 'vat, excise, state … : see store/law/data/README.md',
  subject    VARCHAR(24)  NOT NULL COMMENT 'country, market, zone …; * is everyone',
  narrowed   VARCHAR(40)  NOT NULL DEFAULT '' COMMENT 'what narrows it down: the column condition of the files',
  value      VARCHAR(80)  NOT NULL,
  unit       VARCHAR(24)  NOT NULL DEFAULT '',
  valid_from DATE         NOT NULL,
  valid_to   DATE         NULL COMMENT 'the last day; NULL: no end',
  status     VARCHAR(16)  NOT NULL COMMENT 'official, verify, demonstration',
  source     VARCHAR(400) NOT NULL,
  note       VARCHAR(400) NOT NULL DEFAULT '',
  origin     VARCHAR(8)   NOT NULL DEFAULT 'hand' COMMENT 'shipped or hand',
  UNIQUE KEY (kind, subject, narrowed, valid_from),
  CONSTRAINT law_rule_days   CHECK (valid_to IS NULL OR valid_to >= valid_from),
  CONSTRAINT law_rule_status CHECK (status IN ('official', 'verify', 'demonstration')),
  CONSTRAINT law_rule_origin CHECK (origin IN ('shipped', 'hand')),
  CONSTRAINT law_rule_source CHECK (source <> '')
);

-- A plain UPDATE makes a row the person's own.
-- +goose StatementBegin
CREATE TRIGGER law_rule_edited BEFORE UPDATE ON law_rule FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    SET NEW.origin = 'hand';
  END IF;
END;
-- +goose StatementEnd

-- A rule may be on any page: the log names no wine.
-- +goose StatementBegin
CREATE TRIGGER law_rule_inserted AFTER INSERT ON law_rule FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('law', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER law_rule_updated AFTER UPDATE ON law_rule FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('law', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER law_rule_deleted AFTER DELETE ON law_rule FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('law', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE law_rule;
