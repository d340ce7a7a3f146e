"""Messages, workers and dead letters, against a real Valkey."""

from __future__ import annotations

from datetime import timedelta

import django_rq
import pytest
from django.db import transaction
from django.utils import timezone
from rq import SimpleWorker
from rq.job import Job
from rq.serializers import JSONSerializer

from catalog.models import SupplierItem
from ingestion import jobs, queue
from ingestion.errors import ConfigurationError, NetworkError
from ingestion.models import IngestionRun, ParsingLog
from ingestion.presence import work_on
from ingestion.runs import RunMoved, cancel, create_run
from tests.factories import SourceFactory, UserFactory
from tests.ingestion.lists import RemoteParser, queued

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("test_parsers", "valkey")]

Status = IngestionRun.Status
ROWS = [{"sku": "A", "price": "1"}]


def work() -> None:
    """What waits now is worked off, as a worker does it."""
    connection = django_rq.get_connection("default")
    worker = SimpleWorker(queue.queues(), connection=connection, serializer=JSONSerializer)
    worker.work(burst=True, logging_level="ERROR")


def work_and_retry() -> None:
    """The same, with the retries that the scheduler would bring in after their pauses."""
    work()
    while scheduled := [(one, job_id) for one in queue.queues() for job_id in one.scheduled_job_registry.get_job_ids()]:
        for one, job_id in scheduled:
            one.scheduled_job_registry.remove(job_id)
            job = Job.fetch(job_id, connection=one.connection, serializer=one.serializer)
            if job.func_name == queue.INGEST:
                one._enqueue_job(job)
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
    assert (job.retries_left, job.retry_intervals) == (3, [1, 5, 25])
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
    assert queue.live_tasks() == set()


def test_list_without_a_good_row_is_a_dead_letter_with_its_logs():
    run = queued([{"error": "No price in column C"}])
    queue.enqueue(run)
    work()
    assert ParsingLog.objects.filter(run=run).count() == 1
    assert "No row of the list" in queue.dead_letters()[0].reason
    assert queue.live_tasks() == set()


def test_task_without_a_run_is_a_dead_letter():
    run = queued(ROWS)
    queue.enqueue(run)
    run.delete()
    work_and_retry()
    (letter,) = queue.dead_letters()
    assert letter.run is None
    assert "DoesNotExist" in letter.reason


def test_busy_supplier_is_woken_by_the_end_of_the_other_run():
    source = SourceFactory()
    run = queued(ROWS, source)
    queue.enqueue(run)
    with work_on(source.supplier_id):
        work()
    run.refresh_from_db()
    assert run.status == Status.QUEUED
    assert queue.live_tasks() == set()

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


def test_message_against_the_contract_fails():
    run = queued(ROWS)
    now = timezone.now()
    message = {"task_id": run.task_id, "enqueued_at": now.isoformat()}
    with pytest.raises(ConfigurationError):
        jobs.ingest(message)
    run.refresh_from_db()
    assert run.status == Status.FAILURE
    assert ParsingLog.objects.get().error_type == "ConfigurationError"


def test_next_repair_waits_once():
    queue.schedule_reconcile()
    queue.schedule_reconcile()
    high = queue.queue_of("high")
    assert len(high.scheduled_job_registry) == 1
    assert high.scheduled_job_registry.get_jobs_to_schedule(timestamp=(timezone.now() + timedelta(hours=1)).timestamp())


def test_repairs_go_on():
    assert jobs.reconcile() == {"dead_workers": 0, "lost_messages": 0}
    assert len(queue.queue_of("high").scheduled_job_registry) == 1


def test_cancel_does_not_mind_a_message_that_is_gone():
    run = queued(ROWS)
    cancel(run)
    queue.delete(run.task_id, queue.queue_of("normal"))
    assert queue.forget_dead_letters(run.task_id) == 0
