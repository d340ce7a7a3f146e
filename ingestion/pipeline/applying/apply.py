"""Seventh stage: what the comparison found is written, changed rows apart from new ones; unchanged are not touched.

The order is chosen for other suppliers' runs: only from the categories on may one of them have to wait for this one.
Foreign keys are checked at the commit, so items may name products that come later.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from django.db.models import F

from catalog.offers import refresh_touched
from ingestion.models import IngestionRun
from ingestion.pipeline.applying.changes import Marks, marks_of
from ingestion.pipeline.context import Context
from ingestion.pipeline.statements import Statements, analyze
from suppliers.models import PriceListSource
from suppliers.revision import raise_revision

SQL = Statements(Path(__file__).parent / "sql")


def apply(context: Context) -> Context:
    run, found, at = context.run, context.found, context.at
    if run.dry_run:
        return context
    has = context.staged.has
    insert_history(run=run.pk, at=at)
    if found.written:
        update_items(source=run.source_id, adopts=context.adopts, at=at, has=has)
    if found.missing:
        mark_missing(marks=marks_of(context.source, at))
    if found.new:
        insert_items(run=run.pk, supplier=context.supplier_id, source=run.source_id, at=at, has=has)
        make_categories(run)
        insert_drafts(at=at)
    if found.written:
        refresh_touched(touched())
    if context.guarded.is_complete and run.source_id:
        PriceListSource.objects.filter(pk=run.source_id).update(
            last_ingested_at=at, complete_lists=F("complete_lists") + 1
        )
    raise_revision(context.supplier_id)
    return context


def make_categories(run: IngestionRun) -> None:
    """Finds or makes the categories that the new items name, level by level."""
    branches()
    analyze("branch")  # few rows, joined to all new items
    for depth in range(1, deepest() + 1):
        insert_categories(run=run.pk, depth=depth)
        find_categories(depth=depth)


# The statements: each function runs the file of its name in `sql/`.


def insert_history(*, run: int, at: datetime) -> None:
    SQL.execute("insert_history", {"run": run, "at": at})


def update_items(*, source: int | None, adopts: bool, at: datetime, has: Collection[str]) -> None:
    SQL.execute("update_items", {"source": source, "adopts": adopts, "at": at}, has)


def mark_missing(*, marks: Marks) -> None:
    SQL.execute("mark_missing", marks._asdict())


def insert_items(*, run: int, supplier: int, source: int | None, at: datetime, has: Collection[str]) -> None:
    SQL.execute("insert_items", {"run": run, "supplier": supplier, "source": source, "at": at}, has)


def branches() -> None:
    """Makes the table of the categories that new items name."""
    SQL.execute("branches")


def touched() -> str:
    """A query: what follows from offers is worked out in the catalog."""
    return SQL.text("touched")


def deepest() -> int:
    """How many levels of categories the new items name."""
    return int(SQL.row("deepest")[0])


def insert_categories(*, run: int, depth: int) -> None:
    SQL.execute("insert_categories", {"run": run, "depth": depth})


def find_categories(*, depth: int) -> None:
    SQL.execute("find_categories", {"depth": depth})


def insert_drafts(*, at: datetime) -> None:
    SQL.execute("insert_drafts", {"at": at})
