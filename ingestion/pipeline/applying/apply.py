"""Seventh stage: what the comparison found is written, changed rows apart from new ones; unchanged are not touched.

The order is chosen for other suppliers' runs: only from the categories on may one of them have to wait for this one.
Foreign keys are checked at the commit, so items may name products that come later.
"""

from __future__ import annotations

from django.db.models import F

from catalog.offers import refresh_touched
from ingestion.models import IngestionRun
from ingestion.pipeline.applying import queries
from ingestion.pipeline.applying.changes import marks_of
from ingestion.pipeline.context import Context
from ingestion.pipeline.statements import analyze
from suppliers.models import PriceListSource
from suppliers.revision import raise_revision


def apply(context: Context) -> Context:
    run, found, at = context.run, context.found, context.at
    if run.dry_run:
        return context
    queries.insert_history(run=run.pk, at=at)
    if found.written:
        queries.update_items(source=run.source_id, adopts=context.adopts, at=at)
    if found.missing:
        queries.mark_missing(marks=marks_of(context.source, at))
    if found.new:
        queries.insert_items(run=run.pk, supplier=context.supplier_id, source=run.source_id, at=at)
        make_categories(run)
        queries.insert_drafts(at=at)
    if found.written:
        refresh_touched(queries.touched())
    if context.guarded.is_complete and run.source_id:
        PriceListSource.objects.filter(pk=run.source_id).update(
            last_ingested_at=at, complete_lists=F("complete_lists") + 1
        )
    raise_revision(context.supplier_id)
    return context


def make_categories(run: IngestionRun) -> None:
    """Finds or makes the categories that the new items name, level by level."""
    queries.branches()
    analyze("branch")  # few rows, joined to all new items
    for depth in range(1, queries.deepest() + 1):
        queries.insert_categories(run=run.pk, depth=depth)
        queries.find_categories(depth=depth)
