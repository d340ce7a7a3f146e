"""Lists of one item, week after week: only the price tells them apart."""

from __future__ import annotations

from typing import Any

from catalog.models import SupplierItem
from ingestion.models import IngestionRun
from ingestion.runs import queue
from suppliers.models import PriceListSource
from tests.ingestion.price_lists import queued


def week(price: str, source: PriceListSource, **options: Any) -> IngestionRun:
    return queued([{"sku": "A", "price": price}], source, **options)


def sent(price: str, source: PriceListSource, **options: Any) -> IngestionRun:
    run = week(price, source, **options)
    queue.enqueue(run)
    return run


def price() -> str:
    return f"{SupplierItem.objects.get().current_price:.0f}"


def statuses(*found: IngestionRun) -> list[str]:
    for run in found:
        run.refresh_from_db()
    return [run.status for run in found]
