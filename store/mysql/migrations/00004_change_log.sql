-- +goose Up

-- What changed, written by triggers in the transaction of the change. Instances poll it on a replica and
-- reload what is named: the whole catalogue, a vintage, or the vintage of a SKU. An import writes one row
-- for all of it: it sets @caveau_import for its session, which silences the triggers.
CREATE TABLE change_log (
  id        BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  entity    VARCHAR(16) NOT NULL COMMENT 'catalogue, vintage, sku',
  entity_id INT UNSIGNED NOT NULL,
  at        DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)
);

-- +goose StatementBegin
CREATE TRIGGER region_inserted AFTER INSERT ON region FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER region_updated AFTER UPDATE ON region FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER region_deleted AFTER DELETE ON region FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER appellation_inserted AFTER INSERT ON appellation FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER appellation_updated AFTER UPDATE ON appellation FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER appellation_deleted AFTER DELETE ON appellation FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER producer_inserted AFTER INSERT ON producer FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER producer_updated AFTER UPDATE ON producer FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER producer_deleted AFTER DELETE ON producer FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER wine_inserted AFTER INSERT ON wine FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER wine_updated AFTER UPDATE ON wine FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER wine_deleted AFTER DELETE ON wine FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER campaign_inserted AFTER INSERT ON campaign FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER campaign_updated AFTER UPDATE ON campaign FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER campaign_deleted AFTER DELETE ON campaign FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER harvest_inserted AFTER INSERT ON harvest FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER harvest_updated AFTER UPDATE ON harvest FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER harvest_deleted AFTER DELETE ON harvest FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER text_inserted AFTER INSERT ON text FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER text_updated AFTER UPDATE ON text FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER text_deleted AFTER DELETE ON text FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER about_inserted AFTER INSERT ON about FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER about_updated AFTER UPDATE ON about FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER about_deleted AFTER DELETE ON about FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER page_inserted AFTER INSERT ON page FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER page_updated AFTER UPDATE ON page FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER page_deleted AFTER DELETE ON page FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER url_inserted AFTER INSERT ON url FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER url_updated AFTER UPDATE ON url FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER url_deleted AFTER DELETE ON url FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER market_rule_inserted AFTER INSERT ON market_rule FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER market_rule_updated AFTER UPDATE ON market_rule FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER market_rule_deleted AFTER DELETE ON market_rule FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('catalogue', 0);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER vintage_inserted AFTER INSERT ON vintage FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('vintage', NEW.id);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER vintage_updated AFTER UPDATE ON vintage FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('vintage', NEW.id);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER vintage_deleted AFTER DELETE ON vintage FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('vintage', OLD.id);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER drinking_window_inserted AFTER INSERT ON drinking_window FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('vintage', NEW.vintage_id);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER drinking_window_updated AFTER UPDATE ON drinking_window FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('vintage', NEW.vintage_id);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER drinking_window_deleted AFTER DELETE ON drinking_window FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('vintage', OLD.vintage_id);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER score_inserted AFTER INSERT ON score FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('vintage', NEW.vintage_id);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER score_updated AFTER UPDATE ON score FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('vintage', NEW.vintage_id);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER score_deleted AFTER DELETE ON score FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('vintage', OLD.vintage_id);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER sku_inserted AFTER INSERT ON sku FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('vintage', NEW.vintage_id);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER sku_updated AFTER UPDATE ON sku FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('vintage', NEW.vintage_id);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER sku_deleted AFTER DELETE ON sku FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('vintage', OLD.vintage_id);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER price_inserted AFTER INSERT ON price FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('sku', NEW.sku_id);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER price_updated AFTER UPDATE ON price FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('sku', NEW.sku_id);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER price_deleted AFTER DELETE ON price FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) VALUES ('sku', OLD.sku_id);
  END IF;
END;
-- +goose StatementEnd

-- +goose Down

DROP TRIGGER region_inserted;

DROP TRIGGER region_updated;

DROP TRIGGER region_deleted;

DROP TRIGGER appellation_inserted;

DROP TRIGGER appellation_updated;

DROP TRIGGER appellation_deleted;

DROP TRIGGER producer_inserted;

DROP TRIGGER producer_updated;

DROP TRIGGER producer_deleted;

DROP TRIGGER wine_inserted;

DROP TRIGGER wine_updated;

DROP TRIGGER wine_deleted;

DROP TRIGGER campaign_inserted;

DROP TRIGGER campaign_updated;

DROP TRIGGER campaign_deleted;

DROP TRIGGER harvest_inserted;

DROP TRIGGER harvest_updated;

DROP TRIGGER harvest_deleted;

DROP TRIGGER text_inserted;

DROP TRIGGER text_updated;

DROP TRIGGER text_deleted;

DROP TRIGGER about_inserted;

DROP TRIGGER about_updated;

DROP TRIGGER about_deleted;

DROP TRIGGER page_inserted;

DROP TRIGGER page_updated;

DROP TRIGGER page_deleted;

DROP TRIGGER url_inserted;

DROP TRIGGER url_updated;

DROP TRIGGER url_deleted;

DROP TRIGGER market_rule_inserted;

DROP TRIGGER market_rule_updated;

DROP TRIGGER market_rule_deleted;

DROP TRIGGER vintage_inserted;

DROP TRIGGER vintage_updated;

DROP TRIGGER vintage_deleted;

DROP TRIGGER drinking_window_inserted;

DROP TRIGGER drinking_window_updated;

DROP TRIGGER drinking_window_deleted;

DROP TRIGGER score_inserted;

DROP TRIGGER score_updated;

DROP TRIGGER score_deleted;

DROP TRIGGER sku_inserted;

DROP TRIGGER sku_updated;

DROP TRIGGER sku_deleted;

DROP TRIGGER price_inserted;

DROP TRIGGER price_updated;

DROP TRIGGER price_deleted;

DROP TABLE change_log;
