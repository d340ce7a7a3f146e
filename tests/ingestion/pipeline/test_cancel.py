"""Whoever cancels a run does not have to wait for what it does: a reader that never ends, or a statement."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from catalog.models import SupplierItem
from ingestion.models import IngestionRun
from ingestion.pipeline.attempt import run_ingestion
from ingestion.pipeline.statements import interruptible
from ingestion.reader.sandbox import IS_LINUX
from ingestion.runs.life_cycle import RunMoved, mark_cancelled
from tests.ingestion.pipeline.replaced import instead_of
from tests.ingestion.price_lists import queued

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("test_parsers")]

Status = IngestionRun.Status
FOREVER = 600  # seconds; a test of this project ends after 300


def children() -> list[int]:
    return [int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]


def cancel_when_it_runs(run: IngestionRun) -> threading.Thread:
    """As a person does it, from another process."""

    def watch() -> None:
        while not IngestionRun.objects.filter(pk=run.pk, status=Status.RUNNING).exists():
            time.sleep(0.02)
        mark_cancelled(IngestionRun.objects.get(pk=run.pk))
        connection.close()

    thread = threading.Thread(target=watch)
    thread.start()
    return thread


@pytest.mark.skipif(not IS_LINUX, reason="looks at /proc")
@pytest.mark.parametrize("how", ["burn", "sleep"])
def test_a_list_that_is_never_read_to_its_end(how):
    before = children()
    run = queued([{"sku": "A1", "price": "1"}, {how: FOREVER}])
    person = cancel_when_it_runs(run)
    run_ingestion(run)
    person.join()
    assert run.status == Status.CANCELLED
    assert children() == before
    assert not SupplierItem.objects.exists()


def test_a_statement_that_never_ends(monkeypatch):
    def wait(*args, **options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(%s)", [FOREVER])

    run = queued([{"sku": "A1", "price": "1"}])
    instead_of(monkeypatch, "keep_changes", wait)
    person = cancel_when_it_runs(run)
    run_ingestion(run)
    person.join()
    assert run.status == Status.CANCELLED
    assert not SupplierItem.objects.exists()


def test_a_statement_that_fails_by_itself_is_no_cancelling():
    with pytest.raises(OperationalError, match="timeout"), interruptible(lambda: None), connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '10ms'; SELECT pg_sleep(10)")


def test_what_the_look_finds_is_raised_also_where_no_statement_was_stopped():
    def look():
        found.set()
        raise RunMoved("gone")

    found = threading.Event()
    connection.ensure_connection()
    with pytest.raises(RunMoved), interruptible(look):
        found.wait()
