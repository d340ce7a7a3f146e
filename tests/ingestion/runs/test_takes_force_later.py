"""Lists whose prices are in force from a day to come wait for it, those that have ended are asked about."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from catalog.models import PriceHistory, SupplierItem
from ingestion.actions.starts import run_again, take_in_before_its_day
from ingestion.actions.uploads import receive_upload
from ingestion.errors import ConfigurationError
from ingestion.models import IngestionRun, ParsingLog
from ingestion.runs import life_cycle, queue
from ingestion.runs.results import write_task_result
from ingestion.views.upcoming import upcoming_prices, with_upcoming_price
from ingestion.worker.reconcile import reconcile_runs
from suppliers.models import PriceListSource
from tests.factories import UserFactory
from tests.ingestion.runs.weeks import price, statuses
from tests.ingestion.serving import work

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey")]

Status = IngestionRun.Status
ROWS = "Code;Name;Price EUR\nA-1;Hex bolt M8;{}\n"


def uploaded(title: str, amount: int, source: PriceListSource, *, dry_run: bool = False) -> IngestionRun:
    content = f"{title};;\n{ROWS.format(amount)}".encode()
    run = receive_upload(file=SimpleUploadedFile("list.csv", content), source=source, dry_run=dry_run)
    work()
    run.refresh_from_db()
    return run


def in_days(count: int) -> date:
    return timezone.localdate() + timedelta(days=count)


def valid_from(day: date) -> str:
    return f"Prices valid from {day:%d %B %Y}"


def test_nothing_is_stored_before_the_day_and_all_of_it_then(source):
    assert uploaded("Price list", 10, source).status == Status.SUCCESS
    day = in_days(30)
    run = uploaded(valid_from(day), 12, source)
    assert (run.status, run.takes_force_on, price()) == (Status.SCHEDULED, day, "10")
    assert day.isoformat() in run.message
    assert (timezone.localtime(run.due_at).date(), timezone.localtime(run.due_at).hour) == (day, 0)
    result = write_task_result(run)
    assert (result["status"], result["verdict"], result["statistics"]["changed"]) == ("partial_success", "stored", 0)

    reconcile_runs(at=run.due_at - timedelta(seconds=1))
    assert statuses(run) == [Status.SCHEDULED]
    reconcile_runs(at=run.due_at)
    work()
    assert (statuses(run), price()) == ([Status.SUCCESS], "12")
    assert PriceHistory.objects.filter(run_id=run.pk).count() == 1


def test_lists_that_come_before_the_day_do_not_overtake_it(source):
    later = uploaded(valid_from(in_days(30)), 12, source)
    between = uploaded("Price list", 11, source)
    assert (between.status, price()) == (Status.SUCCESS, "11")
    reconcile_runs(at=later.due_at)
    work()
    assert (statuses(later), price()) == ([Status.SUCCESS], "12")


def test_of_two_lists_for_one_day_the_one_that_came_last_is_in_force(source):
    first, second = (uploaded(valid_from(in_days(30)), amount, source) for amount in (12, 13))
    reconcile_runs(at=first.due_at)
    work()
    assert (statuses(first, second), price()) == ([Status.SUCCESS, Status.SUCCESS], "13")


def test_a_dry_run_shows_now_what_will_change(source):
    uploaded("Price list", 10, source)
    run = uploaded(valid_from(in_days(30)), 12, source, dry_run=True)
    assert (run.status, run.changed_items, price()) == (Status.SUCCESS, 1, "10")


def upcoming(code: str = "A-1") -> list[tuple[date, str, int]]:
    item = SupplierItem.objects.get(supplier_sku=code)
    return [(each.day, f"{each.price:.0f}", each.run.pk) for each in upcoming_prices([item]).get(item.pk, [])]


def test_a_price_is_seen_before_its_day_and_is_no_price_to_come_then(source):
    uploaded("Price list", 10, source)
    assert upcoming() == []
    day = in_days(30)
    run = uploaded(valid_from(day), 11, source)
    assert (upcoming(), price()) == ([(day, "11", run.pk)], "10")
    assert with_upcoming_price(SupplierItem.objects.all()).count() == 1
    between = uploaded("Price list, corrected", 9, source)
    assert (between.status, upcoming()) == (Status.SUCCESS, [(day, "11", run.pk)])
    reconcile_runs(at=run.due_at)
    work()
    assert (upcoming(), price()) == ([], "11")


def test_a_price_of_a_cancelled_list_is_none_to_come(source):
    uploaded("Price list", 10, source)
    run = uploaded(valid_from(in_days(30)), 12, source)
    queue.cancel(run, by=UserFactory())
    assert upcoming() == []


def test_a_price_to_come_that_would_be_held_says_so(source):
    source.shock_percent = 20
    source.save()
    uploaded("Price list", 10, source)
    uploaded(valid_from(in_days(30)), 1000, source)
    item = SupplierItem.objects.get()
    assert [each.is_doubtful for each in upcoming_prices([item])[item.pk]] == [True]


def test_a_person_may_take_it_in_before_its_day(source):
    run = uploaded(valid_from(in_days(30)), 12, source)
    anna = UserFactory(username="anna")
    take_in_before_its_day(run, by=anna)
    work()
    assert (statuses(run), price()) == ([Status.SUCCESS], "12")
    assert "anna" in run.comment
    with pytest.raises(ConfigurationError, match="does not wait"):
        take_in_before_its_day(run, by=anna)


def test_a_cancelled_list_never_takes_force(source):
    uploaded("Price list", 10, source)
    run = uploaded(valid_from(in_days(30)), 12, source)
    queue.cancel(run, by=UserFactory())
    reconcile_runs(at=run.due_at)
    work()
    assert (statuses(run), price()) == ([Status.CANCELLED], "10")


PERIODS = "Code;Name;Price EUR;Valid from;Valid until\n"


def periods(*rows: tuple[int, date | None, date | None]) -> bytes:
    days = ("" if day is None else f"{day:%d.%m.%Y}" for _, *some in rows for day in some)
    pairs = list(zip(*[iter(days)] * 2, strict=True))
    lines = [f"A-1;Hex bolt M8;{amount};{start};{end}" for (amount, *_), (start, end) in zip(rows, pairs, strict=True)]
    return (PERIODS + "\n".join([*lines, "B-2;Washer;5;;"]) + "\n").encode()


def sent_periods(source: PriceListSource, *rows: tuple[int, date | None, date | None]) -> IngestionRun:
    run = receive_upload(file=SimpleUploadedFile("list.csv", periods(*rows)), source=source)
    work()
    run.refresh_from_db()
    return run


def price_of(code: str) -> str:
    return f"{SupplierItem.objects.get(supplier_sku=code).current_price:.0f}"


def test_of_several_periods_the_one_in_force_is_taken_and_the_next_one_on_its_day(source):
    day = in_days(30)
    run = sent_periods(source, (12, day, None), (9, in_days(-300), in_days(-100)), (10, in_days(-99), in_days(29)))
    assert (run.status, price_of("A-1"), price_of("B-2")) == (Status.PARTIAL_SUCCESS, "10", "5")
    assert (run.failed_rows, run.understood().skipped["later"]) == (1, 1)
    assert f"the first on {day.isoformat()}" in run.message
    later = IngestionRun.objects.scheduled().get()
    assert (later.price_list_id, timezone.localtime(later.due_at).date()) == (run.price_list_id, day)
    assert (upcoming("A-1"), upcoming("B-2")) == ([(day, "12", later.pk)], [])
    with pytest.raises(ConfigurationError):
        take_in_before_its_day(later, by=UserFactory())


def test_a_list_whose_rows_all_begin_later_waits_as_a_whole(source):
    day, content = in_days(30), "Code;Name;Price EUR;Valid from\n"
    for number, amount in enumerate((12, 7, 31, 9, 4, 22), 1):
        content += f"A-{number};Hex bolt {number};{amount}.5;{in_days(30 + number % 2):%d.%m.%Y}\n"
    run = receive_upload(file=SimpleUploadedFile("list.csv", content.encode()), source=source)
    work()
    assert (statuses(run), run.takes_force_on) == ([Status.SCHEDULED], day)
    reconcile_runs(at=run.due_at)
    work()
    run.refresh_from_db()
    assert (run.status, run.new_items, run.failed_rows) == (Status.PARTIAL_SUCCESS, 3, 0)
    assert timezone.localtime(IngestionRun.objects.scheduled().get().due_at).date() == in_days(31)


def test_the_newest_price_that_has_begun_is_taken_wherever_it_stands(source):
    run = sent_periods(source, (9, in_days(-300), None), (10, in_days(-99), None), (8, in_days(-600), None))
    assert (run.failed_rows, price_of("A-1")) == (2, "10")
    assert {log.cause for log in ParsingLog.objects.all()} == {"price.newer"}


def test_a_list_that_has_begun_is_taken_in_at_once(source):
    assert uploaded(valid_from(in_days(0)), 12, source).status == Status.SUCCESS


def test_a_list_that_has_ended_is_asked_about(source):
    run = uploaded(f"Prices valid until {in_days(-1):%d %B %Y}", 12, source)
    assert (run.status, run.waits_for) == (Status.WAITING, IngestionRun.WaitsFor.MAPPING)
    assert in_days(-1).isoformat() in run.message
    life_cycle.answer(run, run.source_config)
    queue.enqueue(run)
    work()
    assert (statuses(run), price()) == ([Status.SUCCESS], "12")


def test_a_day_to_come_of_which_nothing_is_said_is_asked_about(source):
    run = uploaded(f"Price list {in_days(30):%d.%m.%Y}", 12, source)
    assert (run.status, run.waits_for) == (Status.WAITING, IngestionRun.WaitsFor.MAPPING)


def test_a_run_that_waits_for_its_day_is_not_made_twice(source):
    run = uploaded(valid_from(in_days(30)), 12, source)
    with pytest.raises(ConfigurationError, match="waits for its day"):
        run_again(run, by=UserFactory())
    assert run_again(run, by=UserFactory(), dry_run=True).dry_run
