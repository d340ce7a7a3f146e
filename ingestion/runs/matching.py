"""What is to be done after the lists: matching what a run brought, training a model. The only writer of its status.

The database alone is the queue: a worker that has nothing else to do takes what is due, one of it at a time in the
whole house, so that another worker is free for lists and the memory is needed once. Who works on a task holds a lock of
his session: a task that says working while nobody holds it is put back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from ingestion.models import IngestionRun, MatchingTask
from ingestion.models.facts import MatchingCounts

MATCHING_LOCK = 0x0FFE27  # first half of the lock's key
PAUSES = (timedelta(seconds=10), timedelta(minutes=2))  # between the attempts
TRY_LOCK = "SELECT pg_try_advisory_lock(%s, 1)"
UNLOCK = "SELECT pg_advisory_unlock(%s, 1)"

_Status = MatchingTask.Status


def ask_for_matching(run: IngestionRun, *, at: datetime) -> MatchingTask | None:
    """In the transaction of a run that is stored: what it brought is matched when a worker has time."""
    is_wanted = settings.MATCHING_AFTER_RUNS and run.is_taken_in and not run.dry_run and run.new_items
    return MatchingTask.objects.create(run=run, asked_at=at, due_at=at) if is_wanted else None


def ask_for_training(*, at: datetime) -> bool:
    """Says whether it was asked for now: there is one at a time."""
    asked = MatchingTask.objects.trainings().open()
    return asked.get_or_create(run=None, defaults={"asked_at": at, "due_at": at})[1]


def next_task(*, at: datetime) -> MatchingTask | None:
    return MatchingTask.objects.due(at=at).order_by("due_at", "pk").first()


@contextmanager
def alone() -> Iterator[bool]:
    """Whether nobody else is at it; then nobody else is as long as this lasts."""
    with connection.cursor() as cursor:
        cursor.execute(TRY_LOCK, [MATCHING_LOCK])
        (is_free,) = cursor.fetchone()
    try:
        yield bool(is_free)
    finally:
        if is_free and connection.is_usable():  # the lock of a session that was lost is gone with it
            with connection.cursor() as cursor:
                cursor.execute(UNLOCK, [MATCHING_LOCK])


def put_back_lost() -> int:
    """To be called alone: what says working then was left by a worker that died."""
    lost = list(MatchingTask.objects.working())
    for task in lost:
        fail_task(task, _("The worker that was at it disappeared."))
    return len(lost)


def start_task(task: MatchingTask, *, at: datetime) -> bool:
    waiting = MatchingTask.objects.filter(pk=task.pk, status=_Status.WAITING)
    begun = waiting.update(status=_Status.WORKING, attempts=F("attempts") + 1, started_at=at, message="")
    task.refresh_from_db()
    return bool(begun)


def finish_task(task: MatchingTask, counts: MatchingCounts) -> None:
    working = MatchingTask.objects.working().filter(pk=task.pk)
    working.update(status=_Status.DONE, counts=counts.to_json(), finished_at=timezone.now())


def fail_task(task: MatchingTask, message: str) -> None:
    """It is tried again after a pause, and has failed for good after the last one."""
    working, now = MatchingTask.objects.working().filter(pk=task.pk), timezone.now()
    if task.attempts <= len(PAUSES):
        working.update(status=_Status.WAITING, due_at=now + PAUSES[task.attempts - 1], message=message)
    else:
        working.update(status=_Status.FAILED, finished_at=now, message=message)


def try_matching_again(task: MatchingTask) -> bool:
    """What has failed for good waits again, with all its attempts."""
    failed = MatchingTask.objects.filter(pk=task.pk, status=_Status.FAILED)
    return bool(failed.update(status=_Status.WAITING, attempts=0, due_at=timezone.now(), finished_at=None))
