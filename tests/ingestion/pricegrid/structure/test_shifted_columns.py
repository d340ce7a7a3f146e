"""Columns that change on the way without a header: the rows from there on are errors, never believed."""

from __future__ import annotations

import pytest

from ingestion.pricegrid.cells.grid import Cell
from tests.ingestion.pricegrid.grids import Rows, errors_of, items_of

Cells = list[list[Cell]]


def changed(rows: Rows) -> tuple[list[int], list[int]]:
    return [item.row_number for item in items_of(rows)], [error.row_number or 0 for error in errors_of(rows)]


def test_a_price_one_column_further_right() -> None:
    above: Cells = [["Bag", 7711 + at, 65 + at] for at in range(5)]
    below: Cells = [["File", "Dove", 2 + at, 8.5 + at] for at in range(3)]
    assert changed([["Name", None, "Price"], *above, *below]) == ([2, 3, 4, 5, 6], [7, 8, 9])


def test_in_a_list_with_codes_too() -> None:
    above: Cells = [[f"A-{at}", f"Bag {at}", 65.5 + at] for at in range(5)]
    below: Cells = [[f"B-{at}", f"File {at}", 2 + at, 18.5 + at] for at in range(3)]
    assert changed([["Code", "Name", "Price"], *above, *below]) == ([2, 3, 4, 5, 6], [7, 8, 9])


def test_prices_among_the_names() -> None:
    above: Cells = [[f"A-{at}", f"Bag {at}", 65.5 + at, 3] for at in range(5)]
    below: Cells = [[f"File {at}", 18.5 + at, 7] for at in range(3)]
    assert changed([["Code", "Name", "Price", "Stock"], *above, *below]) == ([2, 3, 4, 5, 6], [7, 8, 9])


@pytest.mark.parametrize("header", ["Discount", None])
def test_notes_beside_the_last_items_are_none(header: str | None) -> None:
    above: Cells = [[f"A-{at}", f"Bag {at}", 65.5 + at] for at in range(5)]
    below: Cells = [[f"B-{at}", f"File {at}", 60.5 + at, 10] for at in range(3)]
    assert changed([["Code", "Name", "Price", header], *above, *below])[1] == []


def test_names_that_are_numbers_are_names() -> None:
    above: Cells = [[f"A-{at}", f"Filter {at}", 65.5 + at, 3] for at in range(5)]
    below: Cells = [[f"B-{at}", 6205 + at, 18.5 + at, 7] for at in range(3)]
    assert changed([["Code", "Name", "Price", "Stock"], *above, *below])[1] == []


def test_whole_numbers_in_place_of_the_prices() -> None:
    above: Cells = [["A", "Bag", 65.5 + at] for at in range(5)]
    below: Cells = [["B", "File", 30 + at, 58.5 + at] for at in range(3)]
    assert changed([["Brand", "Name", "Price"], *above, *below]) == ([2, 3, 4, 5, 6], [7, 8, 9])


def test_prices_and_stock_that_trade_places() -> None:
    above: Cells = [[f"A-{at}", f"Bag {at}", 65.5 + at, 3] for at in range(5)]
    below: Cells = [[f"B-{at}", f"File {at}", 7, 18.5 + at] for at in range(3)]
    assert changed([["Code", "Name", "Price", "Stock"], *above, *below]) == ([2, 3, 4, 5, 6], [7, 8, 9])


def test_rows_in_the_middle_without_their_codes() -> None:
    plain: Cells = [[f"A-{at}", f"Bag {at}", 65.5 + at, 3] for at in range(5)]
    shifted: Cells = [[f"Small file {at}", 18.5 + at, 7] for at in range(2)]
    again: Cells = [[f"C-{at}", f"Cup {at}", 9.5 + at, 8] for at in range(3)]
    rows = [["Code", "Name", "Price", "Stock"], *plain, *shifted, *again]
    assert changed(rows) == ([2, 3, 4, 5, 6, 9, 10, 11], [7, 8])
