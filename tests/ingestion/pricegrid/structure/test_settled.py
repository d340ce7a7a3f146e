"""Where the reading as a whole is sure, nobody is asked about its parts."""

from __future__ import annotations

import pytest

from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.verdict import USUAL_CONFIDENCE, Bars, examine
from tests.ingestion.pricegrid.grids import GridBook, Rows, grid_of

PLACES = range(1, 25)
PRICES = [round(place * 37.31 % 90 + 3, 2) for place in PLACES]


def questions(rows: Rows, **hints: object) -> list[str]:
    found = examine(GridBook([grid_of(rows)]), Hints(**hints), Bars(USUAL_CONFIDENCE))  # type: ignore[arg-type]
    return [message.code for message in found.verdict().questions]


def test_whole_amounts_beside_quantities_are_the_price_without_a_header() -> None:
    rows = [[f"AB-{place:03d}", f"Brake pads {place} mm", 190 + place * 97 % 2400, place % 7] for place in PLACES]
    assert questions(rows) == []


def beside_the_price(header: str, factor: float) -> Rows:
    head: Rows = ["Code", "Name", "Price", header]
    rows = zip(PLACES, PRICES, strict=True)
    return [head, *([f"A-{at:03d}", f"Drill {at} mm", price, round(price * factor, 2)] for at, price in rows)]


@pytest.mark.parametrize("header", ["", "Zqwrtx"])
def test_a_higher_amount_that_no_header_calls_a_price_is_no_rival_of_one(header: str) -> None:
    assert questions(beside_the_price(header, 1.3)) == []


@pytest.mark.parametrize("header", ["", "Zqwrtx"])
@pytest.mark.parametrize("factor", [0.6, 0.8, 0.95])
def test_a_lower_one_may_be_what_is_paid(header: str, factor: float) -> None:
    assert questions(beside_the_price(header, factor)) == [lists.TWO_PRICES.code]


def test_two_prices_by_their_headers_are_asked_about_however_sure_the_rest_is() -> None:
    assert questions(beside_the_price("Price M", 1.3)) == [lists.TWO_PRICES.code]


def test_codes_that_may_be_the_numbers_of_lines_are_asked_about() -> None:
    rows = [[at, f"Drill {at} mm", price] for at, price in zip(PLACES, PRICES, strict=True)]
    assert questions([["Code", "Name", "Price"], *rows]) == [lists.UNSURE.code]


def test_what_people_have_not_said_is_not_settled_by_what_they_have() -> None:
    rows = [[f"Brake pads {at}", place] for at, place in enumerate((5, 9, 12, 7, 30, 24, 8, 26) * 3)]
    before = questions([["Zq", "Wx"], *rows])
    assert questions([["Zq", "Wx"], *rows], column_mapping={"Zq": "name"}) == before != []
