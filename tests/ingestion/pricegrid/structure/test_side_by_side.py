"""Tables side by side on one sheet."""

from collections.abc import Sequence
from decimal import Decimal

from ingestion.pricegrid.cells.grid import Cell
from tests.ingestion.pricegrid.grids import errors_of, items_of, reading_of

HEADER: Sequence[Cell] = ["Name", "Price, EUR", None, "Name", "Price, EUR"]
ROWS: list[Sequence[Cell]] = [
    ["Honey cake", 10.5, None, "Apple pie", 7.25],
    ["Poppy cake", 11, None, "Plum pie", 8],
    [None, None, None, "Pear pie", 9],
]


def test_both_tables_are_read_in_the_order_of_the_rows() -> None:
    assert [(item.row_number, item.name, item.price) for item in items_of([HEADER, *ROWS])] == [
        (2, "Honey cake", Decimal("10.5")),
        (2, "Apple pie", Decimal("7.25")),
        (3, "Poppy cake", Decimal(11)),
        (3, "Plum pie", Decimal(8)),
        (4, "Pear pie", Decimal(9)),
    ]
    assert errors_of([HEADER, *ROWS]) == []


def test_columns_of_both_are_shown() -> None:
    (sheet,) = reading_of([HEADER, *ROWS]).sheets
    assert {guess.letter: guess.field for guess in sheet.columns if guess.field != "ignore"} == {
        "A": "name", "B": "price", "D": "name", "E": "price",
    }  # fmt: skip


def test_a_letter_counts_for_its_own_table_only() -> None:
    assert len(items_of([HEADER, *ROWS], column_mapping={"A": "name", "B": "price"})) == 5


def test_a_table_that_is_not_understood_is_a_question() -> None:
    rows: list[Sequence[Cell]] = [
        ["Honey cake", 10.5, None, "Apple pie", "soon"],
        ["Poppy cake", 11, None, "Plum pie", "later"],
    ]
    (sheet,) = reading_of([HEADER, *rows]).sheets
    assert "from column D on" in str(sheet.doubts[0])


def test_a_title_that_repeats_over_prices_is_one_table() -> None:
    header = ["Code", "Name", "Price", "Discount", "Price", "Discount"]
    rows: list[Sequence[Cell]] = [header, ["A1", "Bolt", 2, 5, 1, 9], ["A2", "Nut", 3, 5, 2, 9]]
    (sheet,) = reading_of(rows).sheets
    assert not any("stands beside" in str(doubt) for doubt in sheet.doubts)
