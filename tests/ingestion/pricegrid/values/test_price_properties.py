"""Whatever notation a price is written in, it is read back as it was meant, or reported: never as another amount."""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.pricegrid.values.price import PriceReader, decimal_sign_of_cells, parse_price


class Notation(NamedTuple):
    group: str
    decimal: str
    indian: bool = False

    def write(self, amount: Decimal) -> str:
        whole, _, fraction = str(amount).partition(".")
        grouped = self._group(whole) if self.group else whole
        return grouped + (self.decimal + fraction if fraction else "")

    def _group(self, whole: str) -> str:
        size, parts = 3, []
        while len(whole) > size:
            parts.append(whole[-size:])
            whole = whole[:-size]
            size = 2 if self.indian else 3
        return self.group.join([whole, *reversed(parts)])


NOTATIONS = [
    Notation("", "."),
    Notation("", ","),
    *(Notation(blank, sign) for blank in (" ", "\u00a0", "\u202f", "\u2009", "'", "’") for sign in ".,"),
    Notation(",", "."),
    Notation(".", ","),
    Notation(",", ".", indian=True),
]
AFFIXES = [
    ("", "", None),
    ("$", "", "USD"),
    ("$ ", "", "USD"),
    ("€ ", "", "EUR"),
    ("£", "", "GBP"),
    ("", " €", "EUR"),
    ("", "€", "EUR"),
    ("", " руб.", "RUB"),
    ("", "р.", "RUB"),
    ("", " ₽", "RUB"),
    ("", " грн", "UAH"),
    ("", " zł", "PLN"),
    ("", " Kč", "CZK"),
    ("", " лв.", "BGN"),
    ("", " lei", "RON"),
    ("", " BYN", "BYN"),
    ("BYN ", "", "BYN"),
    ("CHF ", "", "CHF"),
    ("R$ ", "", "BRL"),
    ("", " TL", "TRY"),
    ("", " тг", "KZT"),
    ("", " /шт", None),
    ("", " с НДС", None),
    ("", " zł netto", "PLN"),
    ("", " € HT", "EUR"),
]
notations = st.sampled_from(NOTATIONS)
affixes = st.sampled_from(AFFIXES)
signs = st.sampled_from([None, ".", ","])
cents = st.integers(1, 10**11 - 1).map(lambda number: Decimal(number).scaleb(-2))
wholes = st.integers(1, 10**9)


@given(cents, notations, affixes, signs)
def test_two_decimals_say_themselves_what_they_are(amount, notation, affix, sign):
    before, after, currency = affix
    price = parse_price(before + notation.write(amount) + after, decimal=sign)
    assert price[:3] == (amount, currency, None)


@given(wholes, notations, affixes)
def test_whole_amounts_are_right_or_ambiguous(number, notation, affix):
    before, after, _ = affix
    text = before + notation.write(Decimal(number)) + after
    assert parse_price(text, decimal=notation.decimal).amount == number
    alone = parse_price(text)
    assert alone.amount == number or alone.ambiguous


@given(st.integers(1, 10**9), notations, st.sampled_from([1, 3, 4]))
def test_any_number_of_decimals_is_right_or_ambiguous(number, notation, places):
    amount = Decimal(number).scaleb(-places)
    text = notation.write(amount)
    assert parse_price(text, decimal=notation.decimal).amount == amount
    alone = parse_price(text)
    assert alone.amount == amount or alone.ambiguous


@given(st.lists(cents, min_size=1), st.lists(wholes), notations)
def test_a_column_of_one_notation_is_read_in_full(amounts, numbers, notation):
    column = [notation.write(amount) for amount in [*amounts, *map(Decimal, numbers)]]
    sign = decimal_sign_of_cells(column)
    assert sign == notation.decimal
    read = PriceReader(sign).read
    assert [read(text).amount for text in column] == [*amounts, *numbers]


@given(st.floats(0.001, 1e9))
def test_floats_are_rounded_half_up_as_they_are_shown(number):
    shown = Decimal(repr(number)).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    assert parse_price(number).amount == shown


@given(cents, notations)
def test_negative_amounts_are_problems(amount, notation):
    for text in (f"-{notation.write(amount)}", f"({notation.write(amount)})", f"−{notation.write(amount)}"):
        price = parse_price(text)
        assert price.amount == -amount
        assert price.problem


@given(cents, cents, notations, st.sampled_from(["-", " - ", "/", " … ", " до ", " x ", ";"]))
def test_two_numbers_are_no_price(low, high, notation, between):
    price = parse_price(notation.write(low) + between + notation.write(high))
    assert price.amount is None
    assert price.problem


@given(st.text(max_size=30) | st.text(alphabet="0123456789.,' -€$%()", max_size=12), signs)
def test_any_text_is_a_price_or_a_problem(text, sign):
    price = parse_price(text, decimal=sign)
    assert PriceReader(sign).read(text) == price
    if price.problem is None:
        assert price.amount is not None
        assert price.amount > 0
        assert any(char.isdigit() for char in text)


written = st.builds(lambda amount, notation: notation.write(amount), cents, notations)
affixed = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", " ", "$", "€ ", "руб. ", "-", "(", "от ", ".", ",", "#", "٫", "，", "~", "A "]),
        written | st.text(alphabet="0123456789.,' \u00a0", min_size=1, max_size=12),
        st.sampled_from(["", " ", " ₽", "$", ",-", ".", ",", ")", "%", " руб.", " USD/EUR", " шт", "٫", "1", " за кг"]),
    ),
)
cells = st.lists(
    affixed | written | st.floats(0, 1e12) | st.integers(-5, 10**11) | st.none() | st.booleans(), max_size=30
)


@given(cells, signs)
@settings(max_examples=400)
def test_a_column_read_at_once_is_read_as_its_cells_are(column, sign):
    amounts, currencies = PriceReader(sign).amounts(column)
    prices = [parse_price(cell, decimal=sign) for cell in column]
    assert list(amounts) == [price.plain for price in prices]
    assert [currency for currency, amount in zip(currencies, amounts, strict=True) if amount] == [
        price.currency for price in prices if price.plain
    ]


def test_what_one_cell_says_decides_of_none_that_is_read_otherwise():
    column = ["1\u202f200 Ft\0", "900 Ft\0", "\x01850 Ft", "$\u200b5", "$\u200b6"]
    amounts, currencies = PriceReader().amounts(column)
    assert list(amounts) == [parse_price(cell).written for cell in column] == ["1200", "900", "850", "5", "6"]
    assert list(currencies) == [parse_price(cell).currency for cell in column]


@given(st.integers(1, 999_999), st.integers(0, 99))
@pytest.mark.parametrize("unit", ["шт", "pcs", "kg", "szt.", "ks", "%"])
def test_counts_are_no_prices(unit, number, rest):
    assert parse_price(f"{number},{rest:02} {unit}").amount is None
