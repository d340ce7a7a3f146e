"""Prices that take force on a day to come: what the dry runs of lists that wait for their day have found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet
from django.db.models.functions import Upper
from django.utils.timezone import localdate

from catalog.models import SupplierItem
from ingestion.models import Change, IngestionRun


class UpcomingPrice(NamedTuple):
    """`run` waits for the day; `is_doubtful` where the guards would hold the price for a person."""

    day: date
    price: Decimal
    currency: str
    per_quantity: int
    run: IngestionRun
    is_doubtful: bool


def upcoming_prices(items: Sequence[SupplierItem]) -> dict[int, list[UpcomingPrice]]:
    """By the items' keys, the next one first; an item without any is left out."""
    waiting = looked_ahead(IngestionRun.objects.filter(supplier__in={item.supplier_id for item in items}))
    found: dict[int, list[UpcomingPrice]] = {}
    if not waiting:
        return found
    codes = {item.supplier_sku.upper() for item in items}  # they have an index
    changes = Change.objects.planned_prices(waiting).alias(code=Upper("supplier_sku")).filter(code__in=codes)
    for change in changes.filter(item_id__in=[item.pk for item in items]).select_related("run"):
        assert change.item_id is not None
        found.setdefault(change.item_id, []).append(upcoming_price(change, waiting[change.run]))
    return {pk: sorted(prices, key=lambda price: price.day) for pk, prices in found.items()}


def with_upcoming_price(items: QuerySet[SupplierItem]) -> QuerySet[SupplierItem]:
    planned = Change.objects.planned_prices(looked_ahead(IngestionRun.objects.all()))
    return items.filter(pk__in=planned.values("item_id"))


def looked_ahead(runs: QuerySet[IngestionRun]) -> dict[IngestionRun, IngestionRun]:
    """The newest dry run for the day of each run that waits for one, with that run."""
    newest = {
        run: IngestionRun.objects.looking_ahead_of(run, localdate(run.due_at)).first()
        for run in runs.scheduled()  # type: ignore[attr-defined]
    }
    return {ahead: run for run, ahead in newest.items() if ahead is not None}


def upcoming_price(change: Change, run: IngestionRun) -> UpcomingPrice:
    new = change.new
    amount, per_quantity = Decimal(str(new["current_price"])), new.get("per_quantity") or 1
    is_doubtful = change.kind == Change.Kind.HELD
    return UpcomingPrice(localdate(run.due_at), amount, new["currency"], per_quantity, run, is_doubtful)
