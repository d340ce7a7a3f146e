"""A currency that rows between the items name applies to what follows."""

from __future__ import annotations

from typing import Any

import pytest

from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.values.currency_said import currency_said
from tests.ingestion.pricegrid.grids import items_of, reading_of

HEAD: list[Any] = ["Code", "Name", "Price"]


def rows_of(first: int, count: int = 2) -> list[list[Any]]:
    return [[f"A-{number}", f"Drill {number}", 10.5 + number] for number in range(first, first + count)]


@pytest.mark.parametrize(
    ("text", "code", "is_for_all"),
    [
        ("Prices in USD", "USD", True),
        ("All prices in US dollars, excl. VAT", "USD", True),
        ("All prices in Euro, plus 19 % VAT", "EUR", True),
        ("Цены указаны в евро", "EUR", True),
        ("Alle Preise in CHF", "CHF", True),
        ("Prix HT en €", "EUR", True),
        ("Precios en USD", "USD", True),
        ("Ceny w EUR", "EUR", True),
        ("价格单位：美元", "USD", True),
        ("USD", "USD", True),
        ("Pumps (USD)", "USD", False),
        ("Pumps, EUR", "EUR", False),
        ("Насосы (цены в у.е.)", "USD", False),
        ("Prices in kr", None, True),
    ],
)
def test_what_a_row_says(text, code, is_for_all):
    said = currency_said(text, "GBP")
    assert said is not None
    assert (said.code, said.is_for_all) == (code, is_for_all)


@pytest.mark.parametrize(
    "text",
    [
        "Pumps",
        "Euro pallets",
        "Pound cake",
        "1 USD = 90 RUB",
        "Prices in USD and EUR",
        "Account 4020 1234 EUR",
        "Rand tools",
    ],
)
def test_what_says_nothing_of_prices(text):
    assert currency_said(text, "GBP") is None


def currencies(*rows: list[Any], **hints: Any) -> list[str | None]:
    return [item.currency for item in items_of([HEAD, *rows], default_currency="EUR", **hints)]


def test_a_row_that_speaks_of_all_that_follows():
    rows = [*rows_of(0), ["Prices in USD", "", ""], *rows_of(2), ["Saws", "", ""], *rows_of(4)]
    assert currencies(*rows) == ["EUR"] * 2 + ["USD"] * 4
    reading = reading_of([HEAD, *rows], default_currency="EUR")
    paths = [getattr(record, "category_path", ()) for record in reading]
    assert paths == [()] * 4 + [("Saws",)] * 2
    assert [note.code for note in reading.notes] == [lists.CURRENCY_FROM.code]


def test_a_section_with_a_currency_ends_with_the_next():
    rows = [*rows_of(0), ["Pumps (CHF)", "", ""], *rows_of(2), ["Saws", "", ""], *rows_of(4)]
    assert currencies(*rows) == ["EUR", "EUR", "CHF", "CHF", "EUR", "EUR"]


def test_a_header_that_comes_again_with_another_currency():
    assert currencies(*rows_of(0), ["Code", "Name", "Price, USD"], *rows_of(2)) == ["EUR", "EUR", "USD", "USD"]


def test_what_may_be_several_is_none():
    assert currencies(*rows_of(0), ["Prices in kr", "", ""], *rows_of(2)) == ["EUR", "EUR", None, None]
    assert [note.params for note in reading_of([HEAD, *rows_of(0), ["Prices in kr", "", ""], *rows_of(2)]).notes] == []


def test_what_people_have_set_counts():
    assert currencies(*rows_of(0), ["Prices in USD", "", ""], *rows_of(2), currency="EUR") == ["EUR"] * 4


def test_rows_that_are_read_by_columns():
    rows = [*rows_of(0, 200), ["Prices in USD", "", ""], *rows_of(200, 200)]
    assert currencies(*rows) == ["EUR"] * 200 + ["USD"] * 200
