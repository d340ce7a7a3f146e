"""Last stage: what the comparison found is written, changed rows apart from new ones; unchanged rows are not touched.

The order is chosen for other suppliers' runs: only from the categories on may one of them have to wait for this one.
Foreign keys are checked at the commit, so items may name products that come later.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection

from catalog.offers import refresh_touched
from ingestion.models import IngestionRun
from ingestion.pipeline.compare import Differences
from ingestion.pipeline.stage import Staged
from ingestion.pipeline.statements import execute
from suppliers.models import PriceListSource

TOUCHED = "SELECT product_id FROM delta WHERE fate <> 'new' AND product_id IS NOT NULL"


def apply(run: IngestionRun, staged: Staged, found: Differences, *, at: datetime) -> None:
    params: dict[str, Any] = {
        "supplier": run.supplier_id,
        "source": run.source_id,
        "has_stock": staged.has_stock,
        "has_retail": staged.has_retail,
        "is_prices": staged.mode == "prices",
        "at": at,
    }
    execute("insert_history", params)
    execute("update_items" if staged.mode == "full" else "update_values", params)
    if found.missing:
        execute("mark_missing", params)
    if found.new:
        execute("insert_items", params)
        make_categories()
        execute("insert_drafts", params)
    refresh_touched(TOUCHED)
    if staged.mode == "full" and run.source_id:
        PriceListSource.objects.filter(pk=run.source_id).update(last_ingested_at=at)


def make_categories() -> None:
    """Finds or makes the categories that the new items name, level by level."""
    execute("branches")
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(depth), 0) FROM branch")
        (deepest,) = cursor.fetchone()
    for depth in range(1, deepest + 1):
        execute("insert_categories", {"depth": depth})
        execute("find_categories", {"depth": depth})


def write_logs(run: IngestionRun, *, at: datetime) -> None:
    params = {
        "task": run.task_id,
        "run": run.pk,
        "supplier": run.supplier_id,
        "supplier_name": run.supplier_name,
        "at": at,
    }
    execute("insert_logs", params)
