"""Exact keys: items in their own drafts are linked to the product whose offers have the same key, set-based.

A key of which two products have offers, or that one supplier's list has twice, or that stands for packs of several
sizes, tells nothing beyond doubt: nothing is linked by it, its products are proposed. Nor is linked or proposed what a
person has decided to be different, or has taken back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import connection, transaction

from catalog.linking.links import link_found
from catalog.linking.models import ItemLink
from catalog.linking.scope import NOT_SETTLED, OF_SCOPE, OWN_DRAFT, ItemScope

# Numbers that shops give themselves (GS1 leaves 02, 04 and 2x of thirteen digits, 0 and 2 of eight) are no keys; see
# `catalog.matching.keys`, which says the same of records.
BARCODE = """
CASE WHEN i.barcode LIKE '000000%%' THEN CASE WHEN substr(i.barcode, 7, 1) NOT IN ('0', '2') THEN i.barcode END
    WHEN substr(i.barcode, 2, 1) <> '2' AND substr(i.barcode, 2, 2) NOT IN ('02', '04') THEN i.barcode END
"""
PART_NUMBER = """
CASE WHEN catalog_code_key(i.mpn) ~ '[0-9]' AND length(catalog_code_key(i.mpn)) >= 3 AND catalog_code_key(i.brand) <> ''
    THEN catalog_code_key(i.brand) || ' ' || catalog_code_key(i.mpn) END
"""


class Key(NamedTuple):
    """`looked_up` is what is compared with the keys that are wanted: a column with an index, where there is one."""

    made: str
    looked_up: str


KEYS = {
    ItemLink.Method.BARCODE: Key(BARCODE, "i.barcode"),
    ItemLink.Method.PART_NUMBER: Key(PART_NUMBER, PART_NUMBER),
}
MOST_PRODUCTS = 20  # of one key; what more have is no number of a thing

# A table of its own, so that the planner is told how many there are: else it goes through all of them once for each.
KEYED = """
CREATE TEMPORARY TABLE keyed_item ON COMMIT DROP AS
WITH wanted AS MATERIALIZED (SELECT DISTINCT {made} AS key FROM catalog_supplieritem i WHERE {of_scope}),
near AS MATERIALIZED (
    SELECT i.id, {made} AS key FROM catalog_supplieritem i
    WHERE {looked_up} IN (SELECT w.key FROM wanted w WHERE w.key IS NOT NULL)
)
SELECT n.key, i.id AS item_id, i.supplier_id, i.sku_key, i.created_run_id, i.product_id, i.pack_size,
    i.missing_since IS NULL AS is_listed, d.item_id IS NOT NULL AS is_own
FROM near n JOIN catalog_supplieritem i ON i.id = n.id
    JOIN catalog_product p ON p.id = i.product_id AND p.status <> 'archived'
    LEFT JOIN LATERAL ({own_draft}) d ON true
"""
ANALYZE, DROP = "ANALYZE keyed_item", "DROP TABLE keyed_item"
# The product is the one that is more than its item's own draft; where there is none, the oldest of the drafts.
TELLING = """
WITH telling AS MATERIALIZED (
    SELECT key, coalesce(min(product_id) FILTER (WHERE NOT is_own), min(product_id)) AS product_id FROM keyed_item
    GROUP BY key
    HAVING count(DISTINCT product_id) > 1 AND count(DISTINCT product_id) FILTER (WHERE NOT is_own) <= 1
        AND count(DISTINCT (supplier_id, product_id)) FILTER (WHERE is_listed)
            = count(DISTINCT supplier_id) FILTER (WHERE is_listed)
        AND count(DISTINCT pack_size) <= 1
)
"""
FOUND = """
SELECT i.item_id, t.product_id, %(method)s AS method, NULL::float AS score, NULL::jsonb AS features
FROM keyed_item i JOIN telling t ON t.key = i.key
WHERE i.is_own AND i.product_id <> t.product_id AND {of_scope} AND {not_settled}
"""
OTHERS = """
SELECT DISTINCT i.supplier_id FROM keyed_item i JOIN telling t ON t.key = i.key
WHERE i.is_own AND i.product_id <> t.product_id AND i.supplier_id <> %(supplier)s
"""
SHARED = """
SELECT DISTINCT i.item_id, t.product_id, i.key
FROM keyed_item i JOIN keyed_item t ON t.key = i.key AND t.product_id <> i.product_id
WHERE i.is_own AND i.is_listed AND {of_scope} AND (NOT t.is_own OR t.product_id < i.product_id)
    AND i.key IN (SELECT key FROM keyed_item GROUP BY key HAVING count(DISTINCT product_id) <= {most})
    AND NOT EXISTS (
        SELECT FROM catalog_supplieritem s WHERE s.supplier_id = i.supplier_id AND s.product_id = t.product_id
    ) AND {not_settled}
ORDER BY i.item_id, t.product_id
"""


PARTS = {"of_scope": OF_SCOPE, "own_draft": OWN_DRAFT, "not_settled": NOT_SETTLED, "most": MOST_PRODUCTS}


@contextmanager
def keyed(key: Key, scope: ItemScope) -> Iterator[Any]:
    """The items that share keys with these, for as long as it lasts, in a transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(KEYED.format(**key._asdict(), **PARTS), scope.params())
        cursor.execute(ANALYZE)
        yield cursor
        cursor.execute(DROP)


def link_by_keys(scope: ItemScope, *, by: User | None) -> dict[str, int]:
    """How many items were linked, by their method. The caller holds the supplier."""
    made: dict[str, int] = {}
    for method, key in KEYS.items():
        with keyed(key, scope):
            made |= link_found(TELLING + FOUND.format(**PARTS), {"method": str(method), **scope.params()}, by=by)
    return made


def suppliers_by_keys(scope: ItemScope) -> set[int]:
    """Other suppliers, of whose items keys of these say which product they are."""
    found: set[int] = set()
    for key in KEYS.values():
        with keyed(key, scope) as cursor:
            cursor.execute(TELLING + OTHERS, scope.params())
            found |= {pk for (pk,) in cursor.fetchall()}
    return found


class SharedKey(NamedTuple):
    product_id: int
    key: str


def shared_keys(scope: ItemScope) -> dict[int, list[SharedKey]]:
    """Of items that keys did not link, the products with the same key: which of them it is, a person says."""
    found: dict[int, list[SharedKey]] = defaultdict(list)
    for key in KEYS.values():
        with keyed(key, scope) as cursor:
            cursor.execute(SHARED.format(**PARTS), scope.params())
            for item_id, product_id, text in cursor.fetchall():
                found[item_id].append(SharedKey(product_id, text))
    return found
