"""The life cycle of products: the only writer of `Product.status`.

One statement per call, however many products: it locks them in one order, moves those that may move, and writes
the record of each move. The trigger of migration 0002 refuses everybody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Product

DRAFT, ACTIVE, ARCHIVED = Product.Status.DRAFT, Product.Status.ACTIVE, Product.Status.ARCHIVED

MOVE = """
WITH chosen AS (
    SELECT id, status FROM catalog_product WHERE id IN ({products}) ORDER BY id FOR UPDATE
), moved AS (
    UPDATE catalog_product product SET status = %s, updated_at = %s
    FROM chosen WHERE product.id = chosen.id AND chosen.status = ANY(%s)
    RETURNING product.id, chosen.status AS from_status, product.status AS to_status
), recorded AS (
    INSERT INTO catalog_productstatuschange (product_id, from_status, to_status, by_id, at)
    SELECT id, from_status, to_status, %s, %s FROM moved
)
SELECT status, count(*) FROM chosen GROUP BY status
"""


class Outcome(NamedTuple):
    """How many products moved, and how many did not and why (in words)."""

    changed: int
    refused: dict[str, int]


def promote(products: QuerySet[Product], *, by: AbstractBaseUser, at: datetime | None = None) -> Outcome:
    """Drafts become active."""
    return _move(products, (DRAFT,), ACTIVE, by=by, at=at)


def archive(products: QuerySet[Product], *, by: AbstractBaseUser, at: datetime | None = None) -> Outcome:
    """Drafts and active products are retired."""
    return _move(products, (DRAFT, ACTIVE), ARCHIVED, by=by, at=at)


def reactivate(products: QuerySet[Product], *, by: AbstractBaseUser, at: datetime | None = None) -> Outcome:
    """Archived products become active again."""
    return _move(products, (ARCHIVED,), ACTIVE, by=by, at=at)


def restore(product_id: int, status: str) -> None:
    """A product that is put back has the status that it had: the move to it is on record already."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('catalog.lifecycle', 'on', true)")
        cursor.execute("UPDATE catalog_product SET status = %s WHERE id = %s", [status, product_id])
        cursor.execute("SELECT set_config('catalog.lifecycle', 'off', true)")


def _move(
    products: QuerySet[Product],
    allowed: Iterable[Product.Status],
    to: Product.Status,
    *,
    by: AbstractBaseUser,
    at: datetime | None,
) -> Outcome:
    try:
        chosen, params = products.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return Outcome(0, {})
    at = at or timezone.now()
    sources = [status.value for status in allowed]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('catalog.lifecycle', 'on', true)")
        cursor.execute(MOVE.format(products=chosen), (*params, to.value, at, sources, by.pk, at))
        counts: dict[str, int] = dict(cursor.fetchall())
        cursor.execute("SELECT set_config('catalog.lifecycle', 'off', true)")
    refused = {_reason(status, to): count for status, count in counts.items() if status not in sources}
    return Outcome(sum(counts[status] for status in sources if status in counts), refused)


def _reason(status: str, to: Product.Status) -> str:
    """Why a product with this status may not move there."""
    reasons = {
        (ACTIVE, ACTIVE): _("already active"),
        (ARCHIVED, ARCHIVED): _("already archived"),
        (ARCHIVED, ACTIVE): _("archived (reactivate instead)"),
        (DRAFT, ACTIVE): _("draft (promote instead)"),
    }
    return reasons[Product.Status(status), to]
