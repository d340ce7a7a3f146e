"""What has to be true when a fault is over."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.db import connection
from django.utils import timezone

from catalog.models import PriceHistory, SupplierItem
from ingestion.lists.sweep import sweep
from ingestion.models import IngestionRun, PriceList
from ingestion.runs.supplier_lock import suppliers_at_work
from tests.chaos.arena import Arena
from tests.chaos.checksum import checksums, differences
from tests.chaos.trials import Case

OVERTAKEN = "overtaken"
TWICE = """
    SELECT count(*) FROM (
        SELECT h.price, h.currency, h.run_id,
            lag(h.price) OVER moments AS price_before, lag(h.currency) OVER moments AS currency_before,
            lag(h.run_id) OVER moments AS run_before
        FROM catalog_pricehistory h JOIN catalog_supplieritem i ON i.id = h.supplier_item_id
        WHERE i.supplier_id = %s
        WINDOW moments AS (PARTITION BY h.supplier_item_id ORDER BY h.recorded_at, h.id)
    ) AS step
    WHERE (price, currency) = (price_before, currency_before) OR run_id = run_before
"""
BUSY = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()
        AND backend_type = 'client backend'
"""


def problems_of(arena: Arena, case: Case) -> Iterator[str]:
    """Of one supplier whose runs have all ended."""
    runs = {run.pk: run for run in IngestionRun.objects.filter(pk__in=case.runs)}
    yield from (problem for run in runs.values() if (problem := problem_of_run(run)))
    in_force = tuple(week for run, week in case.posted if run in runs and runs[run].is_taken_in)
    if not case.posted:
        return
    last_run, last_week = case.posted[-1]
    if not runs[last_run].is_taken_in:
        yield f"the list of week {last_week}, the last one, is not in force: run {last_run} is {runs[last_run].status}"
        return
    found = checksums(case.supplier)
    wrong = differences(found, arena.reference(case.variant, without_repetitions(in_force)))
    if wrong:
        facts = [(run, week, runs[run].status, runs[run].retry_count) for run, week in case.posted]
        parts = ", ".join(wrong)
        yield f"supplier {case.supplier}: {parts} are not as after the lists {in_force}, undisturbed: {facts}"
    yield from double_history(case.supplier)


def without_repetitions(weeks: tuple[int, ...]) -> tuple[int, ...]:
    """A list that is sent again changes nothing."""
    return tuple(week for place, week in enumerate(weeks) if not place or weeks[place - 1] != week)


def problem_of_run(run: IngestionRun) -> str | None:
    if run.is_taken_in or run.status == OVERTAKEN:
        return None
    return f"run {run.pk} ended as {run.status} after {run.retry_count} retries: {run.message[:200]}"


def double_history(supplier: int) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(TWICE, [supplier])
        (twice,) = cursor.fetchone() or (0,)
    if twice:
        yield f"supplier {supplier}: {twice} prices stand twice in the history"
    items = SupplierItem.objects.filter(supplier=supplier)
    histories = PriceHistory.objects.filter(supplier_item__supplier=supplier).values("supplier_item").distinct()
    if items.count() != histories.count():
        yield f"supplier {supplier}: items without a price in the history"


def is_calm() -> bool:
    """Nobody holds a supplier, and no transaction is open."""
    with connection.cursor() as cursor:
        cursor.execute(BUSY)
        (busy,) = cursor.fetchone() or (0,)
    return not busy and not suppliers_at_work()


def damaged_files(media: Path) -> Iterator[str]:
    """Whatever is stored has the bytes that its record names."""
    for name, digest, size in PriceList.objects.values_list("file", "sha256", "size").distinct():
        path = media / name
        if not path.exists():
            yield f"{name} is gone from the storage"
        elif (found := path.stat().st_size) != size:
            yield f"{name} has {found} of its {size} bytes"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield f"{name} has not the content that its name says"


def stray_files(media: Path) -> Iterator[str]:
    """Files that belong to no price list and that the sweep does not know how to remove."""
    sweep(timezone.now(), delete=True, older_than=timedelta(0))
    known = {media / name for name in PriceList.objects.values_list("file", flat=True)}
    yield from (
        f"{path.relative_to(media)} ({path.stat().st_size} bytes) belongs to no price list"
        for path in sorted(media.rglob("*"))
        if path.is_file() and path not in known
    )
