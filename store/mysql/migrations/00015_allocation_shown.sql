-- +goose Up

-- Pages say what one customer may have of a SKU, so a change of it is told like one of a price. The table names SKUs by
-- their code; one that is not in the catalogue is told to nobody.

-- +goose StatementBegin
CREATE TRIGGER allocation_inserted AFTER INSERT ON allocation FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) SELECT 'sku', id FROM sku WHERE code = NEW.sku;
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER allocation_updated AFTER UPDATE ON allocation FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) SELECT 'sku', id FROM sku WHERE code IN (OLD.sku, NEW.sku);
  END IF;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER allocation_deleted AFTER DELETE ON allocation FOR EACH ROW
BEGIN
  IF @caveau_import IS NULL THEN
    INSERT INTO change_log (entity, entity_id) SELECT 'sku', id FROM sku WHERE code = OLD.sku;
  END IF;
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER allocation_inserted;

DROP TRIGGER allocation_updated;

DROP TRIGGER allocation_deleted;
