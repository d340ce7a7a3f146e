"""Two presses of a button make one run."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from catalog.models import PriceHistory
from ingestion.actions.dry_runs import apply_dry_run
from ingestion.actions.starts import run_again, start_source
from ingestion.actions.uploads import receive_upload
from ingestion.models import IngestionRun, PriceList
from ingestion.pipeline.attempt import run_ingestion
from ingestion.runs import queue
from ingestion.runs.requests import UnderWay
from suppliers.models import Supplier
from tests.factories import SourceFactory, SupplierFactory, UserFactory
from tests.ingestion.runs.weeks import price, sent, statuses, week
from tests.ingestion.serving import work

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("test_parsers", "valkey")]

Status = IngestionRun.Status
AT_ONCE, ROUNDS = 6, 12


def at_once(press: Callable[[], IngestionRun]) -> list[IngestionRun]:
    """The runs of several threads that press at the same moment; who is late is told of the other's."""
    barrier = Barrier(AT_ONCE)

    def one() -> IngestionRun:
        try:
            barrier.wait()
            return press()
        except UnderWay as doubled:
            if doubled.run is None:
                raise
            return doubled.run
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return [future.result() for future in [threads.submit(one) for _ in range(AT_ONCE)]]


def applied(dry: IngestionRun) -> IngestionRun:
    return apply_dry_run(dry, by=None).run


def sent_once_more(supplier: Supplier, content: bytes) -> IngestionRun:
    return receive_upload(file=SimpleUploadedFile("week.csv", content), supplier=supplier)


def make_one_run(press: Callable[[], IngestionRun]) -> None:
    before = IngestionRun.objects.count()
    assert len({run.pk for run in at_once(press)}) == 1
    assert IngestionRun.objects.count() == before + 1


def test_ingest_now_pressed_by_many_makes_one_run():
    ann = UserFactory()
    for _round in range(ROUNDS):
        sheet = SourceFactory(kind="google_sheet", sheet_url="https://sheets.example/1", parser_type="test_remote")
        make_one_run(partial(start_source, sheet, by=ann))
        make_one_run(partial(start_source, sheet, by=ann, dry_run=True))


def test_run_again_pressed_by_many_makes_one_run(source):
    run, ann = week("1", source), UserFactory()
    run_ingestion(run)
    for _round in range(ROUNDS):
        make_one_run(lambda: run_again(run, by=ann))
        work()


def test_dry_run_is_applied_once(source):
    for number in range(ROUNDS):
        dry = week(str(number + 1), source, dry_run=True)
        run_ingestion(dry)
        make_one_run(partial(applied, dry))
        work()
        with pytest.raises(UnderWay):
            apply_dry_run(dry, by=None)


def test_form_that_is_sent_twice_makes_one_run():
    for number in range(ROUNDS):
        supplier = SupplierFactory()
        content = f"code;name;price\nA{number};Bolt;1.50\n".encode()
        make_one_run(partial(sent_once_more, supplier, content))
        assert PriceList.objects.filter(supplier=supplier).count() == 1


def test_several_lists_of_a_source_may_wait_the_first_one_twice(source):
    first, second, third = sent("1", source), sent("2", source), sent("1", source)
    work()
    assert statuses(first, second, third) == [Status.SUCCESS] * 3
    assert (price(), PriceHistory.objects.count()) == ("1", 3)


def test_revived_run_gives_way_to_one_that_does_the_same(source):
    first = week("1", source)
    queue.cancel(first)
    second = run_again(first, by=UserFactory())
    with pytest.raises(UnderWay) as doubled:
        queue.requeue(first)
    assert doubled.value.run == second
