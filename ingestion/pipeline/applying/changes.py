"""Sixth stage: what the run changes is kept with it, so that it can be seen, decided on and undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from ingestion.models import Change, IngestionRun
from ingestion.models.facts import ChangeSummary, PriceBar
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


def summary_of(run: IngestionRun, staged: Staged, verdict: Verdict) -> ChangeSummary:
    """The buckets with their counts, the histogram, the biggest movers, and what the guards did."""
    found, figures = verdict.found, figures_of(run)
    others = {"new": found.new, "unchanged": unchanged(staged, found), "failed": staged.failed}
    return replace(
        figures,
        buckets={**figures.buckets, **others},
        median=round((verdict.median - 1) * 100, 2),
        guards=tuple(verdict.said),
        new_span=span_of(found),
        is_complete=verdict.is_complete,
    )


def span_of(found: Differences) -> tuple[int, int] | None:
    """The first and the last id of what is new."""
    if found.first_new is None or found.last_new is None:
        return None
    return found.first_new, found.last_new


def figures_of(run: IngestionRun) -> ChangeSummary:
    """What is kept of the run's changes, in figures."""
    figures = queries.summary(run=run.pk, edges=EDGES)
    return ChangeSummary(figures.buckets, tuple(histogram(figures.bars)), tuple(figures.movers))


def unchanged(staged: Staged, found: Differences) -> int:
    return staged.successful - found.new - found.changed - found.held


def histogram(bars: dict[str, int]) -> Iterator[PriceBar]:
    for place, (low, high) in enumerate(pairwise((None, *EDGES, None))):
        yield PriceBar(low, high, bars.get(str(place), 0))
