"""Suspicious prices and lists wait for a person, who is asked once."""

import pytest

from catalog.models import SupplierItem
from ingestion.actions import holds
from ingestion.actions.edits_by_hand import edit_item
from ingestion.actions.undo import undo
from ingestion.models import Change, IngestionRun, ParsingLog
from ingestion.pipeline.attempt import run_ingestion
from ingestion.runs.results import write_task_result
from tests.factories import SourceFactory
from tests.ingestion.actions.lists import history_of, prices, take_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey")]

START = {f"A{number}": "10" for number in range(9)}


def states() -> list[str]:
    return list(Change.objects.filter(kind="held").order_by("id").values_list("state", flat=True))


def test_only_shocked_rows_are_held(source):
    take_in(START, source)
    run = take_in({**START, "A1": "1000", "A2": "11", "A3": {"price": "10", "currency": "USD"}}, source)
    assert (run.held_items, run.changed_items, run.unchanged_items) == (2, 1, 6)
    assert prices()["A1"] == "10"
    assert prices()["A2"] == "11"
    found = {change.supplier_sku: (change.cause, change.percent) for change in holds.open_holds()}
    assert found == {"A1": ("decimal_sign", 9900), "A3": ("currency", None)}
    assert run.message.startswith("2 prices are held for review")
    assert (run.status, run.summary["guards"]) == ("partial_success", [run.message])
    said = write_task_result(run)
    assert (said["statistics"]["held"], said["statistics"]["successful_rows"], said["message"]) == (2, 9, run.message)


def test_what_a_person_has_rejected_is_counted_apart(source):
    take_in(START, source)
    take_in({**START, "A1": "1000"}, source)
    holds.reject(holds.open_holds(), by=None)
    run = take_in({**START, "A1": "1000", "A2": "2000"}, source)
    assert (run.status, run.held_items) == ("partial_success", 2)
    assert run.message.startswith("1 price is held for review")
    assert "1 price stays as it is" in run.message


def test_honest_rise_of_everything_is_no_shock(source):
    take_in(START, source)
    run = take_in(dict.fromkeys(START, "14") | {"A1": "14.5"}, source)
    assert run.held_items == 0
    assert run.summary["median"] == "40.00"


def test_whole_list_a_hundred_times_too_high_is_held(source):
    take_in(START, source)
    run = take_in(dict.fromkeys(START, "1000"), source)
    assert run.held_items == len(START)
    assert set(holds.open_holds().values_list("cause", flat=True)) == {"decimal_sign"}


def test_whole_list_in_another_currency_at_a_rate(source):
    take_in(START, source)
    run = take_in({sku: {"price": "33", "currency": "BYN"} for sku in START}, source)
    assert run.held_items == 0
    run = take_in({sku: {"price": "33", "currency": "USD"} for sku in START}, source)
    assert run.held_items == len(START)


def test_guard_that_is_off(source):
    source.shock_percent = None
    source.save()
    take_in(START, source)
    assert take_in({**START, "A1": "1000"}, source).held_items == 0


def test_accepted_in_part(source, person):
    take_in(START, source)
    take_in({**START, "A1": "1000", "A2": "12", "A3": "1"}, source)
    decided = holds.accept(holds.open_holds().filter(holds.below(25)), by=person, comment="new season")
    assert decided.count == 1
    assert prices()["A2"] == "12"
    assert prices()["A1"] == "10"
    assert history_of("A2") == ["10", "12"]
    assert SupplierItem.objects.get(supplier_sku="A2").product.lowest_price == 12
    accepted = Change.objects.get(state="accepted")
    assert (accepted.decided_by, accepted.comment) == (person, "new season")
    assert decided.runs[0].kind == "decision"
    assert holds.reject(holds.open_holds(), by=person).count == 2
    assert not holds.open_holds().exists()


def test_same_question_is_not_asked_again(source, person):
    take_in(START, source)
    said = {**START, "A1": "1000", "A2": "20"}
    take_in(said, source)
    holds.reject(holds.open_holds().filter(supplier_sku="A1"), by=person)
    holds.accept(holds.open_holds(), by=person)
    take_in(START, source)
    assert Change.objects.filter(state="held").count() == 1  # from 20 back to 10
    holds.accept(holds.open_holds(), by=person)
    run = take_in(said, source)
    assert not holds.open_holds().exists()
    assert prices()["A1"] == "10"
    assert prices()["A2"] == "20"
    assert run.changes.get(state="rejected").origin.decided_by == person
    run = take_in({**said, "A1": "999"}, source)
    assert run.held_items == 1
    assert holds.open_holds().get().supplier_sku == "A1"


def test_later_list_overtakes_the_question(source):
    take_in(START, source)
    first = take_in({**START, "A1": "1000"}, source)
    second = take_in({**START, "A1": "1100"}, source)
    assert first.changes.get(kind="held").state == "superseded"
    assert second.changes.get(kind="held").state == "held"
    take_in(START, source)
    assert not holds.open_holds().exists()


def test_undo_of_an_acceptance_asks_again(source, person):
    take_in(START, source)
    run = take_in({**START, "A1": "1000"}, source)
    (accepting,) = holds.accept(holds.open_holds(), by=person).runs
    undone = undo(accepting, by=person)
    assert prices()["A1"] == "10"
    assert states() == ["held"]
    undo(undone, by=person)
    assert prices()["A1"] == "1000"
    assert states() == ["accepted"]
    left = undo(run, by=person)
    assert left.summary["buckets"] == {}
    assert prices()["A1"] == "1000"


def test_undo_of_a_list_takes_its_questions_back(source, person):
    take_in(START, source)
    take_in({**START, "A1": "1000"}, source)
    second = take_in({**START, "A1": "1100"}, source)
    undone = undo(second, by=person)
    assert states() == ["held", "undone"]
    undo(undone, by=person)
    assert states() == ["superseded", "held"]


def test_accepting_takes_a_value_back_from_the_hand(source, person):
    take_in(START, source)
    take_in({**START, "A1": "1000"}, source)
    edit_item(SupplierItem.objects.get(supplier_sku="A1"), {"current_price": "11"}, by=person)
    holds.accept(holds.open_holds(), by=person)
    item = SupplierItem.objects.get(supplier_sku="A1")
    assert (item.current_price, item.listed) == (1000, None)
    assert history_of("A1") == ["10", "11", "1000"]


def test_deleted_item_is_moot(source, person):
    take_in(START, source)
    take_in({**START, "A1": "1000"}, source)
    SupplierItem.objects.filter(supplier_sku="A1").delete()
    assert holds.accept(holds.open_holds(), by=person).moot == 1


def test_list_with_too_many_failed_rows_waits(source, person):
    rows = dict.fromkeys(("A", "B", "C"), "1") | {f"X{number}": {"price": "-1"} for number in range(8)}
    run = take_in(rows, source)
    assert (run.status, run.waits_for, run.failed_rows) == ("waiting", "quality", 8)
    assert not SupplierItem.objects.exists()
    assert ParsingLog.objects.filter(run=run).count() == 8
    assert list(holds.waiting_runs()) == [run]
    holds.take_in_anyway(run, by=person, comment="It is fine")
    run_ingestion(run)
    assert (run.status, run.new_items) == ("partial_success", 3)
    assert ParsingLog.objects.filter(run=run).count() == 8
    assert run.comment == f"Taken in anyway by {person}. It is fine"


def test_refused_list(source, person):
    run = take_in({f"X{number}": {"price": "-1"} for number in range(10)} | {"A": "1"}, source)
    holds.refuse_list(run, by=person, comment="Old file")
    run.refresh_from_db()
    assert (run.status, run.comment) == ("cancelled", "Old file")
    assert not SupplierItem.objects.exists()


def test_short_list_marks_nothing_missing(source):
    take_in({f"A{number}": "10" for number in range(100)}, source)
    run = take_in({f"A{number}": "10" for number in range(60)}, source)
    assert run.missing_items == 0
    assert "not marked missing" in run.summary["guards"][0]
    run = take_in({f"A{number}": "10" for number in range(97)}, source)
    assert run.missing_items == 3
    assert SupplierItem.objects.filter(missing_since__isnull=False).count() == 3


def test_list_of_other_codes_marks_nothing_missing(source):
    take_in({f"A{number}": "10" for number in range(20)}, source)
    run = take_in({f"B{number}": "10" for number in range(20)}, source)
    assert (run.new_items, run.missing_items) == (20, 0)
    assert "other codes" in run.summary["guards"][0]


def test_shorter_lists_become_usual(source):
    long, short = ({f"A{number}": "10" for number in range(count)} for count in (20, 10))
    take_in(long, source)
    for price in ("11", "12", "13", "14"):
        take_in(dict.fromkeys(short, price), source)
    assert SupplierItem.objects.missing().count() == 10


def test_discontinued_after_some_complete_lists(source):
    said = {f"A{number}": "10" for number in range(20)}
    take_in({**said, "B": "1"}, source)
    for price in ("10.1", "10.2", "10.3"):
        assert not SupplierItem.objects.discontinued().exists()
        take_in({**said, "A1": price}, source)
    item = SupplierItem.objects.discontinued().get()
    assert (item.supplier_sku, item.is_discontinued) == ("B", True)
    take_in({**said, "B": "1"}, source)
    assert not SupplierItem.objects.discontinued().exists()
    assert SupplierItem.objects.get(supplier_sku="B").pk == item.pk


def test_other_suppliers_lists_leave_questions_alone(source):
    take_in(START, source)
    take_in({**START, "A1": "1000"}, source)
    take_in(START, SourceFactory())
    assert states() == ["held"]
    assert IngestionRun.objects.filter(held_items=1).count() == 1


RENAMED = {**START, "A1": {"price": "12", "name": "Stainless teapot, large"}}


def test_a_code_that_means_another_thing_is_held(source):
    take_in(START, source)
    run = take_in(RENAMED, source)
    assert (run.status, run.held_items) == ("partial_success", 1)
    assert run.message == "1 code may mean another item now, name and price are unlike: it is held for review."
    assert holds.open_holds().get().cause == "other_item"
    assert SupplierItem.objects.get(supplier_sku="A1").name == "Item A1"
    holds.accept(holds.open_holds(), by=None)
    item = SupplierItem.objects.get(supplier_sku="A1")
    assert (item.name, item.current_price) == ("Stainless teapot, large", 12)
    assert take_in(RENAMED, source, force=True).status == "success"


@pytest.mark.parametrize(
    "said",
    [
        {"price": "10", "name": "Stainless teapot, large"},  # the price is the same
        {"price": "10.50", "name": "Stainless teapot, large"},
        {"price": "11.20", "name": "Item A1, blue"},  # the name is alike
    ],
)
def test_one_of_both_alone_is_no_other_thing(source, said):
    take_in(START, source)
    assert take_in({**START, "A1": said}, source).status == "success"


def test_a_list_that_is_translated_as_it_becomes_dearer_is_no_other_list(source):
    take_in(START, source)
    run = take_in({sku: {"price": "12", "name": f"Ding nummer {sku}"} for sku in START}, source)
    assert run.held_items == 0
