"""What the names of the reads mean."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from ingestion.models import Change, HeldChange, IngestionRun, ParsingLog, PreparedView, PriceList
from ingestion.models.facts import ChangeSummary, Understanding
from ingestion.models.states import RunStatus
from tests.factories import ChangeFactory, ParsingLogFactory, PriceListFactory, RunFactory, SourceFactory

pytestmark = pytest.mark.django_db


class TestRuns:
    @pytest.mark.parametrize(
        ("read", "statuses"),
        [
            ("queued", {"queued"}),
            ("running", {"running"}),
            ("under_way", {"queued", "running"}),
            ("waiting", {"waiting"}),
            ("taken_in", {"success", "partial_success"}),
            ("open_or_taken_in", {"queued", "running", "waiting", "scheduled", "success", "partial_success"}),
            ("scheduled", {"scheduled"}),
        ],
    )
    def test_by_state(self, read, statuses):
        for status in RunStatus:
            RunFactory(status=status)
        found = getattr(IngestionRun.objects, read)()
        assert set(found.values_list("status", flat=True)) == statuses

    @pytest.mark.parametrize("status", RunStatus)
    def test_a_run_says_the_same_of_itself(self, status):
        run = RunFactory(status=status)
        assert run.is_under_way == IngestionRun.objects.under_way().contains(run)
        assert run.is_taken_in == IngestionRun.objects.taken_in().contains(run)

    def test_due_is_what_is_queued_and_has_not_to_pause(self):
        now = timezone.now()
        due = RunFactory(due_at=now)
        RunFactory(due_at=now + timedelta(seconds=1))
        RunFactory(due_at=now, status="running")
        assert list(IngestionRun.objects.due(at=now)) == [due]

    def test_waiting_for(self):
        RunFactory(status="waiting", waits_for="mapping")
        quality = RunFactory(status="waiting", waits_for="quality")
        assert list(IngestionRun.objects.waiting_for(IngestionRun.WaitsFor.QUALITY)) == [quality]

    def test_stored_leaves_dry_runs_out(self):
        RunFactory(status="success", dry_run=True)
        stored = RunFactory(status="partial_success")
        undone = RunFactory(status="success", undone_by=stored)
        by_hand = RunFactory(status="success", kind="edit")
        assert set(IngestionRun.objects.stored()) == {stored, undone, by_hand}
        assert list(IngestionRun.objects.stored_lists()) == [stored]

    def test_of_whom(self):
        source = SourceFactory()
        run = RunFactory(source=source)
        RunFactory()
        assert list(IngestionRun.objects.of_source(source)) == list(source.runs.all()) == [run]
        assert list(IngestionRun.objects.of_source(source.pk)) == [run]
        assert list(IngestionRun.objects.of_supplier(source.supplier)) == [run]

    def test_of_which_lists(self):
        full = RunFactory(understanding=Understanding("full").to_json())
        RunFactory(understanding=Understanding("stock").to_json())
        complete = RunFactory(summary=ChangeSummary(is_complete=True).to_json())
        RunFactory(summary=ChangeSummary().to_json())
        assert list(IngestionRun.objects.of_full_lists()) == [full]
        assert list(IngestionRun.objects.complete()) == [complete]

    def test_dead_letters(self):
        dead = RunFactory(status="failure", is_dead_letter=True)
        RunFactory(status="failure")
        assert list(IngestionRun.objects.dead_letters()) == [dead]


class TestLists:
    def test_damaged(self):
        PriceListFactory()
        lists = {PriceListFactory(file_state=state) for state in ("altered", "missing")}
        assert set(PriceList.objects.damaged()) == lists

    def test_of_file(self):
        first = PriceListFactory(file="price_lists/a.csv")
        twin = PriceListFactory(file="price_lists/a.csv")
        other = PriceListFactory(file="price_lists/a.xls")
        PriceListFactory(file="price_lists/a.csv", sha256="0" * 64)
        assert set(PriceList.objects.of_file(first)) == {first, twin}
        assert set(PriceList.objects.with_content(first.sha256)) == {first, twin, other}


def test_logs_of_a_cause_are_those_of_the_source():
    log = ParsingLogFactory(cause="no price")
    ParsingLogFactory(run=log.run, cause="no name")
    ParsingLogFactory(cause="no price")
    assert list(ParsingLog.objects.of_cause(log.run.source, "no price")) == [log]


def test_held_changes():
    held = ChangeFactory(state="held", kind="held")
    ChangeFactory(state="rejected", kind="held")
    assert list(Change.objects.held()) == [held]
    assert [change.pk for change in HeldChange.objects.held()] == [held.pk]


@pytest.mark.parametrize("status", PreparedView.Status)
def test_a_view_is_open_or_closed(status):
    now = timezone.now()
    view = PreparedView.objects.create(kind="k", key="k", status=status, asked_at=now, rung_at=now, expires_at=now)
    assert view.is_open == PreparedView.objects.open().exists()
    assert view.is_open != PreparedView.objects.closed().exists()
    assert view.is_open == (status in ("waiting", "working"))
