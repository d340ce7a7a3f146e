"""What the database itself sees to around links: proposals go with their item and product, whoever removes those, what
became one with a product goes with it, and the view of drafts that are nothing but their item's own.

A draft is its item's own while that item's list made it, no other item belongs to it, and nobody has edited it, moved
it through its life cycle, or made another product one with it.
"""

from django.db import migrations

REFERENCES = """
ALTER TABLE catalog_matchproposal
    ADD CONSTRAINT proposal_of_an_item FOREIGN KEY (item_id) REFERENCES catalog_supplieritem (id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT proposal_of_a_product FOREIGN KEY (product_id) REFERENCES catalog_product (id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE catalog_absorbedproduct
    ADD CONSTRAINT absorbed_by_a_product FOREIGN KEY (product_id) REFERENCES catalog_product (id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
"""
NO_REFERENCES = """
ALTER TABLE catalog_matchproposal DROP CONSTRAINT proposal_of_an_item, DROP CONSTRAINT proposal_of_a_product;
ALTER TABLE catalog_absorbedproduct DROP CONSTRAINT absorbed_by_a_product
"""
OWN_DRAFTS = """
CREATE VIEW catalog_owndraft AS
SELECT p.id AS product_id, i.id AS item_id FROM catalog_product p JOIN catalog_supplieritem i ON i.product_id = p.id
WHERE p.status = 'draft' AND p.created_at = i.created_at
    AND NOT EXISTS (SELECT FROM catalog_supplieritem o WHERE o.product_id = p.id AND o.id <> i.id)
    AND NOT EXISTS (SELECT FROM catalog_historicalproduct h WHERE h.id = p.id AND h.history_type = '~')
    AND NOT EXISTS (SELECT FROM catalog_productstatuschange c WHERE c.product_id = p.id)
    AND NOT EXISTS (SELECT FROM catalog_absorbedproduct a WHERE a.product_id = p.id AND a.restored_at IS NULL)
"""
NO_OWN_DRAFTS = "DROP VIEW catalog_owndraft"


class Migration(migrations.Migration):
    dependencies = [("catalog", "0007_links")]
    operations = [
        migrations.RunSQL(REFERENCES, NO_REFERENCES),
        migrations.RunSQL(OWN_DRAFTS, NO_OWN_DRAFTS),
    ]
