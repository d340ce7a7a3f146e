"""An item is known by its supplier and the key of its code, however the code is written.

Where two items of one supplier have codes that are only written differently, nothing is changed: the migration says
which they are. One of each has to go first (in the admin, Supplier items), most likely the one that is missing from
its list; which one it is that stays, and what becomes of the other's product, no program knows.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from catalog.code_key import function

MOST_SHOWN = 20
COLLISIONS = """
SELECT s.name, string_agg(format('%s “%s”%s', i.id, i.supplier_sku,
        CASE WHEN i.missing_since IS NULL THEN '' ELSE ' (missing since ' || i.missing_since::date || ')' END), ', ' ORDER BY i.id)
FROM catalog_supplieritem i JOIN suppliers_supplier s ON s.id = i.supplier_id
GROUP BY s.id, s.name, catalog_code_key(i.supplier_sku) HAVING count(*) > 1 ORDER BY s.name, min(i.id)
"""
# Texts by which items are found begin with the key where the code is not written so: all are written anew, by and by.
REWRITE = """
INSERT INTO catalog_searchbacklog (kind, first_id, last_id)
SELECT 'item', min(id), max(id) FROM catalog_supplieritem HAVING count(*) > 0
"""


def refuse_collisions(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(COLLISIONS)
        found = cursor.fetchall()
    if not found:
        return
    shown = "\n".join(f"  {supplier}: items {items}" for supplier, items in found[:MOST_SHOWN])
    more = f"\n  and {len(found) - MOST_SHOWN} more" if len(found) > MOST_SHOWN else ""
    raise RuntimeError(
        f"Nothing was changed. {len(found)} codes stand in the catalog more than once, only written differently; "
        f"remove all but one item of each (in the admin, Supplier items), then migrate again:\n{shown}{more}"
    )


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_item_notes"), ("suppliers", "0001_initial")]
    operations = [
        function(),
        migrations.RunPython(refuse_collisions, migrations.RunPython.noop),
        migrations.AddField(
            model_name="supplieritem",
            name="sku_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(models.F("supplier_sku"), function="catalog_code_key"),
                output_field=models.CharField(max_length=255),
            ),
        ),
        migrations.RemoveConstraint(model_name="supplieritem", name="supplier_item_sku_unique"),
        migrations.AddConstraint(
            model_name="supplieritem",
            constraint=models.UniqueConstraint(fields=("supplier", "sku_key"), name="supplier_item_sku_unique"),
        ),
        migrations.RunSQL(REWRITE, migrations.RunSQL.noop),
    ]
