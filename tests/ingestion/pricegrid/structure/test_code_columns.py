"""Which column holds the codes: one odd code changes nothing, and codes are never silently made up instead."""

from __future__ import annotations

from typing import Any

import pytest

from ingestion.pricegrid.cells.grid import Style
from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.problems import lists
from tests.ingestion.pricegrid.grids import grid_of, items_of, reading_of

ROWS = 24


def list_of(header: str, codes: list[Any], more: dict[str, list[Any]] | None = None) -> list[list[Any]]:
    further = more or {}
    rows = zip(codes, *further.values(), strict=True)
    return [
        [header, *further, "Name", "Price EUR"],
        *([*cells, f"Garden chair of kind {at}", 10 + at / 4] for at, cells in enumerate(rows)),
    ]


def numbered(pattern: str) -> list[Any]:
    return [pattern.format(at) for at in range(10, 10 + ROWS)]


@pytest.mark.parametrize("header", ["Item no", "No.", "Article", "SKU", "Nr.", "Артикул", "Code"])
@pytest.mark.parametrize(
    "odd", ["PX\u00a0117", "PX\u2011117", "РХ-117", "ＰＸ－１１７", "'PX-117", '="PX-117"', "px 117 b"]
)
def test_one_odd_code_does_not_make_a_column_vanish(header: str, odd: str) -> None:
    codes = numbered("PX-{}")
    codes[7] = odd
    found = [item.supplier_sku for item in items_of(list_of(header, codes))]
    assert found[:7] + found[8:] == codes[:7] + codes[8:]
    assert not found[7].startswith("~")


def test_codes_that_read_like_dates_are_asked_about() -> None:
    reading = reading_of(list_of("Article", [f"{at}-05-2026" for at in range(1, 1 + ROWS)]))
    assert lists.CODES_LEFT.code in {doubt.code for doubt in reading.sheets[0].doubts}


def test_line_numbers_are_no_codes_that_were_left() -> None:
    reading = reading_of(list_of("No.", list(range(1, ROWS + 1))))
    assert not reading.sheets[0].doubts


@pytest.mark.parametrize("header", ["ISBN", "EAN", "Barcode", "ISBN-13"])
def test_an_international_number_is_the_code_where_there_is_no_other(header: str) -> None:
    codes = numbered("978-5-00{}-001-1")
    assert [item.supplier_sku for item in items_of(list_of(header, codes))] == codes


def test_an_international_number_beside_codes_is_none() -> None:
    items = items_of(list_of("SKU", numbered("A{}"), {"ISBN": numbered("'978500{}0011")}))
    assert items[0].supplier_sku == "A10"
    assert items[0].characteristics["ISBN"] == "978500100011"


def test_of_two_numbers_of_a_database_the_one_with_letters_is_the_code() -> None:
    items = items_of(list_of("ProductID", list(range(52710, 52710 + ROWS)), {"IdProd": numbered("PS4SW{}X")}))
    assert items[0].supplier_sku == "PS4SW10X"


def test_codes_are_read_as_the_number_format_shows_them() -> None:
    values = [90 + at / 8 for at in range(ROWS)]
    styles = {(row, 1): Style(number_format="0.000") for row in range(2, ROWS + 2)}
    items = items_of(grid_of(list_of("Article", values), styles=styles))
    assert [item.supplier_sku for item in items[:3]] == ["90.000", "90.125", "90.250"]


@pytest.mark.parametrize("header", ["Category", "Type", "Группа"])
def test_a_column_with_a_different_value_in_each_row_is_no_category(header: str) -> None:
    values = [f"Kind {chr(97 + at)} of goods" for at in range(ROWS)]
    reading = reading_of(list_of("SKU", numbered("A{}"), {header: values}))
    assert Field.CATEGORY not in {guess.field for guess in reading.sheets[0].columns}


def test_a_few_rows_may_each_be_of_another_category() -> None:
    cells = [["SKU", "Category", "Name", "Price"], ["A1", "Tools", "Saw", 4.5], ["A2", "Garden", "Hose", 8.5]]
    assert [item.category_path for item in items_of(cells)] == [("Tools",), ("Garden",)]


def test_sheets_whose_codes_are_written_differently_are_versions_of_one_list() -> None:
    one = grid_of(list_of("SKU", numbered("ab-{}")), name="Prices 01.05.2026")
    other = grid_of(list_of("SKU", numbered("АВ {}")), name="Prices 01.06.2026")
    assert [sheet.chosen for sheet in reading_of(one, other).sheets] == [False, True]


def test_a_barcode_is_the_code_before_numbers_of_which_nothing_is_known() -> None:
    barcodes = [f"{number}{-sum(int(d) * (1, 3)[at % 2] for at, d in enumerate(str(number))) % 10}"
                for number in range(400638133300, 400638133300 + ROWS)]  # fmt: skip
    items = items_of(list_of("EAN", barcodes, {"Xyz": list(range(3100, 3100 + 37 * ROWS, 37))}))
    assert [item.supplier_sku for item in items] == barcodes


@pytest.mark.parametrize("values", [list(range(1980, 1980 + ROWS)), [f"{at}.{at * 7 + 100},00" for at in range(1, 25)]])
def test_neither_years_nor_sums_are_codes(values: list[Any]) -> None:
    reading = reading_of(list_of("Xyz", values))
    assert Field.SUPPLIER_SKU not in {guess.field for guess in reading.sheets[0].columns}


def test_codes_below_a_word_for_kinds_are_no_categories_though_a_header_stands_among_them() -> None:
    header = ["Art.", "Bezeichnung", "Preis EUR"]
    pages = [[[f"S{page}{at}", f"Schraube {page}{at}", 1.5 + at] for at in range(8)] for page in (1, 2)]
    items = items_of([header, *pages[0], ["Übertrag", None, 44], header, ["Übertrag", None, 44], *pages[1]])
    assert [(item.supplier_sku, item.category_path) for item in items[7:9]] == [("S17", ()), ("S20", ())]
