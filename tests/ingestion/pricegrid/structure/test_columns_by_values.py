"""What values alone say of columns, and how surely."""

from __future__ import annotations

from collections.abc import Sequence

from ingestion.pricegrid.cells.grid import Cell, Style
from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.verdict import USUAL_CONFIDENCE, Bars, VerdictKind, verdict_of
from tests.ingestion.pricegrid.grids import Grid, grid_of, items_of, reading_of

COUNT = 12


def fields(rows: Grid | Sequence[Sequence[Cell]]) -> dict[str, str]:
    return {guess.letter: guess.field for guess in reading_of(rows).sheets[0].columns}


def questions(rows: Grid | Sequence[Sequence[Cell]]) -> list[str]:
    verdict = verdict_of(Bars(USUAL_CONFIDENCE), sheets=reading_of(rows).sheets)
    return [question.code for question in verdict.questions]


def test_amounts_that_a_known_header_leaves_out_are_asked_about() -> None:
    rows: list[list[Cell]] = [["Code", "Name", "Unit", None]]
    rows += [[f"A-{i}", f"Drill of {i * 10} mm", "pcs", 1.37 * i] for i in range(1, COUNT)]
    assert questions(rows) == ["list.unsure_column"]
    assert questions([*rows[:1], *([*row[:3], f"{row[3]:.2f} EUR"] for row in rows[1:])]) == []


def test_of_two_columns_of_amounts_without_a_header_none_is_surely_the_price() -> None:
    rows: list[list[Cell]] = [[f"Phone {i} black", f"{i}.51", f"{10 + i // 2} 700"] for i in range(1, COUNT)]
    assert questions(rows) == ["list.unsure_column"]


def test_of_two_columns_like_names_none_is_surely_the_name() -> None:
    rows: list[list[Cell]] = [
        [f"AB-{i:04}", f"Sofa {i} grey", f"Soft and wide, {i} seats", f"{i}.50 EUR"] for i in range(1, COUNT)
    ]
    assert questions(rows) == ["list.unsure_column"]
    assert questions([[row[0], row[1], "Sofas", row[3]] for row in rows]) == []


def test_codes_beside_prices_alone_are_no_names() -> None:
    rows: list[list[Cell]] = [[f"AB-{i:04}", f"{i}.50 EUR"] for i in range(1, COUNT)]
    found = fields(rows)
    assert (found["A"], found["B"]) == (Field.SUPPLIER_SKU, Field.PRICE)
    assert reading_of(rows).sheets[0].mode == "prices"


def test_numbers_that_are_written_with_zeros_before_them_are_codes() -> None:
    rows: list[list[Cell]] = [[7 * i, f"Cable of {i * 10} m", 20.25 * i] for i in range(1, COUNT)]
    styles = {(row, 1): Style(number_format="00000") for row in range(1, COUNT)}
    items = items_of(grid_of(rows, styles=styles))
    assert [item.supplier_sku for item in items][:2] == ["00007", "00014"]
    assert fields(grid_of(rows))["A"] != Field.SUPPLIER_SKU


def test_codes_that_repeat_are_not_replaced_silently() -> None:
    rows: list[list[Cell]] = [[f"K-{(i + 1) // 2}", f"Bolt of {i} mm", 40 + i % 2, i + 0.25] for i in range(1, COUNT)]
    assert questions(rows) == ["list.codes_left"]


def test_ranks_are_never_the_price_beside_one() -> None:
    rows: list[list[Cell]] = [["Code", "Name", "WSP (1 = best)", "WSP"]]
    rows += [[f"A-{i}", f"Drill of {i * 10} mm", 1 + i * 5 % COUNT, 20.5 + i] for i in range(COUNT)]
    found = fields(rows)
    assert (found["C"] == Field.PRICE, found["D"]) == (False, Field.PRICE)
    assert verdict_of(Bars(USUAL_CONFIDENCE), sheets=reading_of(rows).sheets).kind is VerdictKind.STORED


def test_an_item_that_holds_words_of_headers_is_none() -> None:
    rows: list[list[Cell]] = [[f"Zqwrtx{column}" for column in range(5)]]
    rows += [[f"FI-{i}", f"Cable {i}x1", "pcs", "on request" if i < 4 else 79.5 * i, "in stock"] for i in range(1, 25)]
    assert reading_of(rows).sheets[0].header_rows == []
    assert [item.price for item in items_of(rows)][:1] == [318]
