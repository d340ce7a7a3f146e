"""Messages, workers and dead letters, against a real Valkey."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from rq.job import Job

from catalog.models import SupplierItem
from ingestion.errors import ConfigurationError, NetworkError
from ingestion.models import IngestionRun, ParsingLog
from ingestion.runs import life_cycle, queue
from ingestion.runs.creation import create_run
from ingestion.runs.life_cycle import RunMoved, mark_cancelled
from ingestion.runs.supplier_lock import work_on
from ingestion.worker import jobs
from ingestion.worker.reconcile import send_due
from tests.factories import SourceFactory, UserFactory
from tests.ingestion.price_lists import RemoteParser, queued
from tests.ingestion.serving import work

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("test_parsers", "valkey")]

Status = IngestionRun.Status
ROWS = [{"sku": "A", "price": "1"}]


def work_and_retry() -> None:
    """The same, with the retries that a caretaker would ring for after their pauses."""
    work()
    while IngestionRun.objects.filter(status=Status.QUEUED).update(due_at=timezone.now()):
        assert send_due(since=timezone.now() - timedelta(minutes=1), at=timezone.now())
        work()


def remote_run(**options) -> IngestionRun:
    source = SourceFactory(kind="google_sheet", sheet_url="https://sheets.example/1", parser_type="test_remote")
    return create_run(source=source, **options)


def test_message_is_json_with_ids_only():
    run = queued(ROWS)
    queue.enqueue(run)
    waiting = queue.queue_of("normal")
    job = Job.fetch(run.task_id, connection=waiting.connection, serializer=waiting.serializer)
    (message,) = job.args
    assert message["task_id"] == run.task_id
    assert set(message) == {
        "task_id", "parser_type", "supplier_name", "source_config", "retry_count", "max_retries", "enqueued_at",
        "expires_at", "priority",
    }  # fmt: skip
    assert queue.depth() == {"high": 0, "normal": 1, "low": 0}


def test_message_goes_out_after_the_commit():
    with transaction.atomic():
        queue.enqueue(queued(ROWS))
        assert queue.depth()["normal"] == 0
    assert queue.depth()["normal"] == 1


def test_nothing_goes_out_when_the_transaction_fails():
    with transaction.atomic():
        queue.enqueue(queued(ROWS))
        transaction.set_rollback(True)
    assert queue.depth()["normal"] == 0


def test_worker_takes_a_list_in():
    run = queued(ROWS)
    queue.enqueue(run)
    work()
    run.refresh_from_db()
    assert run.status == Status.SUCCESS
    assert SupplierItem.objects.count() == 1
    assert queue.dead_letters() == []


def test_higher_priority_goes_first():
    low, high = queued(ROWS, priority="low"), queued(ROWS, priority="high")
    queue.enqueue(low)
    queue.enqueue(high)
    work()
    low.refresh_from_db()
    high.refresh_from_db()
    assert high.started_at < low.started_at


def test_what_heals_is_retried():
    RemoteParser.answers = [NetworkError("away"), {"rows": ROWS}]
    run = remote_run()
    queue.enqueue(run)
    work_and_retry()
    run.refresh_from_db()
    assert (run.status, run.retry_count) == (Status.SUCCESS, 1)


def test_what_does_not_heal_in_time_is_a_dead_letter_that_can_be_sent_again():
    run = remote_run()
    queue.enqueue(run)
    work_and_retry()
    run.refresh_from_db()
    assert (run.status, run.retry_count) == (Status.FAILURE, 3)
    (letter,) = queue.dead_letters()
    assert (letter.task_id, letter.reason, letter.run) == (run.task_id, "nobody answers", run)
    assert letter.failed_at is not None

    RemoteParser.answers = [{"rows": ROWS}]
    queue.requeue(run)
    assert queue.dead_letters() == []
    work()
    run.refresh_from_db()
    assert (run.status, run.retry_count) == (Status.SUCCESS, 0)


def test_what_cannot_heal_fails_at_once():
    RemoteParser.answers = [ConfigurationError("There is no such tab.")]
    run = remote_run()
    queue.enqueue(run)
    work()
    run.refresh_from_db()
    assert (run.status, run.retry_count, run.message) == (Status.FAILURE, 0, "There is no such tab.")
    assert queue.dead_letters()[0].reason == "There is no such tab."
    assert queue.waiting_tasks() == set()


def test_list_without_a_good_row_is_a_dead_letter_with_its_logs():
    run = queued([{"error": "No price in column C"}])
    queue.enqueue(run)
    work()
    assert ParsingLog.objects.filter(run=run).count() == 1
    assert "No row of the list" in queue.dead_letters()[0].reason
    assert queue.waiting_tasks() == set()


def test_message_without_a_run_is_refused(caplog):
    run = queued(ROWS)
    queue.enqueue(run)
    run.delete()
    work()
    assert queue.dead_letters() == []
    assert f"there is no run of the task {run.task_id}" in caplog.text
    assert run.task_id in queue.queue_of("normal").failed_job_registry.get_job_ids()


def test_pauses_between_attempts():
    run = remote_run()
    pauses = []
    for _attempt in range(3):
        life_cycle.start(run, at=timezone.now())
        at = timezone.now()
        life_cycle.put_back(run, NetworkError("away"), at=at)
        pauses.append((run.due_at - at).total_seconds())
    life_cycle.start(run, at=timezone.now())
    assert pauses == [1, 5, 25]


def test_run_is_not_started_before_its_time():
    run = remote_run()
    queue.enqueue(run)
    work()
    queue.enqueue(run, again=True)
    work()
    run.refresh_from_db()
    assert (run.status, run.retry_count) == (Status.QUEUED, 1)


def test_busy_supplier_is_woken_by_the_end_of_the_other_run():
    source = SourceFactory()
    run = queued(ROWS, source)
    queue.enqueue(run)
    with work_on(source.supplier_id):
        work()
    run.refresh_from_db()
    assert run.status == Status.QUEUED
    assert queue.waiting_tasks() == set()

    queue.enqueue(queued([{"sku": "B", "price": "1"}], source))
    work()
    run.refresh_from_db()
    assert run.status == Status.SUCCESS


def test_failed_run_wakes_the_next_one_too():
    source = SourceFactory()
    waiting = queued(ROWS, source)
    queue.enqueue(queued([], source, refuse="no"))
    work()
    waiting.refresh_from_db()
    assert waiting.status == Status.SUCCESS


def test_message_that_comes_twice_does_no_harm():
    run = queued(ROWS)
    queue.enqueue(run)
    queue.enqueue(run, again=True)
    work()
    run.refresh_from_db()
    assert run.status == Status.SUCCESS
    assert IngestionRun.objects.count() == 1


def test_cancelled_run_does_not_start():
    user = UserFactory(username="ann")
    run = queued(ROWS)
    queue.enqueue(run)
    queue.cancel(run, by=user)
    assert queue.depth()["normal"] == 0
    work()
    run.refresh_from_db()
    assert (run.status, run.message) == (Status.CANCELLED, "Cancelled by ann.")
    with pytest.raises(RunMoved):
        queue.cancel(run)
    queue.requeue(run)
    work()
    run.refresh_from_db()
    assert run.status == Status.SUCCESS


def test_finished_run_cannot_be_sent_again():
    run = queued(ROWS)
    queue.enqueue(run)
    work()
    with pytest.raises(RunMoved):
        queue.requeue(run)


def test_message_that_waited_too_long_fails(settings):
    settings.INGESTION_EXPIRES_HOURS = -1
    run = queued(ROWS)
    queue.enqueue(run)
    work()
    run.refresh_from_db()
    assert run.status == Status.FAILURE
    assert "too long" in run.message
    assert len(queue.dead_letters()) == 1


def test_message_against_the_contract_is_refused():
    run = queued(ROWS)
    message = {"task_id": run.task_id, "enqueued_at": timezone.now().isoformat()}
    with pytest.raises(jobs.MessageRefused):
        jobs.ingest(message)
    run.refresh_from_db()
    assert run.status == Status.QUEUED


def test_cancel_does_not_mind_a_message_that_is_gone():
    run = queued(ROWS)
    mark_cancelled(run)
    queue.withdraw(run.task_id)
    assert life_cycle.forget_dead_letter(run.task_id) == 0
