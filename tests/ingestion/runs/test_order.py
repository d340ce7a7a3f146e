"""Lists of a source take force in the order of their receipt, whatever is retried."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from catalog.models import PriceHistory
from ingestion.actions.dry_runs import apply_dry_run
from ingestion.actions.starts import run_again, take_in_all_the_same
from ingestion.actions.undo import undo
from ingestion.actions.uploads import receive_upload
from ingestion.errors import ConfigurationError, NetworkError, ParserError
from ingestion.models import IngestionRun
from ingestion.pipeline.attempt import run_ingestion
from ingestion.runs import life_cycle, order, queue
from ingestion.runs.creation import create_run
from ingestion.runs.life_cycle import RunMoved
from ingestion.runs.results import write_task_result
from tests.factories import SourceFactory, UserFactory
from tests.ingestion.price_lists import RemoteParser
from tests.ingestion.runs.weeks import price, sent, statuses, week
from tests.ingestion.serving import work

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("test_parsers", "valkey")]

Status = IngestionRun.Status


def test_retry_of_an_older_list_goes_before_a_newer_one(source):
    older, newer = sent("1", source), sent("2", source)
    life_cycle.start(older, at=timezone.now())  # and its worker dies
    work()
    assert statuses(older, newer) == [Status.SUCCESS, Status.SUCCESS]
    assert older.finished_at < newer.started_at
    assert price() == "2"


def test_newer_list_waits_while_an_older_one_pauses_after_an_error(source):
    older, newer = sent("1", source), sent("2", source)
    life_cycle.start(older, at=timezone.now())
    life_cycle.put_back(older, NetworkError("away"), at=timezone.now(), pause=60)
    work()
    assert statuses(older, newer) == [Status.QUEUED, Status.QUEUED]
    with pytest.raises(RunMoved):
        run_ingestion(newer)
    assert order.blocked_by(newer) == older

    IngestionRun.objects.filter(pk=older.pk).update(due_at=timezone.now())
    queue.enqueue(newer, again=True)
    work()
    assert statuses(older, newer) == [Status.SUCCESS, Status.SUCCESS]
    assert price() == "2"


def test_what_has_failed_for_good_holds_nobody_up_and_is_overtaken_when_sent_again(source):
    older, newer = week("1", source), sent("2", source)
    life_cycle.fail(older, ParserError("broken"), at=timezone.now())
    work()
    queue.requeue(older)
    work()
    assert statuses(older, newer) == [Status.OVERTAKEN, Status.SUCCESS]
    assert (older.overtaken_by, price(), PriceHistory.objects.count()) == (newer, "2", 1)
    assert f"by run #{newer.pk}" in older.message
    assert write_task_result(older)["status"] == "failure"
    assert queue.dead_letters() == []


def test_cancelled_and_revived(source):
    older = week("1", source)
    queue.cancel(older)
    sent("2", source)
    work()
    queue.requeue(older)
    work()
    assert statuses(older) == [Status.OVERTAKEN]


def test_list_that_waits_for_a_person_is_closed_by_a_newer_one_that_is_stored(source):
    older, dry = week("1", source), week("1", source, dry_run=True)
    IngestionRun.objects.filter(pk__in=[older.pk, dry.pk]).update(status=Status.WAITING, waits_for="quality")
    newer = sent("2", source)
    work()
    assert statuses(older, dry, newer) == [Status.OVERTAKEN, Status.WAITING, Status.SUCCESS]
    assert (older.overtaken_by, older.waits_for, older.finished_at) == (newer, "", newer.finished_at)


def test_list_of_another_source_closes_nothing(source):
    older = week("1", source)
    IngestionRun.objects.filter(pk=older.pk).update(status=Status.WAITING)
    sent("2", SourceFactory(supplier=source.supplier))
    work()
    assert statuses(older) == [Status.WAITING]


def test_answer_that_comes_late(source):
    older = week("1", source)
    IngestionRun.objects.filter(pk=older.pk).update(status=Status.WAITING)
    older.refresh_from_db()
    life_cycle.resume(older)
    newer = week("2", source)
    IngestionRun.objects.filter(pk=older.pk).update(status=Status.WAITING)
    run_ingestion(newer)
    with pytest.raises(RunMoved):
        life_cycle.resume(older)
    assert price() == "2"


def test_known_content_counts_as_stored(source):
    run_ingestion(week("1", source))
    failed = week("2", source)
    life_cycle.fail(failed, ParserError("broken"), at=timezone.now())
    run_ingestion(week("1", source))
    queue.requeue(failed)
    work()
    assert statuses(failed) == [Status.OVERTAKEN]
    assert price() == "1"


def test_newer_list_that_was_undone_does_not_count(source):
    older = week("1", source)
    queue.cancel(older)
    newer = week("2", source)
    run_ingestion(newer)
    undo(newer, by=None)
    queue.requeue(older)
    work()
    assert statuses(older) == [Status.SUCCESS]
    assert price() == "1"


def test_older_list_is_run_again_by_force_only_and_on_record(source):
    ann = UserFactory(username="ann")
    older, newer = week("1", source), week("2", source)
    run_ingestion(older)
    run_ingestion(newer)
    for force in (False, True):
        with pytest.raises(ConfigurationError, match=f"run #{newer.pk}"):
            run_again(older, by=ann, force=force)
    assert run_again(older, by=ann, dry_run=True).dry_run
    work()

    forced = take_in_all_the_same(older, by=ann)
    work()
    assert statuses(forced) == [Status.SUCCESS]
    assert (price(), forced.started_by, forced.despite_newer) == ("1", ann, True)
    assert forced.comment == f"Taken in by ann despite the newer list of run #{newer.pk}."
    with pytest.raises(ConfigurationError, match="stands in the way"):
        take_in_all_the_same(newer, by=ann)


def test_dry_run_of_an_older_list_is_not_applied_over_a_newer_one(source):
    dry = week("1", source, dry_run=True)
    run_ingestion(dry)
    run_ingestion(week("2", source))
    computed_again = apply_dry_run(IngestionRun.objects.get(pk=dry.pk), by=None).run
    run_ingestion(computed_again)
    assert computed_again.dry_run
    with pytest.raises(ConfigurationError, match="newer list"):
        apply_dry_run(computed_again, by=None)


def test_urgent_list_does_not_pass_an_earlier_one_of_its_source(source):
    older, urgent = sent("1", source), sent("2", source, priority="high")
    work()
    assert statuses(older, urgent) == [Status.SUCCESS, Status.SUCCESS]
    assert price() == "2"


def test_sheets_are_in_the_order_of_their_fetching():
    sheet = SourceFactory(kind="google_sheet", sheet_url="https://sheets.example/1", parser_type="test_remote")
    first = create_run(source=sheet)
    queue.enqueue(first)
    RemoteParser.answers = [NetworkError("away"), {"rows": [{"sku": "A", "price": "1"}]}]
    work()
    second = create_run(source=sheet, force=True)
    queue.enqueue(second)
    work()
    assert statuses(first, second) == [Status.QUEUED, Status.QUEUED]
    RemoteParser.answers.append({"rows": [{"sku": "A", "price": "1.1"}]})
    IngestionRun.objects.update(due_at=timezone.now())
    queue.enqueue(second, again=True)
    work()
    assert statuses(first, second) == [Status.SUCCESS, Status.SUCCESS]
    assert first.price_list_id < second.price_list_id


def test_list_that_waited_too_long_in_the_queue_is_not_started(source):
    run = sent("1", source)
    IngestionRun.objects.filter(pk=run.pk).update(due_at=timezone.now() - timedelta(days=4))
    work()
    assert statuses(run) == [Status.FAILURE]
    assert "too long" in queue.dead_letters()[0].reason


@pytest.fixture
def without_redis(valkey, settings, monkeypatch):
    for one in settings.RQ_QUEUES.values():
        monkeypatch.setitem(one, "URL", "redis://127.0.0.1:1/0")


@pytest.mark.usefixtures("without_redis")
def test_upload_is_received_although_the_bell_cannot_be_rung(caplog):
    run = receive_upload(file=SimpleUploadedFile("week.csv", b"code;name;price\nA;Bolt;1\n"), source=SourceFactory())
    assert statuses(run) == [Status.QUEUED]
    assert "does not take the message" in caplog.text
    queue.cancel(run)
    queue.requeue(run)
    assert queue.state() is None
    assert statuses(run) == [Status.QUEUED]


def test_server_that_refuses_writes_is_no_error_to_the_person(source):
    redis = queue.redis()
    redis.config_set("maxmemory", 1)
    try:
        run = week("1", source)
        queue.enqueue(run)
        queue.cancel(run)
    finally:
        redis.config_set("maxmemory", 0)
    assert statuses(run) == [Status.CANCELLED]
