"""The index of the catalog's products, which is kept: a row of numbers for each product (`ProductVector`).

A vector counts only while it was made by this version of how vectors are made, and of the words that the product's
record says now: so it does not matter who renamed, archived, merged or brought back a product, and when. What is
missing or says something else is made anew on the way, and kept for the next time. Two workers may do so at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.db import connection

from catalog.linking.models import ProductVector
from catalog.linking.records import records_of_products
from catalog.matching import Index, Record
from catalog.matching.things import thing_of
from catalog.matching.vectors import VERSION, Vectors

AT_ONCE = 20_000  # products
MADE_AT_ONCE = 2000
# What a vector is made of: the name, and the part number of the first offer (`records.record_of_product`).
PRODUCTS = """
SELECT p.id, said.hash, p.name, first.mpn, v.grams, v.counts, v.slots
FROM catalog_product p
LEFT JOIN LATERAL (
    SELECT o.mpn FROM catalog_supplieritem o WHERE o.product_id = p.id ORDER BY o.id LIMIT 1
) first ON true
CROSS JOIN LATERAL (SELECT hashtextextended(concat(p.name, chr(31), first.mpn), 0) AS hash) said
LEFT JOIN catalog_productvector v ON v.product_id = p.id AND v.version = %(version)s AND v.said = said.hash
WHERE p.id > %(after)s AND p.status <> 'archived' AND NOT EXISTS (
    SELECT FROM catalog_supplieritem i WHERE i.product_id = p.id AND i.supplier_id = %(supplier)s
)
ORDER BY p.id LIMIT %(count)s
"""
NEEDLESS = """
DELETE FROM catalog_productvector WHERE product_id IN (
    SELECT v.product_id FROM catalog_productvector v
    WHERE NOT EXISTS (SELECT FROM catalog_product p WHERE p.id = v.product_id AND p.status <> 'archived')
    FOR UPDATE OF v SKIP LOCKED
)
"""


class Row(NamedTuple):
    product_id: int
    said: int
    name: str
    mpn: str | None
    grams: Any  # None where there is no vector
    counts: Any
    slots: Any


def index_beside(supplier_id: int) -> Index:
    """Of the products that the supplier does not offer, archived ones aside."""
    index = Index(with_texts=False, fetch=records_of_products)
    with connection.cursor() as cursor:
        cursor.execute(NEEDLESS)
    for rows in _pages(supplier_id):
        kept = [row for row in rows if row.grams is not None]
        if kept:
            index.extend_by(_ids(kept), Vectors.kept([row[-3:] for row in kept]))
        missing = [row for row in rows if row.grams is None]
        for start in range(0, len(missing), MADE_AT_ONCE):
            some = missing[start : start + MADE_AT_ONCE]
            index.extend_by(_ids(some), _made(some))
    return index


def _pages(supplier_id: int) -> Iterator[list[Row]]:
    asked: dict[str, Any] = {"version": VERSION, "supplier": supplier_id, "after": 0, "count": AT_ONCE}
    while True:
        with connection.cursor() as cursor:
            cursor.execute(PRODUCTS, asked)
            rows = [Row(*row) for row in cursor.fetchall()]
        if not rows:
            return
        yield rows
        asked["after"] = rows[-1].product_id


def _ids(rows: Sequence[Row]) -> list[str]:
    return [str(row.product_id) for row in rows]


def _made(rows: Sequence[Row]) -> Vectors:
    vectors = Vectors.of([thing_of(Record("", row.name, mpn=row.mpn)) for row in rows], with_texts=False)
    made = [
        ProductVector(
            product_id=row.product_id, version=VERSION, said=row.said, grams=grams, counts=counts, slots=slots
        )
        for row, (grams, counts, slots) in zip(rows, vectors.rows(), strict=True)
    ]
    ProductVector.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["product"],
        update_fields=["version", "said", "grams", "counts", "slots"],
    )
    return vectors
