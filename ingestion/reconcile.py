"""Repairs what a dead worker or a lost queue left behind."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog import search
from ingestion import queue, runs
from ingestion.errors import IngestionError, NetworkError
from ingestion.lists import sweep
from ingestion.models import IngestionRun
from ingestion.presence import is_at_work, suppliers_at_work
from ingestion.views.prepared import repair_views

MERGE = "SELECT gin_clean_pending_list('supplier_item_characteristics')"
GRACE = timedelta(seconds=10)  # from the status to the lock, or from the commit to the queue


class Repaired(NamedTuple):
    dead_workers: int
    lost_messages: int


class WorkerLost(NetworkError):
    """The worker of a run is gone; another one may do better."""


def reconcile_runs(*, at: datetime | None = None) -> Repaired:
    at = at or timezone.now()
    merge_pending_entries()
    search.catch_up()
    repair_views(at=at)
    repaired = Repaired(dead_workers=put_back_dead(at), lost_messages=send_lost(at))
    sweep.keep_up(at)
    return repaired


def merge_pending_entries() -> None:
    """Works off what runs left in the pending list of the index on characteristics."""
    with connection.cursor() as cursor:
        cursor.execute(MERGE)


def put_back_dead(at: datetime) -> int:
    """Runs that say running while nobody holds their supplier."""
    at_work = suppliers_at_work()
    quiet = Q(heartbeat_at=None) | Q(heartbeat_at__lt=at - GRACE)
    silent = IngestionRun.objects.filter(quiet, status=IngestionRun.Status.RUNNING)
    dead = [run for run in silent if run.supplier_id is None or not is_at_work(run.supplier_id, at_work)]
    for run in dead:
        put_back(run, at)
    return len(dead)


@transaction.atomic
def put_back(run: IngestionRun, at: datetime) -> None:
    error: IngestionError = WorkerLost(_("The worker of this run disappeared; the run was sent again."))
    try:
        if runs.put_back(run, error, at=at):
            queue.enqueue(run, again=True)
    except runs.RunMoved:
        return  # somebody repaired or finished it meanwhile


def send_lost(at: datetime) -> int:
    """Queued runs that no message will start; those of a supplier at work are woken at the end of that work."""
    at_work, live = suppliers_at_work(), queue.live_tasks()
    waiting = IngestionRun.objects.filter(status=IngestionRun.Status.QUEUED, created_at__lt=at - GRACE)
    lost = [
        run
        for run in waiting
        if run.task_id not in live and not (run.supplier_id and is_at_work(run.supplier_id, at_work))
    ]
    for run in lost:
        queue.enqueue(run, again=True)
    return len(lost)
