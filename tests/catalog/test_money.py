from decimal import Decimal

import pytest

from catalog.money import show_money


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("12.5000", "12.50 EUR"),
        ("12.3456", "12.3456 EUR"),
        ("12.3450", "12.345 EUR"),
        ("100.0000", "100.00 EUR"),
        ("0", "0.00 EUR"),
    ],
)
def test_two_decimals_unless_there_are_more(amount, shown):
    assert show_money(Decimal(amount), "EUR") == shown


def test_no_price_is_a_dash():
    assert show_money(None, "EUR") == "-"


def test_what_it_is_for_stands_beside_it():
    assert show_money(Decimal("2.45"), "EUR", 100) == "2.45 EUR per 100"
    assert show_money(Decimal("2.45"), "EUR", 1000) == "2.45 EUR per 1,000"
