"""Tables side by side on one sheet."""

from collections.abc import Sequence
from decimal import Decimal

from ingestion.pricegrid.cells.grid import Cell
from tests.ingestion.pricegrid.grids import Rows, errors_of, items_of, reading_of

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


def names_and_prices(rows: Rows) -> dict[str, float]:
    return {item.name: float(item.price or 0) for item in items_of(rows)}


GOODS = {"Pen": 1.5, "Pad": 2.5, "Cup": 3.5, "Jug": 4.5, "Box": 5.5, "Bag": 6.5, "Mat": 7.5, "Net": 8.5}


def pairs(start: int) -> list[Cell]:
    return [cell for pair in list(GOODS.items())[start : start + 2] for cell in pair]


def test_headers_in_an_unknown_language() -> None:
    rows = [["Qaxu", "Wrtz"] * 2, *map(pairs, range(0, 8, 2))]
    assert names_and_prices(rows) == GOODS


def test_sizes_as_names_under_unknown_words() -> None:
    rows = [["Qaxu", "Wrtz"] * 2, *([f"{at}60g", 100 + at, f"Kita {at}a", 200 + at] for at in range(1, 7))]
    assert len(names_and_prices(rows)) == 12


def test_prices_that_repeat_below_one_name_are_one_table() -> None:
    rows = [[None, "Unit", "Price", "Unit", "Price"], *([f"Item {at}", "pc", 2 + at, "box", 9 + at] for at in range(5))]
    assert {item.row_number for item in items_of(rows)} == {2, 3, 4, 5, 6}
    assert len(items_of(rows)) == 5


BELOW = [None, "Name", "Price", "Name", "Price"]


def test_a_block_below_in_other_columns_is_read_anew() -> None:
    rows = [["Name", "Price"] * 2, pairs(0), pairs(2), ["More"], BELOW, [None, *pairs(4)], [None, *pairs(6)]]
    assert names_and_prices(rows) == GOODS
    assert [note.params for note in reading_of(rows).notes] == [{"row": 5}]


def test_tables_side_by_side_below_a_single_one() -> None:
    above = [[f"Saw {at}", "steel", 20.5 + at] for at in range(4)]
    rows = [["Name", "Material", "Price"], *above, [], BELOW, [None, *pairs(0)], [None, *pairs(2)]]
    expected = {str(name): float(str(price)) for name, _, price in above} | dict(list(GOODS.items())[:4])
    assert names_and_prices(rows) == expected


def test_a_block_below_that_is_not_understood_is_a_question() -> None:
    below = [[None, "Pen", "soon", "Pad", "later"], [None, "Cup", "soon", "Jug", "later"]]
    (sheet,) = reading_of([["Name", "Price"] * 2, pairs(0), pairs(2), BELOW, *below]).sheets
    assert [doubt.code for doubt in sheet.doubts] == ["list.another_below"]


def test_a_header_below_with_name_and_code_the_other_way_round() -> None:
    above = [[f"A-{at}", f"Saw {at}", 20.5 + at] for at in range(4)]
    below = [[f"Axe {at}", f"B-{at}", 30.5 + at] for at in range(4)]
    items = items_of([["Code", "Name", "Price"], *above, ["Name", "Code", "Price"], *below])
    assert [(item.supplier_sku, item.name) for item in items[4:]] == [(f"B-{at}", f"Axe {at}") for at in range(4)]
