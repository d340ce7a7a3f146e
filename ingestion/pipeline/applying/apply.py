"""Last stage: what the comparison found is written, changed rows apart from new ones; unchanged rows are not touched.

The order is chosen for other suppliers' runs: only from the categories on may one of them have to wait for this one.
Foreign keys are checked at the commit, so items may name products that come later.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from catalog.offers import refresh_touched
from ingestion.models import IngestionRun
from ingestion.models.facts import Understanding
from ingestion.pipeline.applying import queries
from ingestion.pipeline.applying.changes import adopts, marks_of
from ingestion.pipeline.applying.error_columns import column_letters
from ingestion.pipeline.guarding.guards import Verdict
from ingestion.pipeline.staging.stage import Staged
from ingestion.pipeline.statements import analyze
from suppliers.models import PriceListSource
from suppliers.revision import raise_revision

TOUCHED = "SELECT product_id FROM delta WHERE fate IN ('changed', 'missing') AND product_id IS NOT NULL"


def apply(run: IngestionRun, staged: Staged, verdict: Verdict, *, at: datetime) -> None:
    found = verdict.found
    assert run.supplier_id is not None
    queries.insert_history(run=run.pk, at=at)
    if found.written:
        queries.update_items(source=run.source_id, adopts=adopts(run, staged), at=at)
    if found.missing:
        queries.mark_missing(marks=marks_of(run.source, at))
    if found.new:
        queries.insert_items(run=run.pk, supplier=run.supplier_id, source=run.source_id, at=at)
        make_categories(run)
        queries.insert_drafts(at=at)
    if found.written:
        refresh_touched(TOUCHED)
    if verdict.is_complete and run.source_id:
        PriceListSource.objects.filter(pk=run.source_id).update(
            last_ingested_at=at, complete_lists=F("complete_lists") + 1
        )
    raise_revision(run.supplier_id)


def make_categories(run: IngestionRun) -> None:
    """Finds or makes the categories that the new items name, level by level."""
    queries.branches()
    analyze("branch")  # few rows, joined to all new items
    for depth in range(1, queries.deepest() + 1):
        queries.insert_categories(run=run.pk, depth=depth)
        queries.find_categories(depth=depth)


def write_logs(run: IngestionRun, staged: Staged, understanding: Understanding, *, at: datetime) -> None:
    if not staged.counts:
        return
    assert run.supplier_id is not None
    queries.insert_logs(
        run=run.pk,
        task=run.task_id,
        supplier=run.supplier_id,
        supplier_name=run.supplier_name,
        source=run.source_id,
        letters=column_letters(understanding),
        at=at,
    )
