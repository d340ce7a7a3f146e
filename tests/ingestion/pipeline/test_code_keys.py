"""Codes that are written differently next week, through the whole pipeline: the same items."""

from __future__ import annotations

import io

import pytest

from catalog.models import PriceHistory, SupplierItem
from ingestion.actions.undo import undo
from ingestion.lists.storage import store
from ingestion.models import Change, IngestionRun
from ingestion.pipeline.attempt import run_ingestion
from ingestion.runs.creation import create_run
from suppliers.models import PriceListSource
from tests.factories import SourceFactory
from tests.ingestion.actions.lists import prices, take_in

pytestmark = pytest.mark.django_db(transaction=True)
of_rows = pytest.mark.usefixtures("test_parsers")
CODES = [f"KM-{number:03d}" for number in range(1, 13)]
FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


@of_rows
@pytest.mark.parametrize(
    "other",
    [
        "KM {}".format,
        "KM\u00a0{}".format,
        "KM\u2011{}".format,
        "KM{}".format,
        "km-{}".format,
        "КМ-{}".format,
        lambda number: f"KM-{number}".translate(FULL_WIDTH),
    ],
    ids=["blank", "no-break blank", "no-break hyphen", "bare", "small", "Cyrillic", "full width"],
)
def test_the_same_code_written_otherwise_is_the_same_item(other):
    source = SourceFactory()
    take_in(dict.fromkeys(CODES, "10"), source)
    ids = dict(SupplierItem.objects.values_list("sku_key", "id"))
    written = [other(code.removeprefix("KM-")) for code in CODES]
    run = take_in(dict.fromkeys(written, "11"), source)
    assert (run.new_items, run.changed_items, run.missing_items) == (0, 12, 0)
    assert dict(SupplierItem.objects.values_list("sku_key", "id")) == ids
    assert prices() == dict.fromkeys(sorted(written), "11")
    assert PriceHistory.objects.count() == 24
    change = run.changes.order_by("id").first()
    assert (change.old["supplier_sku"], change.new["supplier_sku"]) == (CODES[0], written[0])


@of_rows
def test_a_code_that_is_only_written_otherwise_is_on_record_and_can_be_taken_back():
    source = SourceFactory()
    take_in({"KM-1": "10", "KM-2": "10"}, source)
    run = take_in({"km 1": "10", "KM-2": "10"}, source)
    assert (run.new_items, run.changed_items, run.unchanged_items) == (0, 1, 1)
    assert run.changes.get().kind == Change.Kind.DETAILS
    undo(run, by=None)
    assert prices() == {"KM-1": "10", "KM-2": "10"}


@of_rows
def test_leading_zeros_make_another_code():
    source = SourceFactory()
    take_in({"001": "10"}, source)
    assert take_in({"1": "10"}, source).new_items == 1


@of_rows
def test_two_rows_with_one_key_are_the_same_code_twice():
    rows = {"KM-1": {"price": "10", "name": "Pump"}, "KM 1": {"price": "10", "name": "Pump"}, "КМ-1": "12"}
    run = take_in(rows, SourceFactory())
    assert (run.new_items, run.skipped_rows, run.failed_rows) == (1, 1, 1)
    assert prices() == {"KM-1": "10"}


@of_rows
def test_a_list_of_prices_knows_a_code_however_it_is_written():
    source = SourceFactory()
    take_in({"KM-1": "10"}, source)
    run = take_in({"КМ 1": "11"}, source, mode="prices")
    assert (run.changed_items, run.failed_rows) == (1, 0)
    assert prices() == {"KM-1": "11"}  # only a full list says how a code is written


@of_rows
def test_an_item_whose_row_failed_is_not_missing_however_its_code_is_written():
    source = SourceFactory()
    take_in({"KM-1": "10", "KM-2": "10"}, source)
    run = take_in(
        {"KM-2": "10", "": {"error": "There is no price.", "raw": {"Code": '="km 1"', "Name": "Pump"}}}, source
    )
    assert run.missing_items == 0


@pytest.mark.parametrize("pattern", ['="{}"', '"=""{}"""', "'{}", "\u00a0{}", "{}\u200b"])
def test_codes_marked_as_texts_are_those_of_the_week_before(pattern):
    source = SourceFactory()
    codes = [f"{number:05d}" for number in range(1, 13)]
    assert file_taken_in(codes, "10.00", source).new_items == 12
    run = file_taken_in([pattern.format(code) for code in codes], "11.00", source)
    assert (run.new_items, run.changed_items, run.missing_items, run.failed_rows) == (0, 12, 0, 0)
    assert prices() == dict.fromkeys(codes, "11")


def file_taken_in(codes: list[str], price: str, source: PriceListSource) -> IngestionRun:
    """A CSV file with a column of such cells."""
    rows = (f"{code};Garden chair of kind {at};{price};3" for at, code in enumerate(codes))
    file = io.BytesIO("\n".join(["SKU;Name;Price EUR;Stock", *rows]).encode())
    stored = store(file, "week.csv", supplier=source.supplier, source=source, by=None, at=source.created_at)
    run = create_run(price_list=stored)
    run_ingestion(run)
    return run
