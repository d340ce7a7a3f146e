"""Whatever notation says what a price is for, in what it is or whether tax is in it, is read back as it was meant."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.pricegrid.values.price import parse_price
from ingestion.pricegrid.values.price_basis import basis_of, count_of, count_of_unit
from ingestion.pricegrid.values.tax import tax_of
from ingestion.pricegrid.vocabulary import normalise, vocabulary
from tests.ingestion.pricegrid.grids import items_of
from tests.ingestion.pricegrid.values.test_price_properties import NOTATIONS, Notation

COUNTS = (10, 12, 50, 100, 144, 500, 1000, 10_000)
SCALES = {
    "hundredth": Decimal("0.01"), "unclear": 1, "ten": 10, "thousand": 1_000, "ten_thousand": 10_000,
    "million": 1_000_000,
    "ten_million": 10_000_000,
}  # fmt: skip


def words_of(topic: str) -> list[tuple[str, str]]:
    """The words of every language below a topic, with what they mean; a word of two meanings is left out."""
    found = [(word.removesuffix("*"), means) for means, words in vocabulary().topics(topic) for word in words]
    known = vocabulary().phrases(topic)
    return [(word, means) for word, means in found if set(known.exact(word)) == {means}]


PLAIN_PER = [word for word in sorted({*vocabulary().words["per"]}) if word.replace(" ", "").isalpha()]
PIECES = ["", "pcs", "Stk", "Stück", "шт", "szt", "ks", "pz", "uds", "st", "個", "个"]
BASES = words_of("price_basis")
SCALED = [(word, means) for word, means in words_of("price_scale") if not any(map(str.isdigit, word))]
CURRENCIES = [("", None), ("EUR", "EUR"), ("€", "EUR"), ("USD", "USD"), ("zł", "PLN"), ("CHF", "CHF")]
notations = st.sampled_from(NOTATIONS)
amounts = st.integers(1, 10**8).map(lambda cents: Decimal(cents) / 100)


@settings(max_examples=300, deadline=None)
@given(
    amounts,
    notations,
    st.sampled_from(COUNTS),
    st.sampled_from(PLAIN_PER),
    st.sampled_from(PIECES),
    st.sampled_from(CURRENCIES),
)
def test_a_price_for_many_in_one_cell(amount, notation: Notation, count, per, pieces, currency) -> None:
    sign, code = currency
    text = f"{notation.write(amount)} {sign} {per} {count} {pieces}".replace("  ", " ").strip()
    price = parse_price(text, decimal=notation.decimal)
    assert price.problem is not None or (price.amount, price.per_quantity, price.currency) == (amount, count, code), (
        text
    )


@settings(max_examples=200, deadline=None)
@given(amounts, notations, st.sampled_from((100, 1000)), st.sampled_from(PIECES), st.booleans())
def test_a_price_for_many_behind_a_slash_is_always_read(amount, notation: Notation, count, pieces, wide) -> None:
    text = f"{notation.write(amount)}{' / ' if wide else '/'}{count} {pieces}".strip()
    price = parse_price(text, decimal=notation.decimal)
    assert (price.amount, price.per_quantity) == (amount, count), text


@settings(max_examples=300, deadline=None)
@given(amounts, notations, st.sampled_from(SCALED), st.sampled_from(("", " ")))
def test_an_amount_in_a_part_of_its_currency(amount, notation: Notation, scale, blank) -> None:
    word, means = scale
    price = parse_price(f"{notation.write(amount)}{blank}{word}", decimal=notation.decimal)
    meant = (amount * SCALES[means]).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    assert price.problem is not None or (price.amount == meant and price.note is not None), (word, price)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(BASES), st.sampled_from(("Price", "Preis", "Prix", "Цена", "Cena", "価格")), st.booleans())
def test_a_header_says_for_how_many_in_every_language(basis, price, in_parentheses) -> None:
    word, count = basis
    text = f"{price} ({word})" if in_parentheses else f"{price} {word}"
    assert basis_of(text).per == int(count), text


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(words_of("price_scale")), st.sampled_from(("Price", "Preis", "Prix", "Цена", "Cena", "価格")))
def test_a_header_says_in_what_prices_are_in_every_language(scale, price) -> None:
    word, means = scale
    assert basis_of(f"{price} ({word})").scale == SCALES[means], word


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 10**6), st.sampled_from(NOTATIONS), st.sampled_from(PIECES))
def test_a_cell_of_price_units_is_read_back_or_not_at_all(count, notation: Notation, pieces) -> None:
    text = f"{notation.write(Decimal(count))} {pieces}".strip()
    assert count_of(text, notation.decimal) == count, text
    assert count_of(text) in (count, None)


def test_every_unit_for_many_is_read_in_any_case() -> None:
    for word, count in words_of("basis_units"):
        assert {count_of_unit(word), count_of_unit(word.upper())} == {int(count)}, word


TAXES = [(word, means) for word, means in words_of("tax") if means != "tax"]
SURE = [
    (word, means) for word, means in TAXES
    if not vocabulary().phrases("tax_unsure").exact(word) and "%" not in word and normalise(word)
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(SURE), st.sampled_from(("Price", "Preis", "Цена")), st.sampled_from((None, 5, 20, 21, "8,1", "5.5"))
)
def test_tax_is_read_in_every_language_with_its_rate(tax, price, rate) -> None:
    word, means = tax
    found = tax_of(f"{price} {word}" if rate is None else f"{price} {word} {rate}%")
    assert found.included is (means == "included"), word
    assert found.rate == (None if rate is None else Decimal(str(rate).replace(",", ".")))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(100, 10**6), min_size=4, max_size=8, unique=True),
    st.lists(st.integers(0, 9_900), min_size=8, max_size=8),
    st.sampled_from(NOTATIONS),
)
def test_a_discount_is_taken_off_exactly(cents, rates, notation: Notation) -> None:
    listed = [Decimal(cent) / 100 for cent in cents]
    rates = [Decimal(max(rate, 100)) / 100 for rate in rates]
    sign = notation.decimal
    rows = [
        [f"A-{place}", f"Drill {place}", str(amount).replace(".", sign), str(rate).replace(".", sign)]
        for place, (amount, rate) in enumerate(zip(listed, rates, strict=False))
    ]
    items = items_of([["Code", "Name", "List price", "Your discount %"], *rows], decimal_sign=sign)
    for item in items:
        amount, rate = listed[item.row_number - 2], rates[item.row_number - 2]
        assert item.price == (amount * (100 - rate) / 100).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    assert len(items) == len(rows) or any(
        amount * (100 - rate) < Decimal("0.01") for amount, rate in zip(listed, rates, strict=False)
    )
