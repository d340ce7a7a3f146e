"""Each value of an item is traced to the list, the row and the column that say it now."""

import pytest
from django.utils import timezone

from catalog.models import SupplierItem
from ingestion.actions.edits_by_hand import edit_item
from ingestion.actions.undo import undo
from ingestion.models import IngestionRun
from ingestion.pipeline.attempt import run_ingestion
from ingestion.runs import creation
from ingestion.views.explain_item import explain_item
from suppliers.models import PriceListSource
from tests.factories import SourceFactory
from tests.ingestion.views.lists import stored

pytestmark = pytest.mark.django_db(transaction=True)
HEADER = "Code;Name;Brand;EAN;Weight kg;MOQ;Price EUR excl. VAT;from 10;RRP EUR;Colour"


def text(weight: str = "0,5", colour: str = "red") -> str:
    rows = [
        f"K-{n};Pipe clamp {n + 8};Acme;4006381333931;{weight};2;{n},40;{n},10;{n},95;{colour}" for n in range(1, 9)
    ]
    return "\n".join([HEADER, *rows])


def take_in(source: PriceListSource, content: str) -> IngestionRun:
    run = creation.create_run(price_list=stored(content, source), force=True, is_confirmed=True)
    run_ingestion(run)
    return run


@pytest.fixture
def source():
    return SourceFactory(supplier__default_currency="EUR")


def found(code: str = "K-3"):
    item = SupplierItem.objects.get(supplier_sku=code)
    return {each.name: each for each in explain_item(item)}


def letters(value) -> str:
    return "".join(column.letter for column in value.columns)


def test_a_new_item_is_explained_down_to_its_columns(source):
    run = take_in(source, text())
    values = found()
    assert {each.said_in for each in values.values()} == {(run, "", 4)}
    expected = {"brand": "C", "barcode": "D", "weight": "E", "minimum_order": "F", "current_price": "G", "Colour": "J"}
    assert {name: letters(values[name]) for name in expected} == expected
    assert letters(values["price_breaks"]) == "GH"
    assert "usual header" in values["brand"].rule
    assert "per_quantity" not in values
    assert (letters(values["tax_included"]), values["tax_included"].rule[:9]) == ("G", "No column")


def test_a_value_comes_from_the_newest_list_that_changed_it(source):
    first, second = take_in(source, text()), take_in(source, text(weight="0,6"))
    values = found()
    assert (values["brand"].said_in.run, values["weight"].said_in) == (first, (second, "", 4))
    undo(second, by=None, at=timezone.now())
    assert found()["weight"].said_in.run == first


def test_a_value_set_by_hand_says_so(source):
    take_in(source, text())
    edit_item(SupplierItem.objects.get(supplier_sku="K-3"), {"brand": "Borealis"}, by=None)
    values = found()
    assert "by hand" in values["brand"].rule
    assert letters(values["barcode"]) == "D"


def test_an_item_that_no_run_remembers_says_so(source):
    take_in(source, text())
    SupplierItem.objects.update(created_run_id=10**9)
    assert {each.rule for each in found().values()} == {"The run that brought it is not on record."}
