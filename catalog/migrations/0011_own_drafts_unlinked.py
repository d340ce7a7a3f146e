"""An item that a link has put where it is, is in no draft of its own: also where another item of its list had made that
draft, at the same moment, and has left it since.
"""

from django.db import migrations

OWN_DRAFTS = """
CREATE OR REPLACE VIEW catalog_owndraft AS
SELECT p.id AS product_id, i.id AS item_id FROM catalog_product p JOIN catalog_supplieritem i ON i.product_id = p.id
WHERE p.status = 'draft' AND p.created_at = i.created_at
    AND NOT EXISTS (SELECT FROM catalog_supplieritem o WHERE o.product_id = p.id AND o.id <> i.id)
    AND NOT EXISTS (SELECT FROM catalog_historicalproduct h WHERE h.id = p.id AND h.history_type = '~')
    AND NOT EXISTS (SELECT FROM catalog_productstatuschange c WHERE c.product_id = p.id)
    AND NOT EXISTS (SELECT FROM catalog_absorbedproduct a WHERE a.product_id = p.id AND a.restored_at IS NULL)
"""
UNLINKED = """
    AND NOT EXISTS (
        SELECT FROM catalog_itemlink l WHERE l.item_id = i.id AND l.undone_at IS NULL AND l.replaced_by_id IS NULL
    )
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0010_link_of_code")]
    operations = [migrations.RunSQL(OWN_DRAFTS + UNLINKED, OWN_DRAFTS)]
