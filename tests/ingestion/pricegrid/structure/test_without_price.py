"""A person is asked for the price's column only where some column could be it."""

from __future__ import annotations

import pytest

from ingestion.pricegrid.cells.grid import Cell, CellError
from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.records import ListRefused
from tests.ingestion.pricegrid.grids import reading_of

NAMES = [f"Garden hose {number} m" for number in range(1, 20)]


def refusal(header: str, *cells: Cell) -> ListRefused:
    rows = [[name, cells[at % len(cells)]] for at, name in enumerate(NAMES)]
    with pytest.raises(ListRefused) as raised:
        reading_of([["Name", header], *rows])
    return raised.value


@pytest.mark.parametrize(("header", "cells"), [("Colour", ["red", "blue"]), ("Stock", [5, 12, 0]), ("Zqwrtx", [0])])
def test_a_list_without_anything_like_a_price_is_refused(header: str, cells: list[Cell]) -> None:
    found = refusal(header, *cells)
    assert (found.message.code, found.answerable) == (lists.WITHOUT_PRICES.code, False)


@pytest.mark.parametrize(
    ("header", "cells"),
    [("Width", [7.5, 8]), ("Zqwrtx", [5, 12]), ("Qty", [5.25, 12.5]), ("Zqwrtx", [CellError("#REF!")])],
)
def test_what_may_be_a_price_whatever_its_header_says_is_asked_about(header: str, cells: list[Cell]) -> None:
    found = refusal(header, *cells)
    assert (found.message.code, found.answerable) == (lists.NO_PRICE.code, True)


def test_a_column_headed_as_the_price_without_any_is_named() -> None:
    assert refusal("Price", "on request").message.code == lists.NO_ROWS.code
