"""Sixth stage: what the run changes is kept with it, so that it can be seen, decided on and undone."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from ingestion.models import Change, IngestionRun
from ingestion.models.facts import ChangeSummary, PriceBar
from ingestion.pipeline.context import Context, Differences
from ingestion.pipeline.statements import Statements
from suppliers.models import PriceListSource

SQL = Statements(Path(__file__).parent / "sql")
EDGES = (-50, -25, -15, -10, -5, -2, 0, 2, 5, 10, 15, 25, 50, 100)  # of the histogram, in per cent


class Figures(NamedTuple):
    """A run's changes: counts by bucket, prices by step of the histogram, the changes that went farthest."""

    buckets: dict[str, int]
    bars: dict[str, int]
    movers: list[int]


class Marks(NamedTuple):
    """Of an item that its source's list does not have."""

    missing_since: datetime
    last_listed_at: datetime | None
    missing_at_list: int | None

    def as_json(self) -> str:
        dates = (self.missing_since.isoformat(), self.last_listed_at.isoformat() if self.last_listed_at else None)
        return json.dumps(dict(zip(self._fields, (*dates, self.missing_at_list), strict=True)))


def keep_changes(context: Context) -> Context:
    """Before anything is written: the old values are those in the catalog."""
    run = context.run
    if not run.dry_run and Change.objects.held().filter(run__supplier=context.supplier_id).exists():
        supersede(run=run.pk, supplier=context.supplier_id)
    insert_changes(
        run=run.pk,
        source=run.source_id,
        is_dry=run.dry_run,
        adopts=context.adopts,
        marks=marks_of(context.source, context.at),
        has=context.staged.has,
    )
    if run.dry_run:
        insert_planned(run=run.pk, has=context.staged.has)
    return context


def marks_of(source: PriceListSource | None, at: datetime) -> Marks:
    """The marks of an item that this list does not have; without a source, none is missing."""
    return Marks(at, source.last_ingested_at, source.complete_lists + 1) if source else Marks(at, None, None)


def summary_of(context: Context) -> ChangeSummary:
    """The buckets with their counts, the histogram, the biggest movers, and what the guards did."""
    found, guarded, figures = context.found, context.guarded, figures_of(context.run)
    others = {"new": found.new, "unchanged": context.unchanged, "failed": context.staged.failed}
    return replace(
        figures,
        buckets={**figures.buckets, **others},
        median=round((guarded.median - 1) * 100, 2),
        guards=guarded.said,
        new_span=span_of(found),
        is_complete=guarded.is_complete,
    )


def span_of(found: Differences) -> tuple[int, int] | None:
    """The first and the last id of what is new."""
    if found.first_new is None or found.last_new is None:
        return None
    return found.first_new, found.last_new


def figures_of(run: IngestionRun) -> ChangeSummary:
    """What is kept of the run's changes, in figures."""
    figures = summary_figures(run=run.pk, edges=EDGES)
    return ChangeSummary(figures.buckets, tuple(price_bars(figures.bars)), tuple(figures.movers))


def price_bars(bars: dict[str, int]) -> Iterator[PriceBar]:
    for place, (low, high) in enumerate(pairwise((None, *EDGES, None))):
        yield PriceBar(low, high, bars.get(str(place), 0))


# The statements: each function runs the file of its name in `sql/`.


def supersede(*, run: int, supplier: int) -> None:
    SQL.execute("supersede", {"run": run, "supplier": supplier})


def insert_changes(
    *, run: int, source: int | None, is_dry: bool, adopts: bool, marks: Marks, has: Collection[str]
) -> None:
    params = {"run": run, "source": source, "dry_run": is_dry, "adopts": adopts, "missing": marks.as_json()}
    SQL.execute("insert_changes", params, has)


def insert_planned(*, run: int, has: Collection[str]) -> None:
    SQL.execute("insert_planned", {"run": run}, has)


def summary_figures(*, run: int, edges: Sequence[int]) -> Figures:
    """`edges` of the histogram, in per cent."""
    return Figures(*map(json.loads, SQL.row("summary_figures", {"run": run, "edges": list(edges)})))
