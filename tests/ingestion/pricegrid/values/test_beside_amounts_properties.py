"""What stands beside amounts, in every language and notation, is read back, or the amount is none: never unnoticed."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.pricegrid.problems import notes
from ingestion.pricegrid.values.price import parse_price
from ingestion.pricegrid.values.tax import read_rate, tax_of
from ingestion.pricegrid.vocabulary import vocabulary
from tests.ingestion.pricegrid.grids import items_of
from tests.ingestion.pricegrid.values.test_price_meaning_properties import CURRENCIES, SURE, amounts, notations
from tests.ingestion.pricegrid.values.test_price_properties import Notation

NOTES = {"from": notes.FROM.code, "about": notes.ABOUT.code}
WORDS = sorted(
    {(topic, word.removesuffix("*")) for topic in NOTES for word in vocabulary().words[topic]} - {("from", "fr")}
)
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
FROM_IN_HEADERS = (
    "from",
    "ab",
    "от",
    "dès",
    "desde",
    "da",
    "od",
    "vanaf",
    "från",
    "fra",
    "від",
    "a partir de",
)
SIDES = {
    "brutto": True,
    "netto": False,
    "TTC": True,
    "HT": False,
    "с НДС": True,
    "incl. VAT": True,
    "zzgl. MwSt.": False,
}
RATES = ("5", "7", "8.1", "10", "19", "20", "23", "25.5")

rates = st.lists(st.sampled_from(RATES), min_size=1, max_size=3, unique=True)


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(WORDS), amounts, notations, st.sampled_from(CURRENCIES))
def test_the_lowest_of_several_prices_and_one_that_is_about_are_noted(said, amount, notation: Notation, currency):
    topic, word = said
    sign, code = currency
    price = parse_price(f"{word} {notation.write(amount)} {sign}".strip(), decimal=notation.decimal)
    read = (price.amount, price.currency, [note.code for note in price.notes])
    assert price.problem is not None or read == (amount, code, [NOTES[topic]]), word


def test_hardly_a_word_of_any_language_makes_an_amount_none():
    unread = [word for _, word in WORDS if parse_price(f"{word} 1234,56 €").problem is not None]
    assert len(unread) <= 4, unread


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SURE), amounts, notations, st.sampled_from(CURRENCIES))
def test_a_cell_that_says_its_side_of_tax_is_on_no_other(tax, amount, notation: Notation, currency):
    word, means = tax
    sign, code = currency
    price = parse_price(f"{notation.write(amount)} {sign} {word}".replace("  ", " "), decimal=notation.decimal)
    said = [tax_of(str(note.params["value"])).included for note in price.notes if note.code == notes.TAX.code]
    read = (price.amount, price.currency, said)
    assert price.problem is not None or read in ((amount, code, []), (amount, code, [means == "included"])), word


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(SIDES)), st.sampled_from([None, "10"]), amounts, notations)
def test_what_a_cell_says_of_tax_is_a_fact_of_its_item(word, other, amount, notation: Notation):
    texts = [f"{notation.write(amount)} EUR {word}", *(f"{other or amount} EUR" for _ in range(4))]
    rows = [[f"A-{place}", f"Drill {place}", text] for place, text in enumerate(texts, 1)]
    item = items_of([["Code", "Name", "Price"], *rows], decimal_sign=notation.decimal)[0]
    assert (item.price, item.facts.tax_included) == (amount, SIDES[word])


@given(st.integers(1, 10**6), st.integers(0, 99), st.sampled_from(["", "€", "EUR", "zł", "CHF"]), st.booleans())
def test_two_raised_digits_are_cents_in_every_currency(whole, cents, sign, is_before):
    raised = f"{cents:02}".translate(RAISED)
    text = f"{sign} {whole}{raised}" if is_before else f"{whole}{raised} {sign}"
    assert parse_price(text.strip()).amount == whole + Decimal(cents) / 100


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(FROM_IN_HEADERS),
    st.lists(st.integers(2, 9999), min_size=1, max_size=3, unique=True).map(sorted),
    st.lists(st.integers(300, 10**6), min_size=4, max_size=6, unique=True),
    notations,
)
def test_columns_for_quantities_are_read_back(word, minima, cents, notation: Notation):
    """Each step is cheaper by a hundredth of the currency."""
    shares = range(len(minima) + 1)
    listed = [[Decimal(cent - share).scaleb(-2) for share in shares] for cent in cents]
    rows = [
        [f"A-{place}", f"Drill {place}", *(notation.write(amount) for amount in steps)]
        for place, steps in enumerate(listed, 1)
    ]
    header = ["Code", "Name", "Price EUR", *(f"{word} {minimum}" for minimum in minima)]
    found = items_of([header, *rows], decimal_sign=notation.decimal)
    assert len(found) == len(rows)
    for item, steps in zip(found, listed, strict=True):
        breaks = [(each.minimum, each.price) for each in item.facts.price_breaks or ()]
        assert breaks == list(zip([1, *minima], steps, strict=True)), header


@settings(max_examples=60, deadline=None)
@given(
    rates,
    st.sampled_from(["{}", "{} %", "{}%", "VAT {}%"]),
    st.booleans(),
    st.sampled_from(["VAT %", "MwSt. %", "НДС %"]),
)
def test_a_column_of_rates_is_read_row_by_row(said, written, has_comma, header):
    by_row = said * 3
    texts = [written.format(rate.replace(".", ",") if has_comma else rate) for rate in by_row]
    rows = [[f"A-{place}", f"Drill {place}", f"{place},50", text] for place, text in enumerate(texts, 1)]
    found = items_of([["Code", "Name", "Price EUR", header], *rows])
    assert [item.facts.tax_rate for item in found] == [Decimal(rate) for rate in by_row]


@given(st.sampled_from(RATES), st.sampled_from([".", ","]))
def test_a_part_of_one_is_a_rate_too(rate, sign):
    part = Decimal(rate) / 100
    assert read_rate(float(part)) == read_rate(str(part).replace(".", sign)) == Decimal(rate)


def test_amounts_of_tax_are_no_rates():
    rows = [[f"A-{place}", f"Drill {place}", f"{place},50", f"{place},12"] for place in range(1, 9)]
    found = items_of([["Code", "Name", "Price EUR", "VAT"], *rows])
    assert {item.facts.tax_rate for item in found} == {None}
    assert found[0].characteristics["VAT"] == "1,12"
