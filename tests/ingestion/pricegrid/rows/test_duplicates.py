"""A code that stands in a list twice: an exact repetition is passed over, anything else is an error."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest

from ingestion.pricegrid.contract import raw_of
from ingestion.pricegrid.records import Item, ItemFacts, Message, PriceBreak, RowError, Stock
from ingestion.pricegrid.rows.duplicates import without_duplicates

FIRST = Item(
    2,
    "A-1",
    "Drill",
    Decimal("10.00"),
    "EUR",
    retail_price=Decimal(12),
    stock=Stock(3, "in_stock"),
    category_path=("Tools", "Power"),
    characteristics={"Colour": "red", "Size": "M"},
    sheet="Tools",
)


@dataclass
class Taken:
    records: list[Item | RowError] = field(default_factory=list)
    repeated: list[tuple[Item, int]] = field(default_factory=list)


def taken(*items: Item | RowError) -> Taken:
    found = Taken()
    found.records += without_duplicates(items, lambda item, row: found.repeated.append((item, row)))
    return found


def test_an_exact_repetition_is_passed_over() -> None:
    again = FIRST._replace(row_number=9, price=Decimal(10), characteristics={"Size": "M", "Colour": "red"})
    elsewhere = again._replace(sheet="Garden")
    assert taken(FIRST, again, elsewhere) == Taken([FIRST], [(again, FIRST.row_number), (elsewhere, FIRST.row_number)])


@pytest.mark.parametrize(
    "difference",
    [
        {"name": "Drill 2"},
        {"price": Decimal("10.01")},
        {"price": None},
        {"currency": "USD"},
        {"retail_price": None},
        {"stock": Stock(4, "in_stock")},
        {"stock": Stock(3, "")},
        {"category_path": ("Tools",)},
        {"characteristics": {"Colour": "red"}},
        {"per_quantity": 100},
        {"facts": ItemFacts(weight=Decimal(2))},
        {"facts": ItemFacts(price_breaks=(PriceBreak(Decimal(1), Decimal(10)), PriceBreak(Decimal(10), Decimal(9))))},
        {"facts": ItemFacts(tax_included=True)},
    ],
)
def test_whatever_differs_is_an_error_that_names_the_first_row(difference: dict[str, Any]) -> None:
    other = FIRST._replace(row_number=9, **difference)
    _first, error = taken(FIRST, other).records
    assert isinstance(error, RowError)
    assert (error.row_number, error.message.code, error.row_data) == (9, "code.repeated", raw_of(other))
    assert "row 2 already (blanks, hyphens and case make no difference), with other values" in str(error.message)


def test_a_collision_with_another_sheet_names_the_sheet() -> None:
    _first, error = taken(FIRST, FIRST._replace(row_number=2, sheet="Garden", name="Rake")).records
    assert isinstance(error, RowError)
    assert "row 2 of the sheet “Tools” already" in str(error.message)


def test_every_row_is_compared_with_the_first_that_was_taken() -> None:
    other = FIRST._replace(row_number=3, price=Decimal(11))
    found = taken(FIRST, other, other._replace(row_number=4), FIRST._replace(row_number=5))
    assert [record.row_number for record in found.records] == [2, 3, 4]
    assert [item.row_number for item, _ in found.repeated] == [5]


def test_errors_pass_and_take_no_code() -> None:
    error = RowError(2, "ValidationError", Message("The row has no price."), {"Code": "A-1"})
    assert taken(error, FIRST) == Taken([error, FIRST])


def test_what_says_nothing_of_its_stock_says_the_same() -> None:
    assert taken(FIRST._replace(stock=None), FIRST._replace(stock=Stock(None, ""))).repeated


def test_on_another_sheet_the_category_may_be_another() -> None:
    again = FIRST._replace(row_number=9, category_path=("Brands",), sheet="Brands")
    assert taken(FIRST, again).repeated == [(again, FIRST.row_number)]
    assert taken(FIRST, again._replace(sheet=FIRST.sheet)).repeated == []
    assert taken(FIRST, again._replace(price=Decimal(11))).repeated == []
