"""Links are made and taken back, set-based: the only writer of them, and of what becomes of a draft that a link took.

The caller has checked who may do it, and holds the suppliers of the items. Two links at a time could each take the
draft that the other leads to: so there is one at a time, whoever makes it, and the products are locked before they are
looked at.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from catalog import offers
from catalog.linking.models import ItemLink
from catalog.linking.scope import NOT_REFUSED, OWN_DRAFT

ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('catalog.links'))"

# A product that is one with another by now means that other.
NOW = """
coalesce((SELECT t.id FROM catalog_product t WHERE t.id = {id}), (
    SELECT a.product_id FROM catalog_absorbedproduct a WHERE a.was_id = {id} AND a.restored_at IS NULL
))
"""
# Where an item was before anything became one with anything: as its last link says, or the first merge that brought it.
BASE = """
(SELECT b.id FROM (
    (SELECT l.product_id AS id FROM catalog_itemlink l
        WHERE l.item_id = i.id AND l.undone_at IS NULL AND l.replaced_by_id IS NULL)
    UNION ALL
    (SELECT a.was_id FROM catalog_absorbedproduct a WHERE a.product_id = i.product_id AND a.restored_at IS NULL
        AND a.is_merge AND i.id = ANY(a.offers) ORDER BY a.id)
) b WHERE {now} = i.product_id LIMIT 1)
""".replace("{now}", NOW.format(id="b.id"))
PAIRS = """
SELECT item_id, product_id, method, score, features
FROM unnest(
    %(items)s::bigint[], %(products)s::bigint[], %(methods)s::text[], %(scores)s::float[], %(features)s::jsonb[]
) AS pair(item_id, product_id, method, score, features)
"""
FOUND = "CREATE TEMPORARY TABLE found_link ON COMMIT DROP AS {found}"
# Who decides of a pair holds its item: what was decided while these were looked for is known by now.
LOCK_ITEMS = """
SELECT count(*) FROM (
    SELECT 1 FROM catalog_supplieritem WHERE id IN (SELECT item_id FROM found_link) ORDER BY id FOR UPDATE
) locked
"""
DROP_REFUSED = """
DELETE FROM found_link t USING catalog_supplieritem i
WHERE %(automatic)s AND i.id = t.item_id AND NOT {not_refused}
""".replace("{not_refused}", NOT_REFUSED)
LOCK = """
SELECT count(*) FROM (
    SELECT 1 FROM catalog_product WHERE id IN (
        SELECT product_id FROM found_link
        UNION ALL SELECT i.product_id FROM found_link f JOIN catalog_supplieritem i ON i.id = f.item_id
    ) ORDER BY id FOR UPDATE
) locked
"""
# Without a person nothing leads to an archived product, and only items leave that nobody has put where they are.
CHOSEN = """
CREATE TEMPORARY TABLE new_link ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('catalog_itemlink', 'id')) AS id, f.*, i.supplier_id, i.sku_key,
    i.product_id AS from_id, i.created_run_id, d.product_id IS NOT NULL AS takes_draft,
    coalesce({base}, i.product_id) AS base_id
FROM found_link f JOIN catalog_supplieritem i ON i.id = f.item_id JOIN catalog_product t ON t.id = f.product_id
    LEFT JOIN LATERAL ({own_draft}) d ON true
WHERE i.product_id IS DISTINCT FROM t.id
    AND (NOT %(automatic)s OR t.status <> 'archived' AND (d.product_id IS NOT NULL OR i.product_id IS NULL));
DELETE FROM new_link WHERE product_id IN (SELECT from_id FROM new_link WHERE takes_draft);
ANALYZE new_link
""".replace("{base}", BASE).replace("{own_draft}", OWN_DRAFT)
ABSORB = """
INSERT INTO catalog_absorbedproduct (was_id, internal_sku, into_id, product_id, kept, offers, is_merge, by_id, at)
SELECT p.id, p.internal_sku, n.product_id, n.product_id, jsonb_build_object('product', to_jsonb(p)), ARRAY[n.item_id],
    false, %(by)s::bigint, %(at)s
FROM new_link n JOIN catalog_product p ON p.id = n.from_id WHERE n.takes_draft
"""
REPLACE = """
UPDATE catalog_itemlink l SET replaced_by_id = n.id FROM new_link n
WHERE l.item_id = n.item_id AND l.undone_at IS NULL AND l.replaced_by_id IS NULL
"""
INSERT = """
INSERT INTO catalog_itemlink (id, item_id, supplier_id, sku_key, product_id, from_product_id, took_draft, method, score,
    features, run_id, by_id, at)
SELECT id, item_id, supplier_id, sku_key, product_id, CASE WHEN takes_draft THEN from_id ELSE base_id END, takes_draft,
    method, score, features, created_run_id, %(by)s::bigint, %(at)s
FROM new_link ORDER BY id
"""
MOVE = """
UPDATE catalog_supplieritem i SET product_id = n.product_id, updated_at = %(at)s FROM new_link n WHERE i.id = n.item_id
"""
REMOVE = """
UPDATE catalog_absorbedproduct a SET product_id = n.product_id FROM new_link n
WHERE n.takes_draft AND a.product_id = n.from_id;
DELETE FROM catalog_producttext t USING new_link n WHERE n.takes_draft AND t.product_id = n.from_id;
DELETE FROM catalog_product p USING new_link n WHERE n.takes_draft AND p.id = n.from_id
"""
SETTLE = """
UPDATE catalog_matchproposal p SET state = CASE WHEN p.product_id = n.product_id THEN 'decided' ELSE 'moot' END
FROM new_link n WHERE p.item_id = n.item_id AND p.state = 'open'
"""
TOUCHED = "SELECT product_id FROM new_link UNION SELECT from_id FROM new_link WHERE NOT takes_draft"
MADE = "SELECT method, count(*) FROM new_link GROUP BY method"
DONE = "DROP TABLE found_link, new_link"


class Pair(NamedTuple):
    """An item and the product that it is."""

    item_id: int
    product_id: int
    method: str  # of `ItemLink.Method`
    score: float | None = None
    features: Mapping[str, Any] | None = None


def link_pairs(
    pairs: Iterable[Pair], *, by: User | None, at: datetime | None = None, automatic: bool = True
) -> dict[str, int]:
    """Says how many links were made, by their method."""
    columns: Any = list(zip(*pairs, strict=True)) or [()] * 5
    items, products, methods, scores, features = columns
    written = [None if each is None else json.dumps(each) for each in features]
    params = {"items": list(items), "products": list(products), "methods": [str(each) for each in methods]}
    return link_found(PAIRS, {**params, "scores": list(scores), "features": written}, by=by, at=at, automatic=automatic)


@transaction.atomic
def link_found(
    found: str,
    params: Mapping[str, Any] | None = None,
    *,
    by: User | None,
    at: datetime | None = None,
    automatic: bool = True,
) -> dict[str, int]:
    """The same for the pairs that a query gives: item_id, product_id, method, score, features; an item once."""
    named = {**(params or {}), "by": by.pk if by else None, "at": at or timezone.now(), "automatic": automatic}
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
        cursor.execute(FOUND.format(found=found), named)
        cursor.execute("ANALYZE found_link")  # else the planner goes through the drafts once for each of them
        cursor.execute(LOCK_ITEMS)
        cursor.execute(DROP_REFUSED, named)
        cursor.execute(LOCK)
        for statement in (CHOSEN, ABSORB, REPLACE, INSERT, MOVE, REMOVE, SETTLE):
            cursor.execute(statement, named)
        offers.refresh_touched(TOUCHED)
        cursor.execute(MADE)
        made = dict(cursor.fetchall())
        cursor.execute(DONE)
    return made


# What is taken back: only the last link of an item. The product goes where its things are now; a draft that was taken
# is there again, with its number. `obstacle` is why a link stays.
TAKEN_BACK = """
CREATE TEMPORARY TABLE old_link ON COMMIT DROP AS
SELECT l.id, l.item_id, l.took_draft, l.product_id, a.id AS absorbed_id, a.was_id, i.product_id AS now_id,
    CASE WHEN l.took_draft THEN l.from_product_id ELSE back.id END AS back_id,
    CASE WHEN l.undone_at IS NOT NULL THEN 'undone' WHEN l.replaced_by_id IS NOT NULL THEN 'replaced'
        WHEN i.id IS NULL THEN 'gone' WHEN i.product_id IS DISTINCT FROM present.id THEN 'moved'
        WHEN l.took_draft AND a.id IS NULL OR NOT l.took_draft AND l.from_product_id IS NOT NULL AND back.id IS NULL
            THEN 'gone'
        WHEN l.took_draft AND EXISTS (SELECT FROM catalog_product t WHERE t.internal_sku = a.internal_sku) THEN 'taken'
    END AS obstacle
FROM catalog_itemlink l LEFT JOIN catalog_supplieritem i ON i.id = l.item_id
    LEFT JOIN catalog_absorbedproduct a ON l.took_draft AND a.was_id = l.from_product_id AND a.restored_at IS NULL
    CROSS JOIN LATERAL (SELECT {present} AS id) present CROSS JOIN LATERAL (SELECT {back} AS id) back
WHERE l.id IN ({links})
""".replace("{present}", NOW.format(id="l.product_id")).replace("{back}", NOW.format(id="l.from_product_id"))
OBSTACLES = "SELECT id, obstacle FROM old_link WHERE obstacle IS NOT NULL ORDER BY id"
FREE = "DELETE FROM old_link WHERE obstacle IS NOT NULL"
LOCK_OLD = """
SELECT count(*) FROM (
    SELECT 1 FROM catalog_product WHERE id IN (SELECT now_id FROM old_link UNION ALL SELECT back_id FROM old_link)
    ORDER BY id FOR UPDATE
) locked
"""
# In its category, if that is still there.
RESTORE = """
INSERT INTO catalog_product SELECT r.* FROM old_link o JOIN catalog_absorbedproduct a ON a.id = o.absorbed_id,
    jsonb_populate_record(NULL::catalog_product, a.kept -> 'product' || jsonb_build_object('category_id', (
        SELECT c.id FROM catalog_category c WHERE c.id = (a.kept -> 'product' ->> 'category_id')::bigint
    ))) r
"""
RESTORED = """
UPDATE catalog_absorbedproduct a SET restored_at = %(at)s, restored_by_id = %(by)s::bigint FROM old_link o
WHERE a.id = o.absorbed_id
"""
MOVE_BACK = """
UPDATE catalog_supplieritem i SET product_id = o.back_id, updated_at = %(at)s FROM old_link o WHERE i.id = o.item_id
"""
# What is where a product went that is there again goes back with it, unless the item's own link leads elsewhere.
BROUGHT_BACK = """
UPDATE catalog_supplieritem i SET product_id = a.was_id, updated_at = %(at)s FROM catalog_absorbedproduct a
WHERE a.id IN ({absorbed}) AND i.id = ANY(a.offers) AND i.product_id = {former} AND NOT EXISTS (
    SELECT FROM catalog_itemlink l
    WHERE l.item_id = i.id AND l.undone_at IS NULL AND l.replaced_by_id IS NULL AND a.was_id IS DISTINCT FROM {now}
)
""".replace("{now}", NOW.format(id="l.product_id"))
OTHERS_BACK = BROUGHT_BACK.format(
    absorbed="SELECT o.absorbed_id FROM old_link o",
    former="(SELECT o.now_id FROM old_link o WHERE o.absorbed_id = a.id)",
)
# An item that comes to where its product went by now counts as brought by that.
COUNTED_AS_BROUGHT = """
WITH RECURSIVE way AS (
    SELECT a.id, a.into_id, o.item_id FROM old_link o JOIN catalog_itemlink l ON l.id = o.id
        JOIN catalog_absorbedproduct a ON a.was_id = l.from_product_id AND a.restored_at IS NULL
    UNION
    SELECT a.id, a.into_id, w.item_id FROM way w
        JOIN catalog_absorbedproduct a ON a.was_id = w.into_id AND a.restored_at IS NULL
), more AS (SELECT w.id, array_agg(w.item_id) AS items FROM way w GROUP BY w.id)
UPDATE catalog_absorbedproduct a SET offers = ARRAY(SELECT DISTINCT unnest(a.offers || m.items) ORDER BY 1) FROM more m
WHERE a.id = m.id
"""
UNDONE = """
UPDATE catalog_itemlink l SET undone_at = %(at)s, undone_by_id = %(by)s::bigint, undone_by_run_id = %(run)s::bigint
FROM old_link o WHERE l.id = o.id
"""
IN_FORCE_AGAIN = "UPDATE catalog_itemlink l SET replaced_by_id = NULL FROM old_link o WHERE l.replaced_by_id = o.id"
OPEN_AGAIN = """
UPDATE catalog_matchproposal p SET state = 'open' FROM old_link o
WHERE p.item_id = o.item_id AND (p.state = 'moot' OR p.product_id = o.product_id)
"""
TOUCHED_BACK = "SELECT unnest(ARRAY[now_id, back_id]) FROM old_link"
COUNT_BACK = "SELECT count(*) FROM old_link"
DONE_BACK = "DROP TABLE old_link"


class TakenBack(NamedTuple):
    """How many links were taken back, and of each that was not, why: undone, replaced, gone, moved, taken."""

    done: int
    obstacles: dict[int, str]


def take_back(
    links: Iterable[ItemLink], *, by: User | None, at: datetime | None = None, run_id: int | None = None
) -> TakenBack:
    """The items are where they were before; a draft that a link took is there again."""
    query = "SELECT unnest(%(links)s::bigint[])"
    return take_back_found(query, {"links": [link.pk for link in links]}, by=by, at=at, run_id=run_id)


@transaction.atomic
def take_back_found(
    links: str,
    params: Mapping[str, Any],
    *,
    by: User | None,
    at: datetime | None = None,
    run_id: int | None = None,
) -> TakenBack:
    """The same for the links that a query gives the ids of."""
    named = {**params, "by": by.pk if by else None, "at": at or timezone.now(), "run": run_id}
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
        cursor.execute(TAKEN_BACK.format(links=links), named)
        cursor.execute("ANALYZE old_link")
        cursor.execute(OBSTACLES)
        obstacles = dict(cursor.fetchall())
        for statement in (FREE, LOCK_OLD):
            cursor.execute(statement)
        for statement in (
            RESTORE,
            RESTORED,
            MOVE_BACK,
            COUNTED_AS_BROUGHT,
            UNDONE,
            IN_FORCE_AGAIN,
            OTHERS_BACK,
            OPEN_AGAIN,
        ):
            cursor.execute(statement, named)
        offers.refresh_touched(TOUCHED_BACK)
        cursor.execute(COUNT_BACK)
        count = int(cursor.fetchone()[0])
        cursor.execute(DONE_BACK)
    return TakenBack(count, obstacles)


# An edit by hand, and the undoing of one, move items, too.
CLOSE = """
UPDATE catalog_itemlink l SET undone_at = %(at)s, undone_by_run_id = %(run)s FROM catalog_supplieritem i
WHERE i.id = ANY(%(items)s) AND l.item_id = i.id AND l.undone_at IS NULL AND l.replaced_by_id IS NULL
    AND i.product_id IS DISTINCT FROM {now}
""".replace("{now}", NOW.format(id="l.product_id"))
REOPEN = """
UPDATE catalog_itemlink l SET undone_at = NULL, undone_by_id = NULL, undone_by_run_id = NULL FROM (
    SELECT DISTINCT ON (c.item_id) c.* FROM catalog_itemlink c WHERE c.item_id = ANY(%(items)s)
        AND c.replaced_by_id IS NULL AND (c.undone_at IS NULL OR c.undone_by_run_id IS NOT NULL)
    ORDER BY c.item_id, c.undone_at IS NULL DESC, c.id DESC
) last JOIN catalog_supplieritem i ON i.id = last.item_id
WHERE l.id = last.id AND l.undone_at IS NOT NULL AND i.product_id = {now}
""".replace("{now}", NOW.format(id="last.product_id"))


@transaction.atomic
def settle(item_ids: Iterable[int], *, run_id: int, at: datetime) -> None:
    """Items were given another product past their links, by this run: a link that says otherwise is over, one that
    a run had ended and that says so holds again."""
    named: dict[str, Any] = {"items": list(item_ids), "run": run_id, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(CLOSE, named)
        cursor.execute(REOPEN, named)
