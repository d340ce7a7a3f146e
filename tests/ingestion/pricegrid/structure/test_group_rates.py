"""Discounts by group: their table stands somewhere in the book, the groups in a column or in rows between the items."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.pricegrid.cells.grid import Style
from ingestion.pricegrid.problems import lists, notes, prices
from ingestion.pricegrid.structure.group_rates import group_rates
from tests.ingestion.pricegrid.grids import Rows, errors_of, grid_of, items_of, reading_of

HEAD = ["Art.-Nr.", "Bezeichnung", "Listenpreis EUR", "Rabattgruppe"]
ROWS: list[list[Any]] = [[f"{100 + n}-A", f"Ventil {n}", 10.0 * n, "AB"[n % 2]] for n in range(1, 7)]
RATES: list[list[Any]] = [["Rabattgruppe", "Ihr Rabatt %"], ["A", 35], ["B", 40]]


def netted(reading: Iterable[Any]) -> list[Decimal | None]:
    return [item.price for item in reading]


NET = [10 * n * (Decimal("0.60") if n % 2 else Decimal("0.65")) for n in range(1, 7)]


def doubts(*grids: Any) -> list[str]:
    return [doubt.code for sheet in reading_of(*grids).sheets for doubt in sheet.doubts]


@pytest.mark.parametrize(
    "rates",
    [
        RATES,
        [
            ["Terms"],
            [],
            ["Discount group", "What", "Discount"],
            ["A", "Valves", "35 %"],
            ["B", "Taps", "40%"],
        ],
        [["Rabattgruppe A", "35 %"], ["Rabattgruppe B", "40 %"]],
        [["Rabattgruppe A: 35 %"], ["Rabattgruppe B: 40 %"]],
        [["Discount groups: A = 35 %, B = 40 %"]],
        [["Ihre Rabatte"], ["A", "35 %"], ["B", "40 %"]],
        [["Group", "Discount"], ["A", 0.35], ["B", 0.4]],
        [["Код скидки", "Скидка, %"], ["A", 35], ["B", 40]],
        [["Groupe de remise", "Remise"], ["A", "35,0 %"], ["B", "40,0 %"]],
        [["Gruppo sconto", "Sconto %"], ["A", 35], ["B", 40]],
        [["Kortingsgroep", "Korting"], ["A", "35%"], ["B", "40%"]],
    ],
)
def test_a_table_of_groups_on_another_sheet(rates: Rows) -> None:
    reading = reading_of(grid_of([HEAD, *ROWS], name="Preise"), grid_of(rates, name="Other"))
    assert netted(reading) == NET
    assert [note.code for note in reading.notes] == [lists.GROUP_DISCOUNT_TAKEN.code]
    assert doubts(grid_of([HEAD, *ROWS], name="Preise"), grid_of(rates, name="Other")) == []


def test_per_cent_by_number_format() -> None:
    styles = {(row, 2): Style(number_format="0%") for row in (2, 3)}
    rates = grid_of([["Rabattgruppe", "Rabatt"], ["A", 0.35], ["B", 0.4]], name="Rabatte", styles=styles)
    assert netted(reading_of(grid_of([HEAD, *ROWS], name="Preise"), rates)) == NET


@pytest.mark.parametrize(
    "cells",
    [
        [*RATES, [], HEAD, *ROWS],
        [HEAD, *ROWS, [], *RATES],
        [[*HEAD, None, *RATES[0]], [*ROWS[0], None, *RATES[1]], [*ROWS[1], None, *RATES[2]], *ROWS[2:]],
        [["Rabattgruppen: A 35 %, B 40 %"], HEAD, *ROWS],
    ],
)
def test_around_the_list_itself(cells: Rows) -> None:
    assert netted(items_of(cells)) == NET
    assert doubts(cells) == []


def test_the_list_price_is_kept() -> None:
    items = items_of(grid_of([HEAD, *ROWS]), grid_of(RATES, name="Rabatte"))
    assert [item.characteristics["Listenpreis EUR"] for item in items] == [f"{10 * n}" for n in range(1, 7)]


def test_a_group_without_discount_is_an_error_one_of_none_a_note() -> None:
    rows = [*ROWS, *ROWS[:4], ["300-A", "Hahn", 70.0, "Z"], ["301-A", "Hahn 2", 80.0, None]]
    rows = [[f"{at}-{row[0]}", *row[1:]] for at, row in enumerate(rows)]
    rates = grid_of([*RATES, ["C", 50], ["D", 10]], name="Rabatte")
    rows[0][3], rows[1][3] = "C", "D"
    cells = [HEAD, *rows]
    reading = reading_of(grid_of(cells), rates)
    found: dict[int | None, Any] = {record.row_number: record for record in reading}
    assert found[12].message.code == prices.DISCOUNT.code
    assert [note.code for note in found[13].notes] == [notes.NO_DISCOUNT.code]
    assert found[13].price == 80


@pytest.mark.parametrize(("header", "rates"), [("Preis", RATES), ("Listenpreis", [*RATES, ["A", 20]])])
def test_what_may_be_otherwise_is_asked(header: str, rates: Rows) -> None:
    head = [*HEAD[:2], header, HEAD[3]]
    found = doubts(grid_of([head, *ROWS], name="Preise"), grid_of(rates, name="Rabatte"))
    assert found == [lists.GROUP_DISCOUNT_LEFT.code]


def test_several_discounts_of_one_group_are_asked_about() -> None:
    rates = [["Rabattgruppe", "Rabatt Bronze", "Rabatt Gold"], ["A", "35 %", "45 %"], ["B", "40 %", "50 %"]]
    assert doubts(grid_of([HEAD, *ROWS]), grid_of(rates, name="R")) == [lists.GROUP_DISCOUNT_LEFT.code]


def test_a_net_price_stays() -> None:
    cells = [[*HEAD[:2], "Ihr Nettopreis", HEAD[3]], *ROWS]
    reading = reading_of(grid_of(cells), grid_of(RATES, name="Rabatte"))
    assert netted(reading) == [10 * n for n in range(1, 7)]


@pytest.mark.parametrize("title", ["Rabattgruppe {}", "Ventile - Rabattgruppe {}", "Ventile (RG {})"])
def test_rows_between_the_items_name_the_group(title: str) -> None:
    rows = [row[:3] for row in ROWS]
    cells = [HEAD[:3], [title.format("A")], *rows[:3], [title.format("B")], *rows[3:]]
    items = items_of(grid_of(cells), grid_of(RATES, name="Rabatte"))
    rates = [Decimal("0.65")] * 3 + [Decimal("0.60")] * 3
    assert netted(items) == [10 * n * rate for n, rate in zip(range(1, 7), rates, strict=True)]


def test_a_title_without_group_ends_that_of_the_titles_before() -> None:
    rows = [row[:3] for row in ROWS]
    cells = [HEAD[:3], ["Ventile (RG A)"], *rows[:3], ["Pumpen"], *rows[3:]]
    items = items_of(grid_of(cells), grid_of(RATES, name="Rabatte"))
    assert netted(items)[3:] == [40, 50, 60]
    assert {note.code for item in items[3:] for note in item.notes} == {notes.NO_DISCOUNT.code}


def test_discounts_in_the_titles_themselves_are_asked_about() -> None:
    rows = [row[:3] for row in ROWS]
    cells = [HEAD[:3], ["Ventile (Rabatt 35 %)"], *rows[:3], ["Pumpen (Rabatt 40 %)"], *rows[3:]]
    assert doubts(cells) == [lists.GROUP_DISCOUNT_LEFT.code]


def test_the_columns_of_a_list_are_no_table_of_groups() -> None:
    cells = [["Code", "Name", "List price", "Group", "Discount %"], *([*row, 30] for row in ROWS)]
    assert group_rates([grid_of(cells)]).rates == {}
    assert netted(items_of(cells)) == [7 * n for n in range(1, 7)]


@given(
    st.lists(st.integers(1, 99), min_size=2, max_size=6),
    st.sampled_from([
        ("{} %", "Rabatt"), ("-{}%", "Remise"), ("{}", "Discount %"), ("{},0%", "Скидка"),
    ]),
)  # fmt: skip
def test_every_group_is_read_back(rates: list[int], written: tuple[str, str]) -> None:
    notation, header = written
    cells = [["Discount group", header], *([f"G{at}", notation.format(rate)] for at, rate in enumerate(rates))]
    found = group_rates([grid_of(cells)])
    assert found.rates == {f"g {at}": rate for at, rate in enumerate(rates)}
    assert not found.unclear
    assert not errors_of(
        grid_of([HEAD, *([*row[:3], f"G{n % 2}"] for n, row in enumerate(ROWS))]), grid_of(cells, name="R")
    )
