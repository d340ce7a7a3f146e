"""Whatever writes items and products, the database notes which search texts are to be written (`catalog.search` does it).

A statement that inserts notes one span of ids, however many rows it has: a load pays next to nothing. A new name or code
is noted row by row; a new price is not.
"""

from django.db import migrations

TRIGGERS = """
CREATE FUNCTION catalog_search_note_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO catalog_searchbacklog (kind, first_id, last_id)
    SELECT TG_ARGV[0], min(id), max(id) FROM inserted HAVING count(*) > 0;
    RETURN NULL;
END $$;
CREATE FUNCTION catalog_search_note_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO catalog_searchbacklog (kind, first_id, last_id) VALUES (TG_ARGV[0], NEW.id, NEW.id);
    RETURN NULL;
END $$;

CREATE TRIGGER search_inserted AFTER INSERT ON catalog_supplieritem REFERENCING NEW TABLE AS inserted
    FOR EACH STATEMENT EXECUTE FUNCTION catalog_search_note_inserted('item');
CREATE TRIGGER search_inserted AFTER INSERT ON catalog_product REFERENCING NEW TABLE AS inserted
    FOR EACH STATEMENT EXECUTE FUNCTION catalog_search_note_inserted('product');
CREATE TRIGGER search_renamed AFTER UPDATE ON catalog_supplieritem FOR EACH ROW
    WHEN (OLD.name IS DISTINCT FROM NEW.name OR OLD.supplier_sku IS DISTINCT FROM NEW.supplier_sku)
    EXECUTE FUNCTION catalog_search_note_renamed('item');
CREATE TRIGGER search_renamed AFTER UPDATE ON catalog_product FOR EACH ROW
    WHEN (OLD.name IS DISTINCT FROM NEW.name OR OLD.internal_sku IS DISTINCT FROM NEW.internal_sku)
    EXECUTE FUNCTION catalog_search_note_renamed('product');
"""
NO_TRIGGERS = """
DROP TRIGGER search_renamed ON catalog_product;
DROP TRIGGER search_renamed ON catalog_supplieritem;
DROP TRIGGER search_inserted ON catalog_product;
DROP TRIGGER search_inserted ON catalog_supplieritem;
DROP FUNCTION catalog_search_note_renamed();
DROP FUNCTION catalog_search_note_inserted();
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0005_search")]
    operations = [migrations.RunSQL(TRIGGERS, NO_TRIGGERS)]
