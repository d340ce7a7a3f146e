"""Sixth stage: what the run changes is kept with it, so that it can be seen, decided on and undone."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import Any

from ingestion.models import Change, IngestionRun
from ingestion.pipeline.applying import queries
from ingestion.pipeline.applying.queries import Marks
from ingestion.pipeline.comparing.queries import Differences
from ingestion.pipeline.guarding.guards import Verdict
from ingestion.pipeline.staging.stage import Staged
from suppliers.models import PriceListSource

EDGES = (-50, -25, -15, -10, -5, -2, 0, 2, 5, 10, 15, 25, 50, 100)  # of the histogram, in per cent


def keep_changes(run: IngestionRun, staged: Staged, *, at: datetime) -> None:
    """Before anything is written: the old values are those in the catalog."""
    assert run.supplier_id is not None
    if not run.dry_run and Change.objects.held().exists():
        queries.supersede(run=run.pk, supplier=run.supplier_id)
    queries.insert_changes(
        run=run.pk,
        source=run.source_id,
        is_dry=run.dry_run,
        adopts=adopts(run, staged),
        marks=marks_of(run.source, at),
    )
    if run.dry_run:
        queries.insert_planned(run=run.pk)


def adopts(run: IngestionRun, staged: Staged) -> bool:
    """Whether items without a source become items of this one."""
    return staged.mode == "full" and run.source_id is not None


def marks_of(source: PriceListSource | None, at: datetime) -> Marks:
    """The marks of an item that this list does not have; without a source, none is missing."""
    return Marks(at, source.last_ingested_at, source.complete_lists + 1) if source else Marks(at, None, None)


def summary_of(run: IngestionRun, staged: Staged, verdict: Verdict) -> dict[str, Any]:
    """The buckets with their counts, the histogram, the biggest movers, and what the guards did."""
    found, figures = verdict.found, figures_of(run)
    figures["buckets"] |= {"new": found.new, "unchanged": unchanged(staged, found), "failed": staged.failed}
    return {
        **figures,
        "median": str(round((verdict.median - 1) * 100, 2)),
        "guards": verdict.said,
        "new_span": [found.first_new, found.last_new] if found.new else None,
        "is_complete": verdict.is_complete,
    }


def figures_of(run: IngestionRun) -> dict[str, Any]:
    """What is kept of the run's changes, in figures."""
    figures = queries.summary(run=run.pk, edges=EDGES)
    return {"buckets": figures.buckets, "histogram": histogram(figures.bars), "movers": figures.movers}


def unchanged(staged: Staged, found: Differences) -> int:
    return staged.successful - found.new - found.changed - found.held


def histogram(bars: dict[str, int]) -> list[tuple[int | None, int | None, int]]:
    """From, to (open at both ends), and how many prices."""
    places = pairwise((None, *EDGES, None))
    return [(low, high, bars.get(str(place), 0)) for place, (low, high) in enumerate(places)]
