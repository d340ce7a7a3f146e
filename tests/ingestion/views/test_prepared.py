"""Prepared views: asked for once, made apart, stopped when nobody wants them, repaired when a worker dies."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone, translation

from ingestion.lists.storage import PREPARED
from ingestion.models import PreparedView
from ingestion.pricegrid import ListRefused, Message
from ingestion.reader import read_apart
from ingestion.runs import queue
from ingestion.views import prepared, work
from ingestion.views.kinds import Made, ViewKind, _kinds, register_kind
from ingestion.views.looks import ask_grid
from ingestion.worker.reconcile import reconcile_runs
from tests.factories import UserFactory
from tests.ingestion.prepared import prepare_all
from tests.ingestion.views.lists import stored, table

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey")]
FOREVER = 600


@pytest.fixture
def kind():
    """Registers a function as a kind of view, for one test."""

    def of(make, **options):
        return register_kind(ViewKind("of_a_test", make, (), **options)).name

    yield of
    _kinds.pop("of_a_test", None)


@pytest.fixture
def person():
    return UserFactory()


def made(view):
    work.prepare(view.pk)
    view.refresh_from_db()
    return view


def test_two_people_who_ask_for_the_same_share_one_result(person):
    price_list = stored(table())
    first = ask_grid(price_list, {}, "", by=person)
    second = ask_grid(price_list, {}, "", by=UserFactory())
    assert first == second
    assert prepare_all() == 1
    assert ask_grid(price_list, {}, "", by=person).status == "ready"


@pytest.mark.parametrize("other", ["settings", "sheet", "language", "currency of the supplier"])
def test_whatever_the_result_follows_from_makes_another_view(person, other):
    price_list = stored(table())
    first = ask_grid(price_list, {}, "", by=person)
    if other == "language":
        with translation.override("de"):
            assert ask_grid(price_list, {}, "", by=person) != first
        return
    if other == "currency of the supplier":
        price_list.supplier.default_currency = "PLN"
    settings, sheet = ({"currency": "PLN"} if other == "settings" else {}), ("Two" if other == "sheet" else "")
    assert ask_grid(price_list, settings, sheet, by=person) != first


def test_settings_that_change_before_the_worker_comes_are_not_taken_for_those_asked_about(person):
    price_list = stored(table())
    view = ask_grid(price_list, {}, "", by=person)
    price_list.source.config = {"currency": "PLN"}
    price_list.source.save()
    assert "changed meanwhile" in made(view).message


def test_who_asks_rings_the_queue_of_views(person):
    view = ask_grid(stored(table()), {}, "", by=person)
    (job_id,) = queue.previews().get_job_ids()
    assert queue.previews().fetch_job(job_id).args == [{"view": view.pk}]


def test_a_queue_that_is_away_is_no_error_and_is_rung_again(person, settings, monkeypatch):
    address = settings.RQ_QUEUES["previews"]["URL"]
    monkeypatch.setitem(settings.RQ_QUEUES["previews"], "URL", "redis://127.0.0.1:1/0")
    view = ask_grid(stored(table()), {}, "", by=person)
    assert queue.preparers() == "unknown"
    monkeypatch.setitem(settings.RQ_QUEUES["previews"], "URL", address)
    reconcile_runs(at=timezone.now() + timedelta(seconds=11))
    assert [queue.previews().fetch_job(each).args for each in queue.previews().get_job_ids()] == [[{"view": view.pk}]]


def children() -> str:
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text()


@pytest.mark.skipif(not Path("/proc").exists(), reason="finds its children through /proc")
def test_cancelling_ends_the_process_that_reads(kind, person):
    def make(view, watch):
        prepared.cancel_view(PreparedView.objects.get(pk=view.pk))
        return Made(read_apart(lambda: time.sleep(FOREVER), on_wait=watch))

    before = children()
    view = made(prepared.request_view(kind(make), by=person))
    assert (view.status, view.result) == ("cancelled", "")
    assert children() == before


def test_what_takes_too_long_is_stopped_and_says_so(kind, person):
    view = made(prepared.request_view(kind(lambda view, watch: Made(watch()), seconds=-1), by=person))
    assert view.status == "failed"
    assert "longer than" in view.message


def test_a_result_that_comes_after_the_cancelling_is_thrown_away(kind, person, tmp_path):
    def make(view, watch):
        prepared.cancel_view(PreparedView.objects.get(pk=view.pk))
        return Made(file=(tmp_path / "made").open("w+b"), file_name="made.xlsx")

    view = made(prepared.request_view(kind(make), by=person))
    assert (view.status, view.file.name) == ("cancelled", "")
    assert default_storage.listdir(PREPARED)[1] == []


def test_what_the_list_is_refused_for_is_said_in_the_language_of_who_asked(kind, person):
    def make(view, watch):
        raise ListRefused(Message("A file of %(size)d bytes", {"size": 3}))

    with translation.override("de"):
        view = made(prepared.request_view(kind(make), by=person))
    assert (view.language, view.status, view.message) == ("de", "failed", "A file of 3 bytes")


def test_a_mistake_of_the_program_is_said_and_raised(kind, person):
    view = prepared.request_view(kind(lambda view, watch: 1 / 0), by=person)
    with pytest.raises(ZeroDivisionError):
        work.prepare(view.pk)
    view.refresh_from_db()
    assert "error of the program" in view.message


def test_what_failed_is_not_tried_by_every_look_but_by_a_click_or_later(kind, person):
    def make(view, watch):
        raise ListRefused(Message("no"))

    name = kind(make)
    view = made(prepared.request_view(name, by=person))
    assert prepared.request_view(name, by=person).status == "failed"
    assert prepared.try_again(view, by=person).status == "waiting"
    made(view)
    PreparedView.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert prepared.request_view(name, by=person).status == "waiting"


def test_a_view_whose_worker_died_goes_on_once_and_then_fails_in_words(kind, person):
    view = prepared.request_view(kind(lambda view, watch: Made({})), by=person)
    for status in ("waiting", "failed"):
        assert prepared.claim(view.pk)
        later = timezone.now() + prepared.SILENCE + timedelta(seconds=1)
        view.refresh_from_db()
        assert prepared.repaired(view, at=timezone.now()).status == "working"
        assert prepared.repaired(view, at=later).status == status
    assert "stopped, twice" in view.message


def test_only_one_worker_has_it_and_a_former_one_writes_nothing(kind, person):
    view = prepared.request_view(kind(lambda view, watch: Made({})), by=person)
    former = prepared.claim(view.pk)
    assert former
    assert prepared.claim(view.pk) is None
    prepared.put_back_view(former)
    assert prepared.claim(view.pk)
    prepared.finish_view(former, Made({"of": "the former"}))
    view.refresh_from_db()
    assert (view.status, view.result) == ("working", "")
    assert not prepared.sign_of_life(former, 50)


def test_nobody_has_more_made_at_a_time_than_a_few(person):
    price_list = stored(table())
    for number in range(prepared.MOST_OPEN_EACH):
        view = ask_grid(price_list, {}, f"Sheet {number}", by=person)
    with pytest.raises(prepared.TooMuchAsked):
        ask_grid(price_list, {}, "one more", by=person)
    assert ask_grid(price_list, {}, "one more", by=UserFactory()).status == "waiting"
    prepared.cancel_view(view)
    assert ask_grid(price_list, {}, "another", by=person).status == "waiting"


def test_results_that_nobody_looks_at_are_swept_with_their_files(kind, person, tmp_path):
    def make(view, watch):
        return Made(file=(tmp_path / "made").open("w+b"), file_name="made.xlsx")

    view = made(prepared.request_view(kind(make), by=person))
    assert default_storage.exists(view.file.name)
    reconcile_runs(at=timezone.now() + timedelta(hours=23))
    assert PreparedView.objects.exists()
    reconcile_runs(at=timezone.now() + timedelta(hours=25))
    assert not PreparedView.objects.exists()
    assert not default_storage.exists(view.file.name)
