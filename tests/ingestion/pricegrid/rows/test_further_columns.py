"""A header that comes again in the middle of a list, with a column more than before."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ingestion.pricegrid.problems import prices, rows
from ingestion.pricegrid.records import Item, RowError
from tests.ingestion.pricegrid.grids import Rows, reading_of

HEAD = ["Code", "Name", "Price"]
ABOVE: Rows = [[f"A{n}", f"Bolt M{n}", 0.5 * n] for n in range(1, 5)]
BELOW: Rows = [[f"B{n}", f"Pump {n}", 20.5 * n] for n in range(1, 5)]
TODAY = date(2026, 11, 30)


def below(further: str, cell: Any, **hints: Any) -> list[Item | RowError]:
    """What the rows below the second header come to."""
    cells = [HEAD, *ABOVE, [*HEAD, further], *([*row, cell] for row in BELOW)]
    return [record for record in reading_of(cells, **hints) if (record.row_number or 0) > len(ABOVE) + 1]


def test_a_first_day_counts() -> None:
    assert below("Valid from", date(2027, 1, 1), today=TODAY) == []
    found = below("Valid from", date(2026, 3, 1), today=TODAY)
    assert [getattr(each, "valid_from", None) for each in found] == [date(2026, 3, 1)] * len(BELOW)


def test_a_last_day_counts() -> None:
    found = below("Valid until", date(2026, 6, 1), today=TODAY)
    assert {each.message.code for each in found if isinstance(each, RowError)} == {prices.ENDED_ON.code}
    assert len(found) == len(BELOW)


def test_a_currency_counts() -> None:
    found = below("Currency", "USD", default_currency="EUR")
    assert [each.currency for each in found if isinstance(each, Item)] == ["USD"] * len(BELOW)


@pytest.mark.parametrize(("further", "cell"), [("Discount", 10), ("Price unit", 100)])
def test_what_would_be_asked_about_is_an_error(further: str, cell: object) -> None:
    found = below(further, cell)
    assert [each.message.code for each in found if isinstance(each, RowError)] == [rows.LOST.code] * len(BELOW)


def test_a_further_characteristic_changes_nothing() -> None:
    found = below("Colour", "red")
    assert [each.price for each in found if isinstance(each, Item)] == [20.5, 41, 61.5, 82]
