"""Raised digits are cents or footnotes, never digits of the number before them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingestion.pricegrid.problems import notes, prices
from ingestion.pricegrid.values.price import PriceReader, parse_price
from ingestion.pricegrid.values.superscripts import has_raised, lowered, raised
from tests.ingestion.pricegrid.grids import errors_of, items_of


@pytest.mark.parametrize(
    ("text", "amount", "footnote"),
    [
        ("12⁹⁰", "12.90", None),
        ("12⁹⁰ €", "12.90", None),
        ("€ 12,⁹⁰", "12.90", None),
        ("1 234⁰⁵", "1234.05", None),
        ("1.299⁰⁰", "1299.00", None),
        ("14.50¹", "14.50", "1"),
        ("14,50¹²", "14.50", "12"),
        ("21²⁾", "21", "2)"),
        ("3⁹", "3", "9"),
    ],
)
def test_price(text: str, amount: str, footnote: str | None) -> None:
    price = parse_price(text)
    assert (price.amount, price.problem) == (Decimal(amount), None)
    assert price.note == (notes.FOOTNOTE.message(value=footnote) if footnote else None)


def test_a_column_of_them_is_no_column_of_larger_numbers() -> None:
    amounts, _ = PriceReader().amounts(["12⁹⁰", "13⁹⁰", "14.50¹", "15.00"])
    assert list(amounts) == ["12.90", "13.90", "", "15.00"]


@pytest.mark.parametrize(
    ("text", "is_doubtful"),
    [
        ("21¹²", True),
        ("21¹² €", True),
        ("12⁹⁰", False),
        ("21⁰⁵", False),
        ("21,¹²", False),
        ("21.50¹²", False),
        ("21²", False),
    ],
)
def test_two_raised_digits_in_a_column_with_footnotes(text: str, is_doubtful: bool) -> None:
    items = [["Code", "Name", "Price"], ["A-1", "Washer", "14.50¹"], ["A-2", "Nut", text], ["A-3", "Bolt", "9.90"]]
    found = [(error.row_number, error.message.code) for error in errors_of(items)]
    assert found == ([(3, prices.RAISED.code)] if is_doubtful else [])


def test_two_raised_digits_are_cents_where_no_price_has_footnotes() -> None:
    items = [["Code", "Name", "Price"], ["A-1", "Washer", "14¹²"], ["A-2", "Nut", "7.50"], ["A-3", "Bolt", "9⁹⁰"]]
    assert [str(item.price) for item in items_of(items)] == ["14.12", "7.50", "9.90"]


def test_texts_without_raised_digits_stay() -> None:
    assert lowered("12.90 €") == ("12.90 €", "")
    assert not has_raised("12.90 €")
    assert (raised("90"), raised("m 2)")) == ("⁹⁰", "m ²⁾")
