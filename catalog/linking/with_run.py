"""Links that were made of a run's items without a person go with the run, and come back with it."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User

from catalog.linking.links import NOW, TakenBack, link_found, take_back_found
from catalog.linking.models import ItemLink
from catalog.linking.scope import NOT_REFUSED

MADE = """
SELECT l.id FROM catalog_itemlink l
WHERE l.run_id = %(made_by)s AND l.method = ANY(%(methods)s) AND l.undone_at IS NULL AND l.replaced_by_id IS NULL
"""
TAKEN_BACK = """
SELECT t.* FROM (
    SELECT DISTINCT ON (l.item_id) l.item_id, {now} AS product_id, l.method, l.score, l.features
    FROM catalog_itemlink l WHERE l.undone_by_run_id = %(undone_by)s AND l.method = ANY(%(methods)s)
    ORDER BY l.item_id, l.id DESC
) t JOIN catalog_supplieritem i ON i.id = t.item_id WHERE {not_refused}
""".replace("{now}", NOW.format(id="l.product_id")).replace("{not_refused}", NOT_REFUSED)


def take_back_of(*, run_id: int, by: User | None, at: datetime, undone_by_run_id: int | None = None) -> TakenBack:
    """Drafts that they took are there again. What a person has linked stays."""
    named = {"made_by": run_id, "methods": [str(each) for each in ItemLink.AUTOMATIC]}
    return take_back_found(MADE, named, by=by, at=at, run_id=undone_by_run_id)


def link_again(*, undone_by_run_id: int, by: User | None, at: datetime) -> dict[str, int]:
    """What that run had taken back, unless a person has decided since that it is not one."""
    named = {"undone_by": undone_by_run_id, "methods": [str(each) for each in ItemLink.AUTOMATIC]}
    return link_found(TAKEN_BACK, named, by=by, at=at)
