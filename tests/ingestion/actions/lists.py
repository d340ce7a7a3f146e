"""Lists taken in at once, for the tests of what comes after."""

from __future__ import annotations

from typing import Any

from catalog.models import PriceHistory, SupplierItem
from ingestion.models import IngestionRun
from ingestion.pipeline.attempt import run_ingestion
from suppliers.models import PriceListSource
from tests.ingestion.price_lists import queued


def take_in(prices: dict[str, Any], source: PriceListSource, **options: Any) -> IngestionRun:
    """A list that says of each code a price, or everything."""
    rows = [{"sku": sku, **(said if isinstance(said, dict) else {"price": said})} for sku, said in prices.items()]
    run = queued(rows, source, **options)
    run_ingestion(run)
    return run


def prices() -> dict[str, str]:
    """The catalog's prices of listed items."""
    items = SupplierItem.objects.filter(missing_since=None).order_by("supplier_sku")
    return {item.supplier_sku: f"{item.current_price.normalize():f}" for item in items}


def history_of(sku: str) -> list[str]:
    """The prices in force that led to the current one."""
    rows = PriceHistory.objects.filter(supplier_item__supplier_sku=sku, withdrawn_by_run_id=None).order_by("id")
    return [f"{row.price.normalize():f}" for row in rows]
