"""The only module that knows RQ. Jobs carry a contract-checked JSON message; the database decides what happens.

Redis is the bell, nothing else: what it loses is sent again by the reconciler (`ingestion.worker.reconcile`), and a
superfluous message does no harm: it finds its run finished, or the supplier busy, and leaves quietly. So a bell that
cannot be rung is written to the log, and is no error to anybody.

A job is named after its task: `TASK` the first time, `TASK--SUFFIX` when the task is sent again.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache, partial
from typing import Any, NamedTuple

import django_rq
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, Worker

from ingestion.contracts import ContractViolation
from ingestion.errors import ConfigurationError
from ingestion.models import IngestionRun
from ingestion.runs import life_cycle, order
from ingestion.runs.messages import write_queue_message

INGEST = "ingestion.worker.jobs.ingest"
PREPARE = "ingestion.worker.jobs.prepare_view"
PREVIEWS = "previews"  # a queue of its own, served first: somebody waits in front of the screen
QUEUES = {"high": "high", "normal": "default", "low": "low"}  # by priority; workers serve them in this order
SEPARATOR = "--"
KEEP_RESULTS = int(timedelta(days=1).total_seconds())
KEEP_REFUSED = int(timedelta(days=30).total_seconds())

logger = logging.getLogger(__name__)


class DeadLetter(NamedTuple):
    """A task that failed for good: why, when, and its run."""

    task_id: str
    failed_at: datetime | None
    reason: str
    run: IngestionRun


class QueueState(NamedTuple):
    """What monitors ask for: messages that wait, by priority, and workers alive."""

    waiting: dict[str, int]
    workers: int


def enqueue(run: IngestionRun, *, again: bool = False) -> None:
    """Sends the run's message when the transaction around commits."""
    now = timezone.now()
    message = write_queue_message(
        run, enqueued_at=now, expires_at=now + timedelta(hours=settings.INGESTION_EXPIRES_HOURS)
    )
    job_id = run.task_id + (SEPARATOR + uuid.uuid4().hex[:8] if again else "")
    ring = partial(
        send, INGEST, message, job_id=job_id, queue=queue_of(run.priority), about=f"{run.supplier_name} #{run.pk}"
    )
    transaction.on_commit(ring)


def send(function: str, message: Mapping[str, Any], *, job_id: str, queue: Queue, about: str = "") -> bool:
    """Rings the bell for one of the functions that workers run (`worker.jobs.FUNCTIONS`); says whether it rang."""
    try:
        queue.enqueue(
            function, message, job_id=job_id, result_ttl=KEEP_RESULTS, failure_ttl=KEEP_REFUSED, description=about
        )
    except (RedisError, OSError) as error:
        logger.warning("The queue's server does not take the message %s: %s", job_id, error)
        return False
    return True


def ring_for(supplier_id: int) -> None:
    """Rings for the next run of a supplier, if one is due."""
    run = order.next_due(supplier_id, at=timezone.now())
    if run is not None:
        ring_again(run)


def ring_again(run: IngestionRun) -> None:
    """Sends the message of a queued run once more. One run that none can be written for does not keep the others."""
    try:
        enqueue(run, again=True)
    except (ConfigurationError, ContractViolation) as problem:
        logger.warning("Run %s gets no message; an idle worker will start it and say why it fails: %s", run.pk, problem)


def send_view(view_id: int) -> None:
    """Asks for a prepared view. That the queue cannot be reached is no error: whoever looks at the view rings again."""
    job_id = f"view-{view_id}"
    try:
        if job_id in previews().get_job_ids():
            return
    except (RedisError, OSError):
        pass  # the next line says so
    send(PREPARE, {"view": view_id}, job_id=job_id, queue=previews())


class Preparers(StrEnum):
    """Whether somebody prepares views."""

    ALIVE = "alive"
    NONE = "none"
    UNKNOWN = "unknown"  # the queue's server does not answer


def preparers() -> Preparers:
    try:
        return Preparers.ALIVE if Worker.all(queue=previews()) else Preparers.NONE
    except (RedisError, OSError):
        return Preparers.UNKNOWN


def requeue(run: IngestionRun) -> None:
    """Sends a failed or cancelled task again, with all its retries. Raises RunMoved where the run is neither."""
    with transaction.atomic():
        life_cycle.revive(run)
        enqueue(run, again=True)


def cancel(run: IngestionRun, *, by: User | None = None) -> None:
    """A queued run does not start, a running one stops within about a second. Raises RunMoved where it has ended."""
    life_cycle.mark_cancelled(run, by=by)
    transaction.on_commit(partial(withdraw, run.task_id))


def withdraw(task_id: str) -> None:
    """Takes the messages of a task back. One that stays does no harm: its run is not queued any more."""
    try:
        for queue in queues():
            for job_id in queue.get_job_ids():
                if task_of(job_id) == task_id:
                    queue.remove(job_id)
    except (RedisError, OSError) as error:
        logger.warning("The queue's server does not take the message %s back: %s", task_id, error)


def dead_letters() -> list[DeadLetter]:
    """What has failed for good, newest first."""
    failed = IngestionRun.objects.dead_letters().order_by("-finished_at", "-id")
    return [DeadLetter(run.task_id, run.finished_at, run.message, run) for run in failed]


def count_dead_letters() -> dict[str, int]:
    """By priority."""
    failed = IngestionRun.objects.dead_letters().order_by().values_list("priority").annotate(Count("id"))
    return {**dict.fromkeys(QUEUES, 0), **dict(failed)}


def depth() -> dict[str, int]:
    """How many messages wait, by priority."""
    return {priority: queue_of(priority).count for priority in QUEUES}


def state() -> QueueState | None:
    """None where the queue's server does not answer."""
    try:
        return QueueState(depth(), len(Worker.all(connection=redis())))
    except (RedisError, OSError):
        return None


def waiting_tasks() -> set[str] | None:
    """The tasks whose messages wait for a worker; None where the queue's server does not answer."""
    try:
        return {task_of(job_id) for queue in queues() for job_id in queue.get_job_ids()}
    except (RedisError, OSError):
        return None


def queue_of(priority: str) -> Queue:
    return django_rq.get_queue(QUEUES[priority], commit_mode="auto", connection=redis())


def redis(queue: str = "default") -> Redis:
    return connected(queue, settings.RQ_QUEUES[queue]["URL"])


@cache
def connected(queue: str, _url: str) -> Redis:
    """One pool of connections for each process; it knows by itself when it was taken over a fork."""
    connection: Redis = django_rq.get_connection(queue)
    return connection


def previews() -> Queue:
    return django_rq.get_queue(PREVIEWS, commit_mode="auto", connection=redis(PREVIEWS))


def queues() -> list[Queue]:
    return [queue_of(priority) for priority in QUEUES]


def task_of(job_id: str) -> str:
    return job_id.partition(SEPARATOR)[0]
