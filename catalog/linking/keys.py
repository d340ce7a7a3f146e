"""Exact keys: items in their own drafts are linked to the product whose offers have the same key, set-based.

A key of which two products have offers, or that one supplier's list has twice, or that stands for packs of several
sizes, tells nothing beyond doubt: nothing is linked by it. Nor is what a person has decided to be different, or has
taken back.
"""

from __future__ import annotations

from django.contrib.auth.models import User

from catalog.linking.links import link_found
from catalog.linking.models import ItemLink

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
KEYS = {ItemLink.Method.BARCODE: BARCODE, ItemLink.Method.PART_NUMBER: PART_NUMBER}

# The product is the one that is more than its item's own draft; where there is none, the oldest of the drafts.
FOUND = """
WITH keyed AS (
    SELECT i.id AS item_id, i.supplier_id, i.sku_key, i.product_id, i.pack_size, i.missing_since IS NULL AS is_listed,
        d.item_id IS NOT NULL AS is_own, {key} AS key
    FROM catalog_supplieritem i JOIN catalog_product p ON p.id = i.product_id AND p.status <> 'archived'
        LEFT JOIN catalog_owndraft d ON d.item_id = i.id
), telling AS (
    SELECT key, coalesce(min(product_id) FILTER (WHERE NOT is_own), min(product_id)) AS product_id FROM keyed
    WHERE key IS NOT NULL GROUP BY key
    HAVING count(DISTINCT product_id) > 1 AND count(DISTINCT product_id) FILTER (WHERE NOT is_own) <= 1
        AND count(DISTINCT (supplier_id, product_id)) FILTER (WHERE is_listed)
            = count(DISTINCT supplier_id) FILTER (WHERE is_listed)
        AND count(DISTINCT pack_size) <= 1
)
SELECT k.item_id, t.product_id, %(method)s AS method, NULL::float AS score, NULL::jsonb AS features
FROM keyed k JOIN telling t ON t.key = k.key
WHERE k.is_own AND k.product_id <> t.product_id AND k.supplier_id = %(supplier)s
    AND NOT EXISTS (
        SELECT FROM catalog_pairdecision c WHERE c.supplier_id = k.supplier_id AND c.sku_key = k.sku_key
            AND c.withdrawn_at IS NULL AND c.verdict <> 'same' AND (c.product_id = t.product_id OR c.product_id IN (
                SELECT a.was_id FROM catalog_absorbedproduct a
                WHERE a.product_id = t.product_id AND a.restored_at IS NULL
            ))
    ) AND NOT EXISTS (
        SELECT FROM catalog_itemlink l WHERE l.item_id = k.item_id AND l.undone_at IS NOT NULL
            AND l.undone_by_run_id IS NULL AND (l.product_id = t.product_id OR l.product_id IN (
                SELECT a.was_id FROM catalog_absorbedproduct a
                WHERE a.product_id = t.product_id AND a.restored_at IS NULL
            ))
    )
"""


def link_by_keys(supplier_id: int, *, by: User | None) -> dict[str, int]:
    """How many items of a supplier were linked, by their method. The caller holds the supplier."""
    made: dict[str, int] = {}
    for method, key in KEYS.items():
        made |= link_found(FOUND.format(key=key), {"method": str(method), "supplier": supplier_id}, by=by)
    return made
