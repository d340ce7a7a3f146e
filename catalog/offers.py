"""What the offers of a product come to: its lowest price and whether it is available."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

# Products are shared: another supplier's run, or a person, may be changing the offers of the same ones. Locking them
# first, in the order of their ids, keeps two runs from waiting for each other in a circle; and since the next statement
# sees what was committed while it waited, whoever comes last counts everybody's offers.
LOCK = (
    "SELECT count(*) FROM (SELECT 1 FROM catalog_product WHERE id IN ({touched}) ORDER BY id FOR NO KEY UPDATE) locked"
)

# Prices are compared as the price of one without tax. One of which no list says that it includes tax, or which tax, is
# taken as it stands.
NET_UNIT_PRICE = (
    "CASE WHEN i.tax_included AND i.tax_rate > 0 THEN round(i.unit_price / (1 + i.tax_rate / 100), 8)"
    " ELSE i.unit_price END"
)

# An offer counts while it is listed. The price is the lowest in the product's own currency (amounts in different
# currencies cannot be compared); available is what is in stock, or listed without a word on stock. Products that stay
# as they are are not written.
REFRESH = """
UPDATE catalog_product p SET lowest_price = o.lowest_price, is_available = o.is_available, updated_at = now()
FROM (
    SELECT t.id, min({net_unit_price}) FILTER (WHERE i.currency = t.currency) AS lowest_price,
        coalesce(bool_or(i.availability IN ('', 'in_stock')), false) AS is_available
    FROM catalog_product t LEFT JOIN catalog_supplieritem i ON i.product_id = t.id AND i.missing_since IS NULL
    WHERE t.id IN ({touched}) GROUP BY t.id
) o
WHERE p.id = o.id AND (p.lowest_price, p.is_available) IS DISTINCT FROM (o.lowest_price, o.is_available)
"""


@transaction.atomic
def refresh(product_ids: Iterable[int]) -> int:
    """Recomputes these products; says how many changed. To be called when offers were linked, unlinked or changed."""
    return refresh_touched("SELECT unnest(%(ids)s::bigint[])", {"ids": sorted(set(product_ids))})


def refresh_touched(touched: str, params: dict[str, Any] | None = None) -> int:
    """The same for the products that a query gives, inside the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK.format(touched=touched), params)
        cursor.execute(REFRESH.format(touched=touched, net_unit_price=NET_UNIT_PRICE), params)
        return int(cursor.rowcount)
