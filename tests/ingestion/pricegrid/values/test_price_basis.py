"""What a column says of the quantity and of the part of the currency that its prices are in."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingestion.pricegrid.problems import notes
from ingestion.pricegrid.values.price import parse_price
from ingestion.pricegrid.values.price_basis import basis_of, count_of, measure_of, shown_smaller


@pytest.mark.parametrize(
    "text",
    [
        "Price per 100",
        "Price per 1,000 pcs",
        "€/1000",
        '0.00 "EUR/100 St."',
        "Preis je 100 Stück",
        "Preis % Stk",
        "Prix HT le cent",
        "Prix au mille",
        "Precio el millar",
        "Preço por milheiro",
        "Prezzo al cento",
        "Prijs per honderd",
        "Cena za 100 szt",
        "Цена за 1000 шт",
        "Цена за сотню",
        "Price (pence)",
        "Price in cents",
        "Preis in Cent",
        "Prix en centimes",
        "Precio en centavos",
        "Цена, коп.",
        "Ціна, копійок",
        "Pris i öre",
        "Preis TEUR",
        "K EUR",
        "Price kEUR",
        "Prix (K €)",
        "Price, k$",
        "Prix en k€",
        "Preis in Tsd. EUR",
        "Цена, тыс. руб.",
        "Ціна, тис. грн",
        "Cena tys. zł",
        "Pris (tkr)",
        "Fiyat (bin TL)",
        "单价（万元）",
        "価格（千円）",
        "GBX",
        "GBp",
    ],
)
def test_said(text: str) -> None:
    assert basis_of(text).words


@pytest.mark.parametrize(
    "text",
    [
        "Price",
        "Price EUR",
        "Group K, EUR",
        "Class K EUR",
        "Stock EUR",
        "Preis pro 100 g",
        "Price / 100 ml",
        "Preis 01/2026",
        "Preise per 15.10.2026",
        "Price for 2026",
        "Net price 100%",
        "Цена за 1 шт",
        "Цена от 10 шт",
        "Cena za 1 szt",
        "Precio al cliente",
        "Prezzo al pezzo",
        "Center price",
        "GBP",
        "Preis ab 100 Stück",
        "Precio c/u",
        "Price/kg",
        "Prix unitaire",
    ],
)
def test_not_said(text: str) -> None:
    assert not basis_of(text).words


@pytest.mark.parametrize(
    ("text", "amount", "per", "currency"),
    [
        ("2.45 / 100 pcs", "2.45", 100, None),
        ("2.80 per 100", "2.80", 100, None),
        ("3.15/100", "3.15", 100, None),
        ("3.50 EUR/100 pcs", "3.50", 100, "EUR"),
        ("1 250,00 za 1000 szt", "1250.00", 1000, None),
        ("€ 3,50 je 100 Stk.", "3.50", 100, "EUR"),
        ("3,50 руб. за 100 шт", "3.50", 100, "RUB"),
        ("1.234,50 / 1.000 Stk", "1234.50", 1000, None),
        ("4.20 per dozen", "4.20", 12, None),
        ("2,45 € le cent", "2.45", 100, "EUR"),
    ],
)
def test_a_cell_says_for_how_many_its_price_is(text: str, amount: str, per: int, currency: str | None) -> None:
    price = parse_price(text, decimal=",")
    assert (price.amount, price.per_quantity, price.currency) == (Decimal(amount), per, currency)
    assert price.note is not None
    assert price.note.code == notes.PER.code


@pytest.mark.parametrize("text", ["3 for 10", "3 for 100", "10/12", "2.45 / 2", "12 dozen", "2.45/100g"])
def test_what_may_be_something_else_is_no_price_for_many(text: str) -> None:
    assert parse_price(text, decimal=".").amount is None


@pytest.mark.parametrize(
    ("text", "home", "amount", "currency"),
    [
        ("125p", "GBP", "1.25", "GBP"),
        ("125 GBX", None, "1.25", "GBP"),
        ("99 pence", None, "0.99", "GBP"),
        ("1,5 тыс. руб.", "RUB", "1500", "RUB"),
        ("125 Cent", "EUR", "1.25", None),
    ],
)
def test_parts_and_thousands_in_a_cell_are_taken_into_whole_units(
    text: str, home: str | None, amount: str, currency: str | None
) -> None:
    price = parse_price(text, decimal=",", currency=home)
    assert (price.amount, price.currency) == (Decimal(amount), currency)
    assert price.note is not None
    assert price.note.code == notes.SCALE.code


@pytest.mark.parametrize(
    ("number_format", "amount", "per"),
    [
        ('0.00" / 100"', "121.5", 100),
        ('0.00" per 100 pcs"', "121.5", 100),
        ('#,##0.0," k€"', "121.5", 1),
        ('#,##0.0,"тыс. руб."', "121.5", 1),  # shown as 0.1 thousand: what is stored is meant
        ('0.0 "тыс. руб."', "121500", 1),
        ("0.00", "121.5", 1),
    ],
)
def test_a_number_format_says_it(number_format: str, amount: str, per: int) -> None:
    price = parse_price(121.5, number_format=number_format)
    assert (price.amount, price.per_quantity) == (Decimal(amount), per)


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        (100, 100), (1000.0, 1000), ("100", 100), ("1 000", 1000), ("100 Stk", 100), ("per 100", 100), ("C", 100),
        ("M", 1000), ("‰", 1000), ("%", 100), ("Dutzend", 12), ("тыс. шт", 1000), ("Stk", 1), ("шт", 1), (1, 1),
        (0, None), (1.5, None), ("kg", None), ("", None), ("1.000", None), ("abc", None), (True, None),
    ],
)  # fmt: skip
def test_a_cell_of_price_units(cell: object, count: int | None) -> None:
    assert count_of(cell) == count  # type: ignore[arg-type]


def test_a_thousand_is_written_with_the_decimal_sign_of_the_list() -> None:
    assert (count_of("1.000", ","), count_of("1,000", ".")) == (1000, 1000)


@pytest.mark.parametrize(("number_format", "times"), [("0.0,", 1), ("#,##0", 0), ('#,##0.0,, "M, m"', 2)])
def test_digits_that_a_number_format_leaves_away(number_format: str, times: int) -> None:
    assert shown_smaller(number_format) == times


@pytest.mark.parametrize(
    ("header", "unit"),
    [("Price per kg", "kg"), ("Цена за тонну", "t"), ("Preis €/m²", "m2"), ("Prijs per m2", "m2"),
     ("Prezzo al kg", "kg"), ("Cena za metr", "m"), ("Price", ""), ("Цена за шт", ""),
     ("Price per 100 kg", ""), ("Cena/szt", "")],
)  # fmt: skip
def test_a_header_says_of_which_measure_its_prices_are(header: str, unit: str) -> None:
    assert measure_of(header) == unit
