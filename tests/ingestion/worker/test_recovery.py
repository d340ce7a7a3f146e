"""Whoever is killed, others go on within seconds, without a hand: real workers, a real Valkey, a real PostgreSQL."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest
from django.db import connection

from catalog.models import SupplierItem
from ingestion.models import IngestionRun
from ingestion.runs import queue
from tests.factories import SourceFactory
from tests.ingestion.price_lists import queued
from tests.ingestion.serving import children, kill, started_workers, wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("test_parsers", "valkey"),
    pytest.mark.skipif(not Path("/proc").exists(), reason="finds the worker's processes through /proc"),
]

Status = IngestionRun.Status
LONG = [{"sku": f"A{row}", "price": "1", "characteristics": {"n": str(row)}} for row in range(40_000)]


@pytest.fixture
def workers():
    with started_workers() as start:
        yield start


def has_ended(run: IngestionRun) -> bool:
    return not IngestionRun.objects.filter(pk=run.pk, status__in=(Status.QUEUED, Status.RUNNING)).exists()


def is_at_work(run: IngestionRun) -> bool:
    return IngestionRun.objects.filter(pk=run.pk, status=Status.RUNNING).exists()


def assert_taken_in(run: IngestionRun, items: int) -> None:
    wait_until(lambda: has_ended(run))
    run.refresh_from_db()
    assert (run.status, run.new_items) == (Status.SUCCESS, items)
    assert SupplierItem.objects.filter(supplier=run.supplier).count() == items


def server_of(worker: subprocess.Popen[bytes]) -> int:
    """The process that runs lists is started first."""
    return min(children(worker.pid))


def test_server_that_is_killed_at_work_is_started_again_and_its_run_too(workers):
    (worker,) = workers()
    run = queued(LONG)
    queue.enqueue(run)
    wait_until(lambda: is_at_work(run))
    os.kill(server_of(worker), signal.SIGKILL)
    assert_taken_in(run, len(LONG))
    assert run.retry_count == 1
    assert worker.poll() is None


def test_other_worker_repairs_what_a_dead_one_left(workers):
    first, second = workers(2)
    older = queued(LONG)
    queue.enqueue(older)
    wait_until(lambda: is_at_work(older))
    newer = queued([{"sku": "A1", "price": "2"}], older.source)
    queue.enqueue(newer)
    for worker in (first, second):
        if any(is_busy(pid) for pid in children(worker.pid)):
            kill(worker)
            break
    assert_taken_in(older, len(LONG))
    wait_until(lambda: has_ended(newer))
    newer.refresh_from_db()
    assert newer.started_at > older.finished_at


def is_busy(pid: int) -> bool:
    return bool(children(pid))  # its reader


def test_emptied_queue_holds_nothing_up(workers):
    runs = [queued([{"sku": "A", "price": "1"}], SourceFactory()) for _ in range(3)]
    for run in runs:
        queue.enqueue(run)
    queue.redis().flushdb()
    workers()
    for run in runs:
        assert_taken_in(run, 1)


def test_worker_without_redis_works_nevertheless(workers):
    run = queued([{"sku": "A", "price": "1"}])
    (worker,) = workers(1, REDIS_URL="redis://127.0.0.1:1/0")
    assert_taken_in(run, 1)
    assert worker.poll() is None


def test_sessions_that_the_database_ends_are_opened_again(workers):
    (worker,) = workers()
    first = queued([{"sku": "A", "price": "1"}])
    queue.enqueue(first)
    assert_taken_in(first, 1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid()"
        )
    second = queued([{"sku": "B", "price": "1"}])
    queue.enqueue(second)
    assert_taken_in(second, 1)
    assert worker.poll() is None


def test_worker_ends_when_it_is_told_to(workers):
    (worker,) = workers()
    run = queued([{"sku": "A", "price": "1"}])
    queue.enqueue(run)
    wait_until(lambda: has_ended(run))
    worker.terminate()
    assert worker.wait(60) == 0
