"""Sixth stage: what the run changes is kept with it, so that it can be seen, decided on and undone."""

from __future__ import annotations

import json
from datetime import datetime
from itertools import pairwise
from typing import Any

from ingestion.models import Change, IngestionRun
from ingestion.pipeline.compare import Differences
from ingestion.pipeline.guards import Verdict
from ingestion.pipeline.stage import Staged
from ingestion.pipeline.statements import execute, select
from suppliers.models import PriceListSource

EDGES = (-50, -25, -15, -10, -5, -2, 0, 2, 5, 10, 15, 25, 50, 100)  # of the histogram, in per cent


def keep_changes(run: IngestionRun, staged: Staged, *, at: datetime) -> None:
    """Before anything is written: the old values are those in the catalog."""
    params = {
        "run": run.pk,
        "dry_run": run.dry_run,
        "supplier": run.supplier_id,
        "source": run.source_id,
        "adopts": adopts(run, staged),
        "missing": json.dumps(missing_values(run.source, at)),
    }
    if not run.dry_run and Change.objects.held().exists():
        execute("supersede", params)
    execute("insert_changes", params)
    if run.dry_run:
        execute("insert_planned", params)


def adopts(run: IngestionRun, staged: Staged) -> bool:
    """Whether items without a source become items of this one."""
    return staged.mode == "full" and run.source_id is not None


def missing_values(source: PriceListSource | None, at: datetime) -> dict[str, Any]:
    """The marks of an item that this list does not have."""
    if source is None:
        return {}
    listed = source.last_ingested_at
    return {
        "missing_since": at.isoformat(),
        "last_listed_at": listed.isoformat() if listed else None,
        "missing_at_list": source.complete_lists + 1,
    }


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
    counts, bars, movers = map(json.loads, select("summary", {"run": run.pk, "edges": list(EDGES)}))
    return {"buckets": counts, "histogram": histogram(bars), "movers": movers}


def unchanged(staged: Staged, found: Differences) -> int:
    return staged.successful - found.new - found.changed - found.held


def histogram(bars: dict[str, int]) -> list[tuple[int | None, int | None, int]]:
    """From, to (open at both ends), and how many prices."""
    places = pairwise((None, *EDGES, None))
    return [(low, high, bars.get(str(place), 0)) for place, (low, high) in enumerate(places)]
