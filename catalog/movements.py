"""How prices moved lately, over the whole catalog."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

MOVEMENTS = """
SELECT (step.recorded_at AT TIME ZONE %s)::date AS day,
       count(*) FILTER (WHERE step.price * before.per_quantity > before.price * step.per_quantity),
       count(*) FILTER (WHERE step.price * before.per_quantity < before.price * step.per_quantity)
FROM catalog_pricehistory step
CROSS JOIN LATERAL (
    SELECT price, currency, per_quantity FROM catalog_pricehistory earlier
    WHERE earlier.supplier_item_id = step.supplier_item_id AND earlier.recorded_at < step.recorded_at
    ORDER BY earlier.recorded_at DESC LIMIT 1
) before
WHERE step.recorded_at >= %s AND before.currency = step.currency
GROUP BY day ORDER BY day
"""


class Movement(NamedTuple):
    """How many prices (of one) of a day went up and down."""

    up: int
    down: int


def movements_since(at: datetime) -> dict[date, Movement]:
    """By day of the current time zone; without the days on which no price moved."""
    with connection.cursor() as cursor:
        cursor.execute(MOVEMENTS, [timezone.get_current_timezone_name(), at])
        return {day: Movement(up, down) for day, up, down in cursor.fetchall()}
