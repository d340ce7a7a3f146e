"""What is no currency, or may be several, is never taken for the supplier's own."""

from __future__ import annotations

from typing import Any

import pytest

from ingestion.pricegrid.cells.grid import Style
from ingestion.pricegrid.problems import lists, prices
from ingestion.pricegrid.records import Item
from tests.ingestion.pricegrid.grids import grid_of, items_of, reading_of


def rows_of(*rows: tuple[Any, ...]) -> list[list[Any]]:
    return [[f"A-{place}", f"Drill {place}", *row] for place, row in enumerate(rows)]


def outcomes(head: list[str], *rows: tuple[Any, ...], **hints: Any) -> list[str | None]:
    """The currency of each row, or the code of what is wrong with it."""
    reading = reading_of([["Code", "Name", *head], *rows_of(*rows)], default_currency="EUR", **hints)
    return [record.currency if isinstance(record, Item) else record.message.code for record in reading]


@pytest.mark.parametrize("unit", ["XAU", "points", "баллы", "Punkte", "%", "BTC", "abc"])
def test_a_column_of_currencies_with_something_else(unit):
    rows = [(1.5, "EUR"), (2.5, "USD"), (3.5, unit), (4.5, ""), (5.5, "-")]
    assert outcomes(["Price", "Currency"], *rows) == ["EUR", "USD", prices.NO_SUCH_CURRENCY.code, "EUR", "EUR"]


@pytest.mark.parametrize("sign", ["kr", "dinar", "rupees", "riyal"])
def test_a_sign_that_several_share_beside_one_price(sign):
    plain = [(f"{number}.50",) for number in range(1, 100)]
    assert outcomes(["Price"], *plain, (f"7.50 {sign}",))[-1] == prices.WHICH_CURRENCY.code
    rows = [(f"{number}.50", "EUR") for number in range(1, 100)]
    assert outcomes(["Price", "Currency"], *rows, (7.5, sign))[-1] == prices.WHICH_CURRENCY.code


def test_the_currency_of_the_column_tells_which():
    assert outcomes(["Price, SEK"], ("1.50",), ("2.50 kr",)) == ["SEK", "SEK"]
    assert outcomes(["Price"], ("1.50",), ("2.50 kr",), currency="NOK") == ["NOK", "NOK"]


@pytest.mark.parametrize("header", ["Price, points", "Цена, баллы", "Preis in Punkten", "Price XAU"])
def test_a_header_with_another_unit_is_asked_about(header):
    reading = reading_of([["Code", "Name", header], *rows_of((1.5,), (2.5,))], default_currency="EUR")
    assert lists.NO_SUCH_CURRENCY.code in [doubt.code for doubt in reading.sheets[0].doubts]


def test_a_number_format_with_another_unit_is_asked_about():
    style = Style(number_format="[$XAU] 0.00")
    grid = grid_of([["Code", "Name", "Price"], *rows_of((1.5,), (2.5,))], styles={(2, 3): style, (3, 3): style})
    assert [doubt.code for doubt in reading_of(grid).sheets[0].doubts] == [lists.NO_SUCH_CURRENCY.code]


def test_a_retail_price_in_another_currency_is_kept_apart():
    apart = items_of([["Code", "Name", "Price, EUR", "RRP, USD"], *rows_of((1.5, 2), (2.5, 4))])
    assert (apart[0].retail_price, dict(apart[0].characteristics)) == (None, {"RRP, USD": "2"})
    items = items_of([["Code", "Name", "Price", "RRP"], *rows_of((1.5, 2), (2.5, "$4"))], default_currency="EUR")
    assert [(item.retail_price, dict(item.characteristics)) for item in items] == [(2, {}), (None, {"RRP": "$4"})]


def test_what_the_cell_of_a_retail_price_says_is_noted():
    items = items_of([["Code", "Name", "Price", "RRP"], *rows_of((1.5, 2), (2.5, "from 4"))], default_currency="EUR")
    assert [list(map(str, item.notes)) for item in items] == [
        [],
        ["Retail price: It is the lowest of several prices: “from”."],
    ]
