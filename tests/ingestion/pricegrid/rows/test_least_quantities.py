"""One code in several rows, each from another quantity on: the price of the smallest quantity is taken, wherever."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ingestion.pricegrid.problems import prices
from tests.ingestion.pricegrid.grids import Rows, errors_of, items_of, reading_of

PLAIN = [[f"W-{number}", f"Washer {number}", 1, 2.5 + number] for number in range(600)]  # more than the sampled rows


def rows(*last: tuple[str, object, float], header: str = "Min. qty") -> Rows:
    """Beyond what is looked at to find the columns."""
    return [["Code", "Name", header, "Price"], *PLAIN, *([code, "Relay", least, price] for code, least, price in last)]


@pytest.mark.parametrize("header", ["Min. qty", "MOQ", "Qty from", "ab Stück", "Кол-во от"])
def test_the_price_of_the_smallest_quantity_is_taken_though_a_larger_one_stands_first(header: str) -> None:
    cells = rows(("R-1", 100, 1.5), ("r 1", 10, 1.8), ("R-1", 1, 2.0), ("R-2", 50, 4.0), header=header)
    assert not reading_of(cells).sheets[0].doubts
    taken = {item.supplier_sku: item.price for item in items_of(cells)[600:]}
    assert taken == {"R-1": Decimal(2), "R-2": Decimal(4)}
    errors = errors_of(cells)
    assert [(each.row_number, each.message.code) for each in errors] == [
        (602, prices.LARGER_QUANTITY.code),
        (603, prices.LARGER_QUANTITY.code),
    ]
    assert "from 100 on" in str(errors[0].message)
    assert "from 1 on" in str(errors[0].message)


def test_a_row_without_a_quantity_is_that_of_one() -> None:
    cells = rows(("R-1", 100, 1.5), ("R-1", None, 2.0))
    assert [item.row_number for item in items_of(cells)[600:]] == [603]


def test_of_one_quantity_the_first_row_stays() -> None:
    cells = rows(("R-1", 5, 1.5), ("R-1", 5, 1.5))
    assert len(items_of(cells)) == 602
    assert not errors_of(cells)


def test_only_prices_in_force_are_compared() -> None:
    head = ["Code", "Name", "MOQ", "Price", "Valid until"]
    cells = [head, ["R-1", "Relay", 1, 2.0, "2026-01-31"], ["R-1", "Relay", 50, 1.5, "2027-01-31"]]
    found = items_of(cells, today=date(2026, 11, 30))
    assert [item.row_number for item in found] == [3]
