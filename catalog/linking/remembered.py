"""Items that came back: what a person has once decided of the supplier's code still holds."""

from __future__ import annotations

from django.contrib.auth.models import User

from catalog.linking.links import NOW, link_found
from catalog.linking.models import ItemLink
from catalog.linking.scope import OF_SCOPE, ItemScope

# The last that was said of a code counts; what was taken back since is not remembered.
REMEMBERED = """
SELECT * FROM (
    SELECT DISTINCT ON (i.id) i.id AS item_id, {now} AS product_id, %(method)s AS method,
        c.score, c.features
    FROM catalog_supplieritem i JOIN catalog_owndraft d ON d.item_id = i.id
        JOIN catalog_pairdecision c ON c.supplier_id = i.supplier_id AND c.sku_key = i.sku_key
    WHERE {of_scope} AND c.verdict = 'same' AND c.withdrawn_at IS NULL AND NOT EXISTS (
        SELECT FROM catalog_itemlink l WHERE l.supplier_id = i.supplier_id AND l.sku_key = i.sku_key
            AND l.product_id = c.product_id AND l.undone_at > c.at AND l.undone_by_run_id IS NULL
    )
    ORDER BY i.id, c.at DESC, c.id DESC
) last WHERE product_id IS NOT NULL
""".replace("{now}", NOW.format(id="c.product_id")).replace("{of_scope}", OF_SCOPE)


def link_remembered(scope: ItemScope, *, by: User | None) -> dict[str, int]:
    """How many items were linked, by their method. The caller holds the supplier."""
    return link_found(REMEMBERED, {"method": str(ItemLink.Method.REMEMBERED), **scope.params()}, by=by)
