"""Last stage: what the comparison found is written, changed rows apart from new ones; unchanged rows are not touched.

The order is chosen for other suppliers' runs: only from the categories on may one of them have to wait for this one.
Foreign keys are checked at the commit, so items may name products that come later.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F

from catalog.offers import refresh_touched
from ingestion.models import IngestionRun
from ingestion.pipeline.changes import adopts
from ingestion.pipeline.guards import Verdict
from ingestion.pipeline.problems import column_letters
from ingestion.pipeline.stage import Staged
from ingestion.pipeline.statements import execute
from suppliers.models import PriceListSource
from suppliers.revision import raise_revision

TOUCHED = "SELECT product_id FROM delta WHERE fate IN ('changed', 'missing') AND product_id IS NOT NULL"


def apply(run: IngestionRun, staged: Staged, verdict: Verdict, *, at: datetime) -> None:
    found, source = verdict.found, run.source
    assert run.supplier_id is not None
    params: dict[str, Any] = {
        "run": run.pk,
        "supplier": run.supplier_id,
        "source": run.source_id,
        "adopts": adopts(run, staged),
        "last_ingested_at": source.last_ingested_at if source else None,
        "list_number": source.complete_lists + 1 if source else None,
        "at": at,
    }
    execute("insert_history", params)
    if found.written:
        execute("update_items", params)
    if found.missing:
        execute("mark_missing", params)
    if found.new:
        execute("insert_items", params)
        make_categories(params)
        execute("insert_drafts", params)
    if found.written:
        refresh_touched(TOUCHED)
    if verdict.is_complete and run.source_id:
        PriceListSource.objects.filter(pk=run.source_id).update(
            last_ingested_at=at, complete_lists=F("complete_lists") + 1
        )
    raise_revision(run.supplier_id)


def make_categories(params: dict[str, Any]) -> None:
    """Finds or makes the categories that the new items name, level by level."""
    execute("branches")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE branch")  # few rows, joined to all new items
        cursor.execute("SELECT coalesce(max(depth), 0) FROM branch")
        (deepest,) = cursor.fetchone()
    for depth in range(1, deepest + 1):
        execute("insert_categories", {**params, "depth": depth})
        execute("find_categories", {"depth": depth})


def write_logs(run: IngestionRun, staged: Staged, *, at: datetime) -> None:
    if not staged.counts:
        return
    params = {
        "task": run.task_id,
        "run": run.pk,
        "supplier": run.supplier_id,
        "supplier_name": run.supplier_name,
        "source": run.source_id,
        "at": at,
        **column_letters(run),
    }
    execute("insert_logs", params)
