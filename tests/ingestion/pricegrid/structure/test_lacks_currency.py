"""Whether anything says in which currency the prices of a list are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ingestion.pricegrid.cells.grid import Cell, Style
from ingestion.pricegrid.reading import understand
from ingestion.pricegrid.settings import Hints
from tests.ingestion.pricegrid.grids import GridBook, grid_of

HEAD: list[Cell] = ["Code", "Name", "Price"]
PRICES: list[Cell] = [number + 0.5 for number in range(3, 15)]


def lacks(head: Sequence[Cell], prices: Sequence[Cell], *more: Cell, above: Sequence[Cell] = (), **hints: Any) -> bool:
    rows = [[f"K-{number}", f"Kettle {number} l", price, *more] for number, price in enumerate(prices)]
    grid = grid_of([*([list(above)] if above else []), list(head), *rows])
    return understand(GridBook([grid]), Hints(**hints)).sheets[0].lacks_currency


def test_numbers_alone_say_nothing() -> None:
    assert lacks(HEAD, PRICES)


@pytest.mark.parametrize("header", ["Price EUR", "Price, €", "Price (CZK)", "Price USD/pc"])
def test_a_header_says_it(header: str) -> None:
    assert not lacks([*HEAD[:2], header], PRICES)


def test_a_line_above_says_it() -> None:
    assert not lacks(HEAD, PRICES, above=["All prices in EUR"])


def test_a_currency_column_says_it() -> None:
    assert not lacks([*HEAD, "Currency"], PRICES, "PLN")


def test_the_cells_say_it() -> None:
    assert not lacks(HEAD, [f"{price} €" for price in PRICES])


def test_what_a_few_cells_say_is_not_said_of_the_others() -> None:
    assert lacks(HEAD, ["3.50 €", *PRICES[1:]])


def test_a_sign_of_many_currencies_says_nothing_by_itself() -> None:
    assert lacks(HEAD, [f"{price} kr" for price in PRICES])
    assert not lacks(HEAD, [f"{price} kr" for price in PRICES], default_currency="NOK")


def test_number_formats_say_it() -> None:
    rows = [[f"K-{number}", f"Kettle {number} l", price] for number, price in enumerate(PRICES)]
    styles = {(number, 3): Style(number_format='0.00" €"') for number in range(2, len(rows) + 2)}
    grid = grid_of([HEAD, *rows], styles=styles)
    assert not understand(GridBook([grid]), Hints()).sheets[0].lacks_currency


@pytest.mark.parametrize("known", [{"default_currency": "EUR"}, {"currency": "EUR"}])
def test_what_people_have_said(known: dict[str, str]) -> None:
    assert not lacks(HEAD, PRICES, **known)


def test_a_list_of_stocks_has_no_prices() -> None:
    rows = [[f"K-{number}", number] for number in range(1, 15)]
    sheet = understand(GridBook([grid_of([["Code", "Stock"], *rows])]), Hints()).sheets[0]
    assert (sheet.mode, sheet.lacks_currency) == ("stock", False)
