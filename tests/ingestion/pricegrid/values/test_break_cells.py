"""Prices for several quantities in one cell, written in every locale and read back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.pricegrid.problems import prices
from ingestion.pricegrid.records import PriceBreak
from ingestion.pricegrid.values.price import parse_price
from tests.ingestion.pricegrid.values.test_price_properties import AFFIXES, NOTATIONS, Notation

BEFORE = [
    *(
        "from {}",
        "ab {}",
        "dès {}",
        "à partir de {}",
        "desde {}",
        "da {}",
        "vanaf {}",
        "od {}",
        "от {} шт.",
        "від {} шт",
    ),
    *("fra {}", "från {} st", "alates {}", "nuo {}", "no {}", "de la {}", "από {}", "MOQ {}", "≥ {}", "> {}"),
]
BEHIND = [
    *("{}+", "{} pcs", "{} Stk.", "{} шт.", "{} or more", "{} et plus", "{} o más", "{} и более", "{} adet ve üzeri"),
    *("{}以上", "{}个起", "{} 이상", "{} db felett"),
]
QUANTITIES = BEFORE + BEHIND
SHAPES = ["{quantity}: {price}", "{quantity} = {price}", "{price} ({quantity})"]
BETWEEN = ["; ", " | ", "\n", " / "]

steps = st.lists(st.integers(2, 9999), min_size=1, max_size=5, unique=True).map(sorted)
cents = st.integers(1, 10**6 - 1)


def amounts_of(least: int, count: int) -> list[Decimal]:
    return [Decimal(least + 100 * (count - place)).scaleb(-2) for place in range(count)]


@given(
    steps,
    cents,
    st.sampled_from(QUANTITIES),
    st.sampled_from(SHAPES),
    st.sampled_from(BETWEEN),
    st.sampled_from(NOTATIONS),
    st.sampled_from([affix for affix in AFFIXES if affix[2]]),
    st.randoms(use_true_random=False),
)
def test_what_is_written_is_read_back(minima, least, quantity, shape, between, notation: Notation, affix, random):
    """In whatever order the pieces stand."""
    before, after, currency = affix
    breaks = [PriceBreak(Decimal(1), amounts_of(least, len(minima) + 1)[0])]
    breaks += [
        PriceBreak(Decimal(minimum), amount)
        for minimum, amount in zip(minima, amounts_of(least, len(minima) + 1)[1:], strict=True)
    ]
    pieces = [
        shape.format(quantity=quantity.format(minimum), price=before + notation.write(amount) + after)
        for minimum, amount in breaks
    ]
    random.shuffle(pieces)
    price = parse_price(between.join(pieces))
    assert (price.problem, price.breaks, price.amount, price.currency) == (
        None,
        tuple(breaks),
        breaks[0].price,
        currency,
    )


@pytest.mark.parametrize(
    ("text", "breaks"),
    [
        ("1-9: 2.00; 10+: 1.80", ((1, "2.00"), (10, "1.80"))),
        ("10+: 1.80; 1-9: 2.00", ((1, "2.00"), (10, "1.80"))),
        ("2.00/1.80 (10+)", ((1, "2.00"), (10, "1.80"))),
        ("2,00; ab 10: 1,80", ((1, "2.00"), (10, "1.80"))),
        ("2.00 (1-9), 1.80 (10-49), 1.50 (50+)", ((1, "2.00"), (10, "1.80"), (50, "1.50"))),
        ("1 = 2.00 / 10 = 1.80", ((1, "2.00"), (10, "1.80"))),
        ("1+ 2.00, 10+ 1.80", ((1, "2.00"), (10, "1.80"))),
        ("2,00 / 1,80 ab 10 Stk.", ((1, "2.00"), (10, "1.80"))),
        ("1: 2.00 excl. VAT; 10: 1.80 ex VAT", ((1, "2.00"), (10, "1.80"))),
        ("50 pcs: 1.20; 100 pcs: 1.10", ((50, "1.20"), (100, "1.10"))),
    ],
)
def test_notations(text, breaks):
    expected = tuple(PriceBreak(Decimal(minimum), Decimal(amount)) for minimum, amount in breaks)
    assert parse_price(text).breaks == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("1-9: 1.80; 10+: 2.00", prices.BREAK_DEARER),
        ("10+: 1.80; 10+: 2.00", prices.BREAK_TWICE),
        ("1-9: $2.00; 10+: €1.80", prices.SEVERAL),
        ("2.00 / 3.00", prices.SEVERAL),
        ("100 | 90", prices.SEVERAL),
        ("1/2", prices.SEVERAL),
        ("10-12", prices.SEVERAL),
        ("2.00; from $500: 1.80", prices.SEVERAL),
        ("2.00; from 5 kg: 1.80", prices.SEVERAL),
        ("2.00; per 100: 180.00", prices.SEVERAL),
        ("1: 2.00 excl. VAT; 10: 1.80 incl. VAT", prices.SEVERAL),
        ("1: 2.00; 99999999999999999999: 1.80", prices.SEVERAL),
        ("12.05.2026", prices.DATE),
    ],
)
def test_what_contradicts_itself_or_says_something_else_is_no_price(text, problem):
    price = parse_price(text)
    assert price.problem is not None
    assert (price.problem.code, price.amount, price.breaks) == (problem.code, None, ())
