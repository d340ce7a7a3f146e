"""Raised digits are cents or footnotes, never digits of the number before them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingestion.pricegrid.problems import notes
from ingestion.pricegrid.values.price import PriceReader, parse_price
from ingestion.pricegrid.values.superscripts import has_raised, lowered, raised


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


def test_texts_without_raised_digits_stay() -> None:
    assert lowered("12.90 €") == ("12.90 €", "")
    assert not has_raised("12.90 €")
    assert (raised("90"), raised("m 2)")) == ("⁹⁰", "m ²⁾")
