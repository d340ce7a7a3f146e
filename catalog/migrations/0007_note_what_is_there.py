"""What was there before the search: its texts are to be written, too."""

from django.db import migrations

NOTE = """
INSERT INTO catalog_searchbacklog (kind, first_id, last_id)
SELECT 'item', min(id), max(id) FROM catalog_supplieritem HAVING count(*) > 0
UNION ALL SELECT 'product', min(id), max(id) FROM catalog_product HAVING count(*) > 0
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0006_search_backlog")]
    operations = [migrations.RunSQL(NOTE, migrations.RunSQL.noop)]
