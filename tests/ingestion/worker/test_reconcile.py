"""What a dead worker or a lost queue left behind."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from ingestion.models import IngestionRun
from ingestion.runs import queue
from ingestion.runs.supplier_lock import work_on
from ingestion.worker.reconcile import reconcile_runs
from tests.ingestion.price_lists import queued

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("test_parsers", "valkey")]

Status = IngestionRun.Status


@pytest.fixture
def later():
    return timezone.now() + timedelta(minutes=1)


def running(**facts) -> IngestionRun:
    run = queued([{"sku": "A", "price": "1"}])
    IngestionRun.objects.filter(pk=run.pk).update(status=Status.RUNNING, heartbeat_at=run.created_at, **facts)
    return run


def test_run_of_a_dead_worker_is_sent_again(later):
    run = running()
    assert reconcile_runs(at=later).dead_workers == 1
    run.refresh_from_db()
    assert (run.status, run.retry_count) == (Status.QUEUED, 1)
    assert queue.waiting_tasks() == {run.task_id}
    assert reconcile_runs(at=later) == (0, 0)


def test_list_that_kills_its_workers_fails_for_good(later):
    run = running(retry_count=3)
    reconcile_runs(at=later)
    run.refresh_from_db()
    assert run.status == Status.FAILURE
    assert queue.waiting_tasks() == set()


def test_run_at_work_is_left_alone(later):
    run = running()
    with work_on(run.supplier_id or 0):
        assert reconcile_runs(at=later) == (0, 0)


def test_young_message_is_left_alone():
    queued([{"sku": "A", "price": "1"}])
    assert reconcile_runs() == (0, 0)


def test_lost_message_is_sent_again(later):
    run = queued([{"sku": "A", "price": "1"}])
    assert reconcile_runs(at=later).lost_messages == 1
    assert queue.waiting_tasks() == {run.task_id}
    assert reconcile_runs(at=later).lost_messages == 0


def test_run_whose_parser_is_gone_does_not_keep_the_others_from_their_messages(later):
    broken, run = queued([{"sku": "A", "price": "1"}]), queued([{"sku": "B", "price": "1"}])
    IngestionRun.objects.filter(pk=broken.pk).update(parser_type="gone")
    reconcile_runs(at=later)
    assert queue.waiting_tasks() == {run.task_id}


def test_run_that_waits_for_its_supplier_is_not_lost(later):
    run = queued([{"sku": "A", "price": "1"}])
    with work_on(run.supplier_id or 0):
        assert reconcile_runs(at=later).lost_messages == 0


def test_command(capsys):
    call_command("reconcile")
    assert "0 runs of dead workers and 0 lost messages" in capsys.readouterr().out
