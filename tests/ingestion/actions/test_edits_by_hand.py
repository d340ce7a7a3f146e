"""What staff changed by hand stays until the supplier changes it."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from catalog.models import SupplierItem
from ingestion.actions.edits_by_hand import EditedField, edit_item, edited_fields, follow_list
from ingestion.actions.undo import undo
from ingestion.models import Change
from ingestion.runs.supplier_lock import SupplierBusy, work_on
from tests.factories import ProductFactory
from tests.ingestion.actions.lists import history_of, take_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def item(source) -> SupplierItem:
    take_in({"A": {"price": "10", "name": "Bolt", "stock": [3, "in_stock"]}}, source)
    return SupplierItem.objects.get()


def test_value_by_hand_stays_until_the_list_changes_it(item, source, person):
    edit_item(item, {"name": "Fine bolt", "current_price": Decimal("10.5")}, by=person)
    assert edited_fields(item) == [
        EditedField("name", "Fine bolt", "Bolt"),
        EditedField("current_price", Decimal("10.5"), 10),
    ]
    run = take_in({"A": {"price": "10", "name": "Bolt", "stock": [4, "in_stock"]}}, source)
    item.refresh_from_db()
    assert (item.name, item.current_price, item.stock) == ("Fine bolt", Decimal("10.5"), 4)
    assert run.changed_items == 1
    take_in({"A": {"price": "11", "name": "Bolt", "stock": [4, "in_stock"]}}, source)
    item.refresh_from_db()
    assert (item.name, item.current_price, item.listed) == ("Fine bolt", 11, {"name": "Bolt"})
    assert history_of("A") == ["10", "10.5", "11"]


def test_list_that_says_what_the_hand_said(item, source, person):
    edit_item(item, {"current_price": Decimal("10.5")}, by=person)
    take_in({"A": {"price": "10.5", "name": "Bolt"}}, source)
    item.refresh_from_db()
    assert item.listed is None
    assert history_of("A") == ["10", "10.5"]


def test_following_the_list_again(item, person):
    edit_item(item, {"name": "Fine bolt", "current_price": Decimal("10.5")}, by=person)
    follow_list(item, ["current_price"], by=person)
    assert (item.name, item.current_price, item.listed) == ("Fine bolt", 10, {"name": "Bolt"})
    assert history_of("A") == ["10", "10.5", "10"]
    edit_item(item, {"name": "Bolt"}, by=person)
    assert item.listed is None


def test_edit_is_on_record_and_can_be_undone(item, person):
    run = edit_item(item, {"current_price": Decimal(12)}, by=person)
    assert run
    assert (run.kind, run.started_by) == ("edit", person)
    change = Change.objects.get(run=run)
    assert (change.kind, change.percent) == ("price_up", 20)
    assert item.history.first().history_user == person
    assert item.product.__class__.objects.get().lowest_price == 12
    undo(run, by=person)
    item.refresh_from_db()
    assert (item.current_price, item.listed) == (10, None)
    assert history_of("A") == ["10"]


def test_edit_stands_in_the_way_of_an_undo(item, source, person):
    run = take_in({"A": {"price": "11", "name": "Bolt"}}, source)
    edit_item(item, {"name": "Fine bolt"}, by=person)
    undone = undo(run, by=person)
    assert undone.changes.get().cause == "person"
    item.refresh_from_db()
    assert item.current_price == 11


def test_other_product(item, person):
    before, product = item.product, ProductFactory(currency="EUR")
    edit_item(item, {"product_id": product.pk}, by=person)
    product.refresh_from_db()
    before.refresh_from_db()
    assert (product.lowest_price, before.lowest_price) == (10, None)
    assert item.listed is None


def test_nothing_changed(item, person):
    assert edit_item(item, {"name": "Bolt"}, by=person) is None


def test_what_is_refused(item, source, person):
    with pytest.raises(ValidationError):
        edit_item(item, {"current_price": Decimal(-1)}, by=person)
    with pytest.raises(ValidationError, match="by hand"):
        edit_item(item, {"supplier_id": 1}, by=person)
    with work_on(source.supplier_id), pytest.raises(SupplierBusy):
        edit_item(item, {"name": "New"}, by=person)
