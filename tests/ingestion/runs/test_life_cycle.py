"""Which moves a run may make."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from django.utils import timezone

from ingestion.errors import NeedsPerson, NetworkError, ParserError
from ingestion.models import IngestionRun, ParsingLog
from ingestion.models.facts import (
    ChangeSummary,
    DriftedColumn,
    DriftReport,
    ErrorCount,
    RunCounts,
    RunOutcome,
    Understanding,
)
from ingestion.runs import life_cycle
from ingestion.runs.life_cycle import RunMoved
from ingestion.runs.requests import request_key
from tests.factories import PriceListFactory, RunFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("test_parsers")]

Status = IngestionRun.Status


class TestMoves:
    def test_put_back_counts(self, at):
        run = RunFactory(status=Status.RUNNING)
        assert life_cycle.put_back(run, NetworkError("away"), at=at)
        assert (run.status, run.retry_count, run.error_type) == (Status.QUEUED, 1, "NetworkError")

    def test_put_back_once_too_often(self, at):
        run = RunFactory(status=Status.RUNNING, retry_count=3)
        assert not life_cycle.put_back(run, NetworkError("away"), at=at)
        assert run.status == Status.FAILURE

    def test_failure_is_on_record(self, at):
        run = RunFactory(status=Status.QUEUED)
        life_cycle.fail(run, ParserError("no"), at=at)
        assert run.error_counts == {"ParserError": {"count": 1, "sample": "no"}}
        assert ParsingLog.objects.get().run == run

    @pytest.mark.parametrize("status", [Status.SUCCESS, Status.FAILURE, Status.CANCELLED])
    def test_what_has_ended_stays_ended(self, status, at):
        run = RunFactory(status=status)
        with pytest.raises(RunMoved):
            life_cycle.start(run, at=at)
        with pytest.raises(RunMoved):
            life_cycle.fail(run, ParserError("no"), at=at)
        with pytest.raises(RunMoved):
            life_cycle.finish(run, RunOutcome(Status.SUCCESS), seconds=1, at=at)
        assert not ParsingLog.objects.exists()

    def test_end_says_all_that_was_found_out(self, at):
        run = RunFactory(status=Status.RUNNING, price_list=PriceListFactory(), understanding={"mode": "stock"})
        counts = RunCounts(total_rows=3, successful_rows=2, failed_rows=1, new_items=2)
        summary = ChangeSummary({"new": 2}, new_span=(1, 2))
        errors = {"ValidationError": ErrorCount(1, "no")}
        outcome = RunOutcome(Status.PARTIAL_SUCCESS, counts, errors, Understanding("full"), summary, 7, message="done")
        life_cycle.finish(run, outcome, seconds=2, at=at)
        assert (run.status, run.message, run.revision, run.items_per_second) == ("partial_success", "done", 7, 1)
        assert {name: getattr(run, name) for name in asdict(counts)} == asdict(counts)
        assert (run.understood(), run.summed_up(), run.errors()) == (Understanding("full"), summary, errors)
        assert not run.is_dead_letter

    def test_end_of_a_list_that_was_not_read_leaves_what_was_known(self, at):
        run = RunFactory(status=Status.RUNNING, understanding={"mode": "stock"})
        life_cycle.finish(run, RunOutcome(Status.FAILURE), seconds=2, at=at)
        assert (run.understood().mode, run.summed_up(), run.revision) == ("stock", None, None)
        assert run.is_dead_letter

    def test_question_is_kept_with_what_was_seen(self, at):
        run = RunFactory(status=Status.RUNNING)
        report = DriftReport((DriftedColumn("moved", "It moved."),), {"column_mapping": {}})
        life_cycle.ask(run, NeedsPerson("Is it right?"), understanding=Understanding("full"), drift=report, at=at)
        assert (run.status, run.waits_for, run.message) == ("waiting", "mapping", "Is it right?")
        assert (run.understood().mode, run.drifted()) == ("full", report)
        assert ParsingLog.objects.get().message == "Is it right?"

    def test_question_about_no_drift(self, at):
        run = RunFactory(status=Status.RUNNING)
        life_cycle.ask(run, NeedsPerson("?"), understanding=Understanding(), drift=DriftReport(), at=at)
        assert run.drift == {}

    def test_what_an_answer_does_not_say_stays(self):
        run = RunFactory(status=Status.WAITING, source_config={"delimiter": ";"}, comment="mine")
        life_cycle.resume(run, quality_accepted=True)
        run.refresh_from_db()
        assert (run.status, run.quality_accepted, run.comment) == ("queued", True, "mine")
        assert run.source_config == {"delimiter": ";"}

    def test_answer_is_another_request(self):
        run = RunFactory(status=Status.WAITING)
        life_cycle.answer(run, {"delimiter": ","})
        assert (run.status, run.is_confirmed, run.source_config) == ("queued", True, {"delimiter": ","})
        assert run.request == request_key(run)

    def test_answer_that_comes_too_late_changes_nothing(self):
        run = RunFactory(status=Status.CANCELLED)
        with pytest.raises(RunMoved):
            life_cycle.answer(run, {"delimiter": ","})
        run.refresh_from_db()
        assert (run.is_confirmed, run.source_config) == (False, {})

    def test_cancel_without_a_name(self):
        run = RunFactory()
        life_cycle.mark_cancelled(run)
        assert (run.status, run.message) == (Status.CANCELLED, "Cancelled.")


@pytest.fixture
def at():
    return timezone.now()
