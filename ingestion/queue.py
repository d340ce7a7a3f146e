"""The only module that knows RQ. Jobs carry a contract-checked JSON message; the database decides what happens.

A job is named after its task: `TASK` the first time, `TASK--SUFFIX` when the task is sent again. A superfluous job does
no harm: it finds its run finished, or the supplier busy, and leaves quietly.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

import django_rq
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from redis.exceptions import RedisError
from rq import Queue, Retry, Worker
from rq.exceptions import NoSuchJobError
from rq.job import Job, get_current_job
from rq.registry import FailedJobRegistry
from rq.results import Result

from ingestion import runs
from ingestion.contracts.queue_message import write_queue_message
from ingestion.models import IngestionRun

INGEST = "ingestion.jobs.ingest"
RECONCILE = "ingestion.jobs.reconcile"
PREPARE = "ingestion.jobs.prepare_view"
PREVIEWS = "previews"  # a queue of its own, served first: somebody waits in front of the screen
QUEUES = {"high": "high", "normal": "default", "low": "low"}  # by priority; workers serve them in this order
SEPARATOR = "--"
KEEP_RESULTS = int(timedelta(days=1).total_seconds())
KEEP_DEAD_LETTERS = int(timedelta(days=365).total_seconds())
RECONCILE_EVERY = timedelta(minutes=1)

logger = logging.getLogger(__name__)


class DeadLetter(NamedTuple):
    """A task that failed for good: why, when, and its run where it still exists."""

    job_id: str
    task_id: str
    failed_at: datetime | None
    reason: str
    run: IngestionRun | None


class State(NamedTuple):
    """What monitors ask for: messages that wait, dead letters (both by priority), and workers alive."""

    waiting: dict[str, int]
    failed: dict[str, int]
    workers: int


def enqueue(run: IngestionRun, *, again: bool = False) -> None:
    """Sends the run's message when the transaction around commits."""
    job_id = run.task_id + (SEPARATOR + uuid.uuid4().hex[:8] if again else "")
    transaction.on_commit(lambda: send(run, job_id))


def send(run: IngestionRun, job_id: str) -> None:
    now = timezone.now()
    message = write_queue_message(
        run, enqueued_at=now, expires_at=now + timedelta(hours=settings.INGESTION_EXPIRES_HOURS)
    )
    queue_of(run.priority).enqueue(
        INGEST,
        message,
        job_id=job_id,
        retry=Retry(max=run.max_retries, interval=list(runs.RETRY_SECONDS)),
        result_ttl=KEEP_RESULTS,
        failure_ttl=KEEP_DEAD_LETTERS,
        description=f"{run.supplier_name} #{run.pk}",
        meta={"run": run.pk},
    )


def send_view(view_id: int) -> None:
    """Asks for a prepared view. That the queue cannot be reached is no error: whoever looks at the view rings again."""
    queue, job_id = previews(), f"view-{view_id}"
    try:
        if job_id not in queue.get_job_ids():
            queue.enqueue(PREPARE, view_id, job_id=job_id, result_ttl=0, failure_ttl=KEEP_RESULTS)
    except RedisError:
        logger.warning("The queue cannot be reached: prepared view %d waits until somebody looks at it", view_id)


class Preparers(StrEnum):
    """Whether somebody prepares views."""

    ALIVE = "alive"
    NONE = "none"
    UNKNOWN = "unknown"  # the queue's server does not answer


def preparers() -> Preparers:
    try:
        return Preparers.ALIVE if Worker.count(queue=previews()) else Preparers.NONE
    except RedisError:
        return Preparers.UNKNOWN


def requeue(run: IngestionRun) -> None:
    """Sends a failed or cancelled task again, with all its retries. Raises RunMoved where the run is neither."""
    with transaction.atomic():
        runs.revive(run)
        enqueue(run, again=True)
    forget_dead_letters(run.task_id)


def cancel(run: IngestionRun, *, by: User | None = None) -> None:
    """A queued run does not start, a running one stops within about a second. Raises RunMoved where it has ended."""
    runs.cancel(run, by=by)
    for queue in queues():
        for job_id in (job_id for job_id in waiting_ids(queue) if task_of(job_id) == run.task_id):
            delete(job_id, queue)


def give_up() -> None:
    """Called by a job whose error cannot heal: the next exception puts it among the dead letters at once."""
    job = get_current_job()
    if job is not None:
        job.retries_left = 0


def wake_next(after: IngestionRun) -> None:
    """Sends the supplier's next waiting run again: its own message may have come while the supplier was busy."""
    run = runs.next_after(after)
    if run is not None:
        enqueue(run, again=True)


def dead_letters() -> list[DeadLetter]:
    """What has failed for good, newest first."""
    failed = [(job, failed_at) for queue in queues() for job, failed_at in failed_jobs(queue)]
    known = {
        run.task_id: run for run in IngestionRun.objects.filter(task_id__in=[task_of(job.id) for job, _ in failed])
    }
    letters = [
        DeadLetter(
            job.id, task_of(job.id), failed_at, reason_of(job, known.get(task_of(job.id))), known.get(task_of(job.id))
        )
        for job, failed_at in failed
    ]
    return sorted(letters, key=lambda letter: (letter.failed_at is not None, letter.failed_at), reverse=True)


def forget_dead_letters(task_id: str) -> int:
    """Deletes the dead letters of a task; says how many there were."""
    found = [
        (job_id, queue)
        for queue in queues()
        for job_id in failed_registry(queue).get_job_ids()
        if task_of(job_id) == task_id
    ]
    for job_id, queue in found:
        delete(job_id, queue)
    return len(found)


def depth() -> dict[str, int]:
    """How many messages wait, by priority."""
    return {priority: queue_of(priority).count for priority in QUEUES}


def state() -> State | None:
    """None where the queue's server does not answer."""
    try:
        failed = {priority: failed_registry(queue_of(priority)).count for priority in QUEUES}
        return State(depth(), failed, Worker.count(connection=queue_of("normal").connection))
    except RedisError:
        return None


def live_tasks() -> set[str]:
    """The tasks that a worker has or will get: waiting, scheduled for a retry, or started."""
    return {
        task_of(job_id)
        for queue in queues()
        for job_id in (*waiting_ids(queue), *queue.started_job_registry.get_job_ids())
    }


def schedule_reconcile() -> None:
    """The next round of repairs; one job at most waits for it, however many workers ask."""
    queue = queue_of("high")
    job_id = f"reconcile-{int((timezone.now() + RECONCILE_EVERY).timestamp() // RECONCILE_EVERY.total_seconds())}"
    if not Job.exists(job_id, connection=queue.connection):
        queue.enqueue_in(RECONCILE_EVERY, RECONCILE, job_id=job_id, result_ttl=0)


def queue_of(priority: str) -> Queue:
    return django_rq.get_queue(QUEUES[priority], commit_mode="auto")


def previews() -> Queue:
    return django_rq.get_queue(PREVIEWS, commit_mode="auto")


def queues() -> list[Queue]:
    return [queue_of(priority) for priority in QUEUES]


def task_of(job_id: str) -> str:
    return job_id.partition(SEPARATOR)[0]


def waiting_ids(queue: Queue) -> list[str]:
    return [*queue.get_job_ids(), *queue.scheduled_job_registry.get_job_ids()]


def failed_registry(queue: Queue) -> FailedJobRegistry:
    return FailedJobRegistry(queue=queue)


def failed_jobs(queue: Queue) -> Iterator[tuple[Job, datetime | None]]:
    """Without the jobs that a person stopped, which RQ keeps in the same place."""
    for job_id in failed_registry(queue).get_job_ids():
        try:
            job = Job.fetch(job_id, connection=queue.connection, serializer=queue.serializer)
        except NoSuchJobError:
            continue
        if job.func_name == INGEST and job.is_failed:
            yield job, job.ended_at


def reason_of(job: Job, run: IngestionRun | None) -> str:
    """The run's own message, else the last line of what the worker saw."""
    if run is not None and run.message:
        return run.message
    result = job.latest_result()
    trace = result.exc_string if result and result.type == Result.Type.FAILED else ""
    return (trace or "").strip().rpartition("\n")[2]


def delete(job_id: str, queue: Queue) -> None:
    try:
        Job.fetch(job_id, connection=queue.connection, serializer=queue.serializer).delete()
    except NoSuchJobError:
        queue.remove(job_id)
