"""Taking runs back."""

import pytest

from catalog import lifecycle
from catalog.models import Category, PriceHistory, Product, SupplierItem
from ingestion.actions.edits_by_hand import edit_item
from ingestion.actions.undo import can_be_undone, preview, undo
from ingestion.errors import ConfigurationError
from ingestion.models import Change, IngestionRun
from ingestion.runs.supplier_lock import SupplierBusy, work_on
from tests.ingestion.actions.lists import history_of, prices, take_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_first_list_leaves_nothing_behind_but_its_history(source, person):
    run = take_in({"A": {"price": "1", "category": ["Metal", "Bolts"]}, "B": "2"}, source)
    undone = undo(run, by=person, comment="wrong supplier")
    assert not SupplierItem.objects.exists()
    assert not Product.objects.exists()
    assert not Category.objects.exists()
    assert set(PriceHistory.objects.values_list("withdrawn_by_run_id", flat=True)) == {undone.pk}
    assert (undone.kind, undone.status, undone.started_by, undone.comment) == (
        "undo",
        "success",
        person,
        "wrong supplier",
    )
    assert undone.summary["buckets"] == {"removed": 2}
    assert run.undone_by == undone
    source.refresh_from_db()
    assert (source.complete_lists, source.last_ingested_at) == (0, None)


def test_a_list_that_failed_was_no_complete_list(source, person):
    first = take_in({"A": "1"}, source)
    second = take_in({"A": "2"}, source)
    failed = take_in({"A": {"error": "No price."}}, source)
    assert failed.status == "failure"
    undo(second, by=person)
    source.refresh_from_db()
    assert (source.complete_lists, source.last_ingested_at) == (1, first.started_at)


def test_undo_of_the_undo_brings_the_same_items_back(source, person):
    run = take_in({"A": {"price": "1", "category": ["Metal", "Bolts"]}, "B": "2"}, source)
    before = list(SupplierItem.objects.order_by("id").values())
    categories = list(Category.objects.order_by("id").values())
    products = list(Product.objects.order_by("id").values())
    back = undo(undo(run, by=person), by=person)
    assert list(SupplierItem.objects.order_by("id").values()) == before
    assert list(Product.objects.order_by("id").values()) == products
    assert list(Category.objects.order_by("id").values()) == categories
    assert history_of("A") == ["1"]
    run.refresh_from_db()
    assert run.undone_by is None
    source.refresh_from_db()
    assert source.complete_lists == 1
    undo(back, by=person)
    assert prices() == {}
    assert IngestionRun.objects.get(pk=run.pk).undone_by is not None


def test_values_and_marks_are_as_before(source, person):
    first = {
        "A": {"price": "10", "retail": "12", "stock": [5, "in_stock"], "characteristics": {"a": "1"}},
        "B": "20",
        "C": "5",
    }
    take_in(first, source)
    before = list(SupplierItem.objects.order_by("id").values())
    run = take_in(
        {"A": {"price": "11", "name": "New", "retail": "13", "stock": [0, "out_of_stock"]}, "B": "19", "D": "1"}, source
    )
    assert (
        run.summary["buckets"]["price_up"],
        run.summary["buckets"]["price_down"],
        run.summary["buckets"]["missing"],
    ) == (1, 1, 1)
    undo(run, by=person)
    after = list(SupplierItem.objects.order_by("id").values())
    assert [{**item, "updated_at": None} for item in after] == [{**item, "updated_at": None} for item in before]
    assert history_of("A") == ["10"]
    assert SupplierItem.objects.get(supplier_sku="A").product.lowest_price == 10


def test_what_changed_since_is_left_alone(source, person):
    take_in({"A": "10", "B": "20", "C": "30"}, source)
    run = take_in({"A": "11", "B": "21", "C": "30", "D": "1", "E": "2"}, source)
    take_in({"A": "12", "B": "21", "C": "30", "D": "1", "E": "2"}, source)
    lifecycle.promote(Product.objects.filter(offers__supplier_sku="D"), by=person)
    plan = preview(run)
    assert (plan.restored, plan.removed, plan.conflict_count) == (1, 1, 2)
    assert [(conflict.supplier_sku, conflict.reason) for conflict in plan.conflicts] == [
        ("A", "later_run"),
        ("D", "draft_touched"),
    ]
    undone = undo(run, by=person)
    assert prices() == {"A": "12", "B": "20", "C": "30", "D": "1"}
    left = Change.objects.filter(run=undone, kind="conflict").order_by("supplier_sku")
    assert [(change.supplier_sku, change.state, change.cause) for change in left] == [
        ("A", "left_alone", "later_run"),
        ("D", "left_alone", "draft_touched"),
    ]


def test_newest_first_everything_goes(source, person):
    runs = [take_in(said, source) for said in ({"A": "10"}, {"A": "11", "B": "1"}, {"B": "1.1"}, {"A": "12"})]
    for run in reversed(runs):
        undo(run, by=person)
    assert not SupplierItem.objects.exists()
    assert not Product.objects.exists()


def test_taken_code_is_not_put_back(source, person):
    run = take_in({"A": "10"}, source)
    undone = undo(run, by=person)
    take_in({"A": "11"}, source)
    back = undo(undone, by=person)
    assert back.summary["buckets"] == {"conflict": 1}
    assert prices() == {"A": "11"}


def test_undone_list_is_not_known_any_more(source, person):
    run = take_in({"A": "10"}, source)
    undo(run, by=person)
    assert take_in({"A": "10"}, source).new_items == 1


def test_what_cannot_be_undone(source, person):
    dry = take_in({"A": "10"}, source, dry_run=True)
    assert not can_be_undone(dry)
    with pytest.raises(ConfigurationError, match="cannot be undone"):
        undo(dry, by=person)
    run = take_in({"A": "10"}, source)
    with work_on(source.supplier_id), pytest.raises(SupplierBusy):
        undo(run, by=person)


def test_of_all_the_undoing_of_a_list_the_newest_can_be_taken_back(source, person):
    run = take_in({"A": "1"}, source)
    undoing = undo(run, by=person)
    again = undo(undoing, by=person)
    run.refresh_from_db()
    newest = undo(run, by=person)
    family = IngestionRun.objects.in_bulk([run.pk, undoing.pk, again.pk, newest.pk])
    assert [pk for pk in family if can_be_undone(family[pk])] == [newest.pk]
    source.refresh_from_db()
    assert source.complete_lists == 0


def test_what_the_first_undoing_left_alone_goes_with_what_brought_the_rest_back(source, person):
    run = take_in({"A": "1", "B": "1"}, source)
    edit = edit_item(SupplierItem.objects.get(supplier_sku="B"), {"name": "Nut"}, by=person)
    back = undo(undo(run, by=person), by=person)
    assert edit is not None
    undo(edit, by=person)
    assert undo(back, by=person).undoes == run
    assert prices() == {}


def test_an_item_has_one_open_question_and_none_is_lost(source, person):
    def questions():
        held = Change.objects.filter(kind="held").exclude(state="planned")
        return list(held.order_by("id").values_list("state", flat=True))

    take_in({"B": "30"}, source)
    undoing = undo(take_in({"B": "10"}, source), by=person)
    newer = take_in({"B": "10"}, source)
    undo(undoing, by=person)
    assert questions() == ["superseded", "held"]
    undo(newer, by=person)
    assert questions() == ["held", "undone"]
