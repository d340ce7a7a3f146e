"""The database itself refuses a product status outside the life cycle, or changed past `catalog.lifecycle`.

`catalog.lifecycle` sets `catalog.lifecycle = 'on'` for its transaction; the WHEN clauses keep all other writes free of cost.
"""

from django.db import migrations

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


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
