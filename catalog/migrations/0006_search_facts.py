"""Items are found by part number and barcode, too: a new one is noted like a new name."""

from django.db import migrations

TRIGGER = """
DROP TRIGGER search_renamed ON catalog_supplieritem;
CREATE TRIGGER search_renamed AFTER UPDATE ON catalog_supplieritem FOR EACH ROW
    WHEN (OLD.name IS DISTINCT FROM NEW.name OR OLD.supplier_sku IS DISTINCT FROM NEW.supplier_sku{more})
    EXECUTE FUNCTION catalog_search_note_renamed('item');
"""
MORE = " OR OLD.mpn IS DISTINCT FROM NEW.mpn OR OLD.barcode IS DISTINCT FROM NEW.barcode"


class Migration(migrations.Migration):
    dependencies = [("catalog", "0005_item_facts")]
    operations = [migrations.RunSQL(TRIGGER.format(more=MORE), TRIGGER.format(more=""))]
