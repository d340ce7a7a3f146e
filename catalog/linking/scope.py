"""Of which items the product is looked for."""

from __future__ import annotations

from typing import Any, NamedTuple


class ItemScope(NamedTuple):
    """A supplier's items, or those alone that one run made. `i` is the item in statements that hold `OF_SCOPE`."""

    supplier_id: int
    run_id: int | None = None

    def params(self) -> dict[str, Any]:
        return {"supplier": self.supplier_id, "run": self.run_id}


OF_SCOPE = "i.supplier_id = %(supplier)s AND (%(run)s::bigint IS NULL OR i.created_run_id = %(run)s)"

# The draft that `i` alone has made, looked up item by item (that is what LIMIT is for): the planner takes all such
# drafts together for one row, and would go through all of them for each item.
OWN_DRAFT = "SELECT d.product_id, d.item_id FROM catalog_owndraft d WHERE d.item_id = i.id LIMIT 1"

# Of pairs of an item and a product, `i` and `t` in the statement: what a person has decided not to be one, and whose
# link a person has taken back. A product that is one with another by now means that other.
_MEANT = """
(%s.product_id = t.product_id OR %s.product_id IN (
    SELECT a.was_id FROM catalog_absorbedproduct a WHERE a.product_id = t.product_id AND a.restored_at IS NULL
))
"""
NOT_REFUSED = """
NOT EXISTS (
    SELECT FROM catalog_pairdecision c WHERE c.supplier_id = i.supplier_id AND c.sku_key = i.sku_key
        AND c.withdrawn_at IS NULL AND c.verdict <> 'same' AND {meant}
)
""".replace("{meant}", _MEANT % ("c", "c"))
NOT_TAKEN_BACK = """
NOT EXISTS (
    SELECT FROM catalog_itemlink l WHERE l.supplier_id = i.supplier_id AND l.sku_key = i.sku_key
        AND l.undone_at IS NOT NULL AND l.undone_by_run_id IS NULL AND {meant}
)
""".replace("{meant}", _MEANT % ("l", "l"))
NOT_SETTLED = f"{NOT_REFUSED} AND {NOT_TAKEN_BACK}"
