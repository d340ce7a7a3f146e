import pytest

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.records import ListRefused
from ingestion.pricegrid.rows.taken import TakenRows
from ingestion.pricegrid.values.dates import newest_date
from tests.ingestion.pricegrid.grids import grid_of, items_of, reading_of


def tab(name: str, *codes: str, head: str = "Price", price: float = 1.5, state: str = "visible"):
    rows: list[list[Cell]] = [[code, f"Product {code}", price + place] for place, code in enumerate(codes)]
    return grid_of([["Code", "Name", head], *rows], name=name, state=state)


def chosen(*grids, **hints) -> list[str | None]:
    return [sheet.name for sheet in reading_of(*grids, **hints).sheets if sheet.chosen]


def test_a_list_for_each_category_is_read_and_names_it():
    items = items_of(tab("Fruit", "A-1", "A-2"), tab("Vegetables", "B-1", "B-2"))
    assert [item.category_path for item in items] == [("Fruit",), ("Fruit",), ("Vegetables",), ("Vegetables",)]


def test_sheet_1_and_sheet_2_are_no_categories():
    assert {item.category_path for item in items_of(tab("Sheet1", "A-1", "A-2"), tab("Sheet2", "B-1", "B-2"))} == {()}


def test_of_versions_the_newest():
    assert chosen(tab("2022-01", "A", "B"), tab("2023-02", "A", "B"), tab("2022-11", "A", "B")) == ["2023-02"]
    assert chosen(tab("Prices March 2024", "A", "B"), tab("Prices May 2024", "A", "B")) == ["Prices May 2024"]


def test_of_versions_without_a_date_the_first():
    assert chosen(tab("New", "A", "B"), tab("Copy", "A", "B")) == ["New"]


def test_of_versions_the_suppliers_currency():
    sheets = tab("One", "A", "B", head="Price EUR"), tab("Two", "A", "B", head="Price USD")
    assert chosen(*sheets, default_currency="USD") == ["Two"]


def test_hidden_sheets_and_instructions_are_no_lists():
    sheets = tab("Old", "X", "Y", state="hidden"), tab("Prices", "A", "B"), grid_of([["Call us"]], name="Contacts")
    assert chosen(*sheets) == ["Prices"]


def test_a_sheet_that_is_named_wins():
    assert chosen(tab("2022", "A", "B"), tab("2023", "A", "B"), sheet_name=("2022",)) == ["2022"]


def test_a_sheet_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(ListRefused, match="2022"):
        reading_of(tab("2022", "A", "B"), sheet_name=("2021",))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Цены с 1 апреля 2022 года", (2022, 4, 1)),
        ("price_2023_05", (2023, 5, 0)),
        ("Preise 202305", (2023, 5, 0)),
        ("Code 202399", (0, 0, 0)),
        ("12/31/2023", (2023, 12, 31)),
        ("price_2023-05-17", (2023, 5, 17)),
        ("Preisliste 01.02.24", (2024, 2, 1)),
        ("Stand März 2021", (2021, 3, 0)),
        ("Tarif 2020", (2020, 0, 0)),
        ("Price list", (0, 0, 0)),
    ],
)
def test_dates_in_names(text, day):
    assert newest_date([text]) == day


class TestRefusals:
    @pytest.mark.parametrize(
        "cells",
        [
            [],
            [["a", "b"], ["1", "ha"], ["3", "4"]],
            [["PostCode", "Street", "X", "Y"], ["AB1", "High St", 123.5, 456.7], ["AB2", "Low St", 124.5, 457.7]],
            [["Brand", "Price"], ["Acme", 10.5], ["Acme", 11.5], ["Acme", 12.5]],
        ],
    )
    def test_what_is_no_price_list(self, cells):
        with pytest.raises(ListRefused):
            reading_of(cells)

    def test_a_price_column_without_a_price(self):
        with pytest.raises(ListRefused, match="column C"):
            reading_of([["Code", "Name", "Price"], ["A-1", "Drill", "call"], ["A-2", "Saw", "call"]])

    def test_a_header_and_no_items_is_nothing_that_settings_could_mend(self):
        with pytest.raises(ListRefused, match="nothing below it") as refused:
            reading_of([["Code", "Name", "Price"]])
        assert not refused.value.answerable


def test_a_list_without_prices_is_a_stock_list():
    reading = reading_of([["Code", "Name", "Stock"], ["A-1", "Drill", 10], ["A-2", "Saw", 0]])
    assert reading.mode == "stock"
    assert [(item.price, item.stock.quantity) for item in reading] == [(None, 10), (None, 0)]


def test_a_list_without_names_updates_prices():
    reading = reading_of([["Code", "Price"], ["A-1", "10.50"], ["A-2", "12"]])
    assert reading.mode == "prices"
    assert [item.supplier_sku for item in reading] == ["A-1", "A-2"]


def priced(name: str, items: dict[str, float], *, head: str = "Price EUR"):
    return grid_of([["Name", head], *([item, price] for item, price in items.items())], name=name)


VALVES = {f"Valve {at}": 10.5 + at for at in range(6)}
HEADS = {f"Head {at}": 22.25 + at for at in range(4)}


def test_a_sheet_that_repeats_items_of_another_keeps_its_own():
    reading = reading_of(priced("Valves", VALVES), priced("Brand", {**dict(list(VALVES.items())[:5]), **HEADS}))
    assert [sheet.chosen for sheet in reading.sheets] == [True, True]
    taken = TakenRows(reading, needs_currency=False)
    assert [item.name for item in taken] == [*VALVES, *HEADS]
    assert taken.skipped["duplicate"] == 5


def test_a_sheet_that_says_nothing_of_its_own_is_not_read():
    reading = reading_of(priced("Valves", VALVES), priced("Copy 2", dict(list(VALVES.items())[:3])))
    assert [sheet.chosen for sheet in reading.sheets] == [True, False]
    assert (reading.notes, reading.sheets[0].doubts) == ([], [])


def test_other_prices_make_a_version_and_its_other_items_a_question():
    dearer = {name: price * 1.2 for name, price in VALVES.items()}
    reading = reading_of(priced("One", VALVES), priced("Two", {**dearer, **HEADS}))
    assert [sheet.chosen for sheet in reading.sheets] == [True, False]
    assert [doubt.code for doubt in reading.sheets[0].doubts] == ["list.sheet_with_other_items"]
    assert reading.sheets[0].doubts[0].params["count"] == 4


@pytest.mark.parametrize(("new", "old"), [("May 2026", "March 2026"), ("Prices", "Archive")])
def test_of_an_older_version_it_is_only_noted(new: str, old: str):
    dearer = {name: price * 1.2 for name, price in VALVES.items()}
    reading = reading_of(priced(new, dearer), priced(old, {**VALVES, **HEADS}))
    assert [sheet.chosen for sheet in reading.sheets] == [True, False]
    assert (reading.sheets[0].doubts, [note.code for note in reading.notes]) == ([], ["list.sheet_left_out"])


def test_a_sheet_that_may_be_a_list_but_is_not_understood_is_asked_about():
    amounts = [[f"Box {at}", 7.25 + at, 1.25 + at] for at in range(6)]
    unknown = grid_of([["Name", "Zzyx", "Wqrt"], *amounts], name="Boxes")
    reading = reading_of(priced("Valves", VALVES), unknown)
    assert [doubt.code for doubt in reading.sheets[0].doubts] == ["list.another_sheet"]
    assert not reading_of(priced("Valves", VALVES), unknown, sheet_name=("Valves",)).sheets[0].doubts


def test_a_sheet_whose_code_column_is_empty_is_read_with_derived_codes():
    pumps = [["Code", "Name", "Price"], *([None, f"Pump {at}", 100.5 + at] for at in range(3))]
    items = items_of(tab("Boilers", "B-1", "B-2", "B-3", "B-4"), grid_of(pumps, name="Pumps"))
    assert [item.sku_is_derived for item in items] == [False] * 4 + [True] * 3
