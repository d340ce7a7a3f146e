"""What stands beside a list is no trait of its items: it is asked about, or said."""

from __future__ import annotations

import pytest

from ingestion.pricegrid.cells.grid import Cell
from tests.ingestion.pricegrid.grids import Rows, items_of, reading_of

Cells = list[list[Cell]]
LIST: Cells = [[f"A-{at}", f"Pump {at}", 100.5 + at] for at in range(8)]
HEAD: list[Cell] = ["Code", "Name", "Price"]


def beside(*blocks: Rows, head: list[Cell] | None = None) -> Cells:
    rows: Cells = [[*cells, None, *(blocks[at] if at < len(blocks) else [])] for at, cells in enumerate(LIST)]
    return [[*HEAD, None, *(head or [])], *rows]


def said(rows: Rows) -> list[str]:
    reading = reading_of(rows)
    return [message.code for message in (*reading.sheets[0].doubts, *reading.notes)]


@pytest.mark.parametrize("count", [3, 8])
@pytest.mark.parametrize("head", [None, ["Product", "Price"]])
def test_another_table_is_asked_about(count: int, head: list[Cell] | None) -> None:
    rows = beside(*([f"Option {at}", 20.5 + at] for at in range(count)), head=head)
    assert said(rows) == ["list.may_stand_beside"]
    assert [(item.name, item.characteristics) for item in items_of(rows)] == [(f"Pump {at}", {}) for at in range(8)]


def test_a_calculator_is_only_noted() -> None:
    rows = beside(["USD", 95.2], ["EUR", 101.4])
    assert said(rows) == ["list.not_of_the_list"]
    assert {tuple(item.characteristics) for item in items_of(rows)} == {()}


def test_two_tables_without_a_header() -> None:
    assert said([[f"Cheese {at}", 10.5 + at, None, f"Bread {at}", 3.25 + at] for at in range(5)]) == [
        "list.may_stand_beside"
    ]


def test_remarks_and_columns_of_the_list_behind_a_gap_are_its_own() -> None:
    assert said(beside(*(["new"] for _ in range(4)))) == []
    assert said(beside(*(["steel", 3] for _ in range(8)), head=["Material", "Stock"])) == []


def test_what_people_have_said_counts() -> None:
    rows = beside(*([f"Option {at}", 20.5 + at] for at in range(8)))
    mapping = {"A": "supplier_sku", "B": "name", "C": "price"}
    assert reading_of(rows, column_mapping=mapping).sheets[0].doubts == []


@pytest.mark.parametrize("words", [["Product", "Price", "Item", "Cost"], ["Produkt", "Cena", "Towar", "Cena netto"]])
def test_a_second_table_in_other_words_without_a_gap(words: list[Cell]) -> None:
    rows: Rows = [words, *([f"Cheese {at}", 10.5 + at, f"Bread {at}", 3.25 + at] for at in range(5))]
    assert said(rows) == ["list.may_stand_beside"]
    assert [item.price for item in items_of(rows)] == [10.5, 11.5, 12.5, 13.5, 14.5]


@pytest.mark.parametrize(
    "words",
    [["Name", "Price", "Wholesale", "Name in English"], ["Name", "Price", "Old price", "Description"]],
)
def test_several_prices_and_names_of_one_list(words: list[Cell]) -> None:
    rows: Rows = [words, *([f"Cheese {at}", 10.5 + at, 8.25 + at, f"Fromage {at}"] for at in range(5))]
    assert "list.may_stand_beside" not in said(rows)
