"""Repairs what a dead worker or a lost queue left behind. Any process may do it, at any time; workers take turns."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from catalog import search
from ingestion.actions.matching import ask_for_training_if_due
from ingestion.lists import sweep
from ingestion.models import IngestionRun
from ingestion.pipeline.attempt import release_dead
from ingestion.runs import life_cycle, order, queue
from ingestion.runs.requests import UnderWay
from ingestion.runs.supplier_lock import SupplierBusy, is_at_work, suppliers_at_work, work_on
from ingestion.views.prepared import repair_views

MERGE = "SELECT gin_clean_pending_list('supplier_item_characteristics')"
_GRACE = timedelta(seconds=10)  # from the commit to a worker
RUNG_AT_ONCE = 500  # more wait for the next round


class Repaired(NamedTuple):
    dead_workers: int
    lost_messages: int


def reconcile_runs(*, at: datetime | None = None) -> Repaired:
    at = at or timezone.now()
    awaken_due(at)
    repaired = Repaired(dead_workers=put_back_dead(), lost_messages=send_lost(at))
    tidy_up(at)
    return repaired


def tidy_up(at: datetime) -> None:
    """What runs leave for later, because it would have slowed them down."""
    with connection.cursor() as cursor:
        cursor.execute(MERGE)
    search.catch_up()
    repair_views(at=at)
    sweep.keep_up(at)
    ask_for_training_if_due(at=at)


def put_back_dead() -> int:
    """Runs that say running while nobody holds their supplier: whoever gets hold of it knows that."""
    suppliers = set(IngestionRun.objects.running().values_list("supplier", flat=True))
    at_work = suppliers_at_work()
    return sum(put_back_of(pk) for pk in suppliers if pk is not None and not is_at_work(pk, at_work))


def put_back_of(supplier_id: int) -> int:
    try:
        with work_on(supplier_id):
            dead = release_dead(supplier_id)
    except SupplierBusy:
        return 0  # somebody else was faster
    queue.ring_for(supplier_id)
    return dead


def send_lost(at: datetime) -> int:
    """Runs whose turn has come, which no message will start. Whoever holds a supplier starts the supplier's next."""
    at_work = suppliers_at_work()
    late = order.startable(at=at - _GRACE)[:RUNG_AT_ONCE]
    return _ring(run for run in late if not is_at_work(run.supplier_id, at_work))


def awaken_due(at: datetime) -> int:
    """Puts the runs on the queue whose lists take force now."""
    awakened = 0
    for run in IngestionRun.objects.scheduled(at=at).order_by("pk")[:RUNG_AT_ONCE]:
        with suppress(UnderWay, life_cycle.RunMoved), transaction.atomic():
            life_cycle.awaken(run)
            queue.enqueue(run)
            awakened += 1
    return awakened


def send_due(*, since: datetime, at: datetime) -> int:
    """Rings for the runs whose pause after an error has ended between two moments."""
    return _ring(order.startable(at=at).filter(due_at__gt=since, retry_count__gt=0))


def _ring(candidates: Iterable[IngestionRun]) -> int:
    """Rings once for each run that no message waits for."""
    found = list(candidates)
    waiting = queue.waiting_tasks() if found else set()
    if waiting is None:
        return 0  # nobody would hear it; workers look into the database meanwhile
    lost = [run for run in found if run.task_id not in waiting]
    for run in lost:
        queue.ring_again(run)
    return len(lost)
