"""What a price means and what buyers compare by: stored, compared, kept, guarded, edited and taken back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from catalog.models import PriceHistory, Product, SupplierItem
from ingestion.actions import holds
from ingestion.actions.edits_by_hand import edit_item, edited_fields, follow_list
from ingestion.actions.undo import undo
from ingestion.models import Change, IngestionRun
from ingestion.pipeline.attempt import run_ingestion
from tests.factories import UserFactory
from tests.ingestion.actions.lists import take_in
from tests.ingestion.price_lists import queued

pytestmark = pytest.mark.django_db(transaction=True)

FACTS: dict[str, Any] = {
    "brand": "Acme",
    "mpn": "AX-1",
    "barcode": "04006381333931",
    "unit": "pcs",
    "pack_size": "12",
    "minimum_order": "24",
    "order_multiple": "12",
    "price_breaks": [["10", "1.8"], ["100", "1.5"]],
    "tax_rate": "19",
    "tax_included": False,
    "country": "DE",
    "lead_time": 14,
    "weight": "0.0005",
    "link": "https://a.example/1",
    "picture": "https://a.example/1.png",
}
BREAKS = [{"minimum": 10, "price": 1.8}, {"minimum": 100, "price": 1.5}]
KEPT = {
    **FACTS,
    **{name: Decimal(FACTS[name]) for name in ("pack_size", "minimum_order", "order_multiple", "tax_rate", "weight")},
    "price_breaks": BREAKS,
}


def facts_of(item: SupplierItem) -> dict:
    return {name: getattr(item, name) for name in FACTS}


def item(sku: str = "A") -> SupplierItem:
    return SupplierItem.objects.get(supplier_sku=sku)


def told(sku: str = "A", price: str = "2", per: int = 1, **facts: Any) -> dict:
    return {sku: {"price": price, "per": per, **({"facts": facts} if facts else {})}}


def held() -> list[tuple[str, str]]:
    return list(Change.objects.held().values_list("supplier_sku", "cause"))


def test_facts_are_stored_and_an_item_without_them_has_none(source):
    take_in({**told(**FACTS), "B": "3"}, source)
    assert facts_of(item()) == KEPT
    assert set(facts_of(item("B")).values()) == {None}


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_that_changes_is_a_change_that_can_be_undone(source, name):
    take_in(told(price="2", **{**FACTS, "price_breaks": [["10", "1.8"]], "tax_included": None}), source)
    before = facts_of(item())
    others = {
        "price_breaks": [["10", "1.79"]], "tax_rate": "7", "tax_included": True, "lead_time": 3, "country": "FR",
        "barcode": "00012345678905", "link": "https://b.example", "picture": "https://b.example",
    }  # fmt: skip
    other = {name: others.get(name, "9")}
    first = {**FACTS, "price_breaks": [["10", "1.8"]], "tax_included": None}
    run = take_in(told(price="2", **{**first, **other}), source)
    (change,) = run.changes.all()
    assert (change.kind, change.state) == ("details", "applied")
    assert name in change.new
    assert facts_of(item())[name] != before[name]
    undo(run, by=None)
    assert facts_of(item()) == before


def test_a_list_that_leaves_a_column_out_keeps_what_it_does_not_mention(source):
    take_in({**told(**FACTS), **told("B", brand="Bolt & Co")}, source)
    run = take_in({**told(brand="Acme"), **told("B", country="FR")}, source)
    kept = {name: value for name, value in KEPT.items() if name not in ("brand", "country")}
    assert {name: getattr(item(), name) for name in kept} == kept
    assert (item().brand, item().country) == ("Acme", None)  # what the list has, it also empties
    assert (item("B").brand, item("B").country) == (None, "FR")
    assert run.changes.count() == 2


def test_a_list_of_prices_tells_breaks_and_tax_but_no_brand(source):
    take_in(told(brand="Acme", tax_rate="19"), source)
    facts: dict[str, Any] = {"brand": "Other", "tax_rate": "20", "price_breaks": [["5", "1.9"]]}
    take_in(told(**facts), source, mode="prices")
    assert (item().brand, item().tax_rate, item().price_breaks) == ("Acme", 20, [{"minimum": 5, "price": 1.9}])


def test_the_price_of_one(source):
    take_in({**told(price="2.45", per=100), **told("B", "1", 3)}, source)
    assert (item().current_price, item().per_quantity, item().unit_price) == (Decimal("2.45"), 100, Decimal("0.0245"))
    assert item("B").unit_price == Decimal("0.33333333")
    assert Product.objects.get(offers=item()).lowest_price == Decimal("0.0245")
    assert PriceHistory.objects.get(supplier_item=item()).per_quantity == 100


def test_another_basis_is_a_price_change_with_a_history(source):
    take_in(told(price="2"), source)
    run = take_in(told(price="210", per=100), source)
    change = run.changes.get()
    assert (change.kind, change.percent) == ("price_up", Decimal("5.00"))
    assert (change.old["per_quantity"], change.new["per_quantity"]) == (1, 100)
    assert list(PriceHistory.objects.order_by("id").values_list("price", "per_quantity")) == [(2, 1), (210, 100)]
    undo(run, by=None)
    assert (item().current_price, item().per_quantity) == (2, 1)


def test_the_same_price_of_one_on_another_basis_is_no_move(source):
    take_in(told(price="2"), source)
    change = take_in(told(price="200", per=100), source).changes.get()
    assert (change.kind, change.percent) == ("details", 0)
    assert PriceHistory.objects.count() == 2


def test_another_basis_that_moves_the_price_of_one_too_far_is_held(source):
    take_in(told(price="2"), source)
    take_in(told(price="2", per=100), source)
    assert held() == [("A", "basis")]
    assert item().per_quantity == 1
    holds.reject(Change.objects.held(), by=UserFactory())
    run = take_in({**told(price="2", per=100), "B": "1"}, source)
    assert run.changes.get().state == "rejected"  # nobody is asked twice
    take_in(told(price="2", per=1000), source)
    assert held() == [("A", "basis")]
    holds.accept(Change.objects.held(), by=UserFactory())
    assert (item().per_quantity, PriceHistory.objects.first().per_quantity) == (1000, 1000)


def test_the_other_side_of_tax_is_compared_on_one_side(source):
    take_in(told(price="100", tax_rate="20", tax_included=False), source)
    change = take_in(told(price="120", tax_rate="20", tax_included=True), source).changes.get()
    assert (change.kind, change.percent, held()) == ("details", 0, [])
    assert (item().current_price, item().tax_included) == (120, True)
    assert Product.objects.get().lowest_price == 100


def test_another_side_of_tax_that_moves_the_price_too_far_is_held_once(source):
    take_in(told(price="100", tax_rate="20", tax_included=False), source)
    take_in(told(price="100", tax_rate="20", tax_included=True), source)
    assert held() == [("A", "tax_side")]
    assert item().tax_included is False
    holds.accept(Change.objects.held(), by=UserFactory())
    assert item().tax_included is True
    assert PriceHistory.objects.count() == 1  # amount, currency and basis are the same
    again = {**told(price="100", tax_rate="20", tax_included=True), "B": "1"}
    assert take_in(again, source).held_items == 0


@pytest.mark.parametrize(
    ("after", "is_held"),
    [
        ([["10", "1.75"], ["100", "1.45"]], False),
        ([["10", "18"], ["100", "1.5"]], True),
        ([["50", "1.8"], ["1000", "1.5"]], True),
        ([["10", "1.8"], ["100", "1.5"], ["500", "1.4"]], False),
    ],
    ids=["a little cheaper", "another amount", "other steps", "one step more"],
)
def test_breaks_that_move_the_price_of_some_quantity_too_far_are_held(source, after, is_held):
    take_in(told(price="2", price_breaks=FACTS["price_breaks"]), source)
    take_in(told(price="2", price_breaks=after), source)
    assert held() == ([("A", "breaks")] if is_held else [])
    if is_held:
        assert item().price_breaks == BREAKS
        holds.reject(Change.objects.held(), by=UserFactory())
        again = {**told(price="2", price_breaks=after), "B": "1"}
        assert take_in(again, source).changes.get().state == "rejected"
        take_in(told(price="2", price_breaks=[*after, ["2000", "0.1"]]), source)
        holds.accept(Change.objects.held(), by=UserFactory())
        assert [each["minimum"] for each in item().price_breaks or []][-1] == 2000
        assert PriceHistory.objects.filter(supplier_item=item()).count() == 1


def test_breaks_that_appear_vanish_or_are_for_other_quantities_are_said(source):
    some, others = [["10", "1.8"], ["100", "1.7"]], [["12", "1.8"], ["100", "1.7"]]
    cheaper = [["10", "1.79"], ["100", "1.69"]]
    before = {sku: told(sku, price_breaks=some) for sku in ("A", "C", "D", "E")} | {"B": told("B")}
    after = {"A": told("A"), "B": told("B", price_breaks=some), "C": told("C", price_breaks=others)}
    after |= {"D": told("D", price_breaks=some), "E": told("E", price_breaks=cheaper)}
    take_in({sku: said for each in before.values() for sku, said in each.items()}, source)
    run = take_in({sku: said for each in after.values() for sku, said in each.items()}, source)
    assert (run.status, run.held_items) == ("partial_success", 0)
    assert run.summary["guards"] == [
        "1 item has price breaks now.",
        "1 item has no price breaks any more.",
        "1 item has price breaks for other quantities than before.",
    ]


def test_a_fact_changed_by_hand_stays_until_the_supplier_changes_it(source):
    by = UserFactory()
    take_in(told(**FACTS), source)
    edit_item(item(), {"brand": "By hand", "per_quantity": 2, "minimum_order": Decimal(5)}, by=by)
    take_in(told(**FACTS), source)
    assert (item().brand, item().per_quantity, item().minimum_order) == ("By hand", 2, 5)
    assert {each.column: each.listed for each in edited_fields(item())} == {
        "brand": "Acme", "per_quantity": 1, "minimum_order": 24,
    }  # fmt: skip
    take_in(told(**{**FACTS, "brand": "New"}), source)
    assert (item().brand, item().minimum_order) == ("New", 5)
    follow_list(item(), ["minimum_order", "per_quantity"], by=by)
    assert (item().minimum_order, item().per_quantity, item().listed) == (24, 1, None)


@pytest.mark.parametrize(
    "values",
    [
        {"barcode": "04006381333932"}, {"per_quantity": 0}, {"country": "Germany"}, {"tax_rate": Decimal(101)},
        {"price_breaks": [{"minimum": 10}]}, {"price_breaks": "cheap"}, {"link": "javascript:alert(1)"},
    ],
    ids=str,
)  # fmt: skip
def test_what_no_item_can_have_is_not_set_by_hand(source, values):
    take_in(told(), source)
    with pytest.raises(ValidationError):
        edit_item(item(), values, by=UserFactory())


@pytest.mark.parametrize(
    "values",
    [{"barcode": "12"}, {"per_quantity": 0}, {"country": "de"}, {"tax_rate": 101}, {"minimum_order": 0}],
    ids=str,
)
def test_the_database_refuses_it_too(source, values):
    take_in(told(), source)
    with pytest.raises(IntegrityError), transaction.atomic():
        SupplierItem.objects.update(**values)


def test_a_dry_run_keeps_the_facts_of_what_it_would_make(source):
    run = take_in(told(**FACTS), source, dry_run=True)
    new = run.changes.get().new
    assert (new["brand"], new["price_breaks"], new["per_quantity"]) == ("Acme", BREAKS, 1)
    assert not SupplierItem.objects.exists()


def test_a_removed_item_comes_back_with_its_facts(source):
    run = take_in(told(per=10, **FACTS), source)
    gone = undo(run, by=None)
    assert not SupplierItem.objects.exists()
    undo(IngestionRun.objects.get(pk=gone.pk), by=None)
    assert facts_of(item()) == KEPT
    assert item().per_quantity == 10


def test_the_same_row_with_another_fact_is_no_repetition(source):
    rows = [{"sku": "A", "price": "2", "facts": {"brand": brand}} for brand in ("Acme", "Acme", "Other")]
    run = queued(rows, source)
    run_ingestion(run)
    assert (run.successful_rows, run.failed_rows) == (1, 1)
