"""Lowest price and availability of a product."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from catalog.offers import refresh
from tests.factories import ProductFactory, SupplierItemFactory

GONE = datetime(2026, 11, 2, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("offers", "lowest", "is_available"),
    [
        ([], None, False),
        ([{"current_price": 5}], 5, True),
        ([{"current_price": 5}, {"current_price": 4, "availability": "out_of_stock"}], 4, True),
        ([{"current_price": 5, "availability": "out_of_stock"}], 5, False),
        ([{"current_price": 5, "availability": "on_order"}], 5, False),
        ([{"current_price": 5}, {"current_price": 1, "currency": "USD"}], 5, True),
        ([{"current_price": 5}, {"current_price": 1, "missing_since": GONE}], 5, True),
        ([{"current_price": 1, "missing_since": GONE}], None, False),
        ([{"current_price": 5}, {"current_price": 400, "per_quantity": 100}], 4, True),
        ([{"current_price": "0.123", "per_quantity": 1000}], Decimal("0.000123"), True),
        ([{"current_price": 5}, {"current_price": 6, "tax_rate": 25, "tax_included": True}], Decimal("4.8"), True),
        ([{"current_price": 5}, {"current_price": 6, "tax_included": True}], 5, True),
    ],
    ids=str,
)
def test_what_offers_come_to(offers, lowest, is_available):
    product = ProductFactory(currency="EUR")
    for offer in offers:
        SupplierItemFactory(product=product, **offer)
    refresh([product.pk])
    product.refresh_from_db()
    assert (product.lowest_price, product.is_available) == (lowest, is_available)


def test_products_that_stay_as_they_are_are_not_written():
    product = ProductFactory(currency="EUR")
    SupplierItemFactory(product=product)
    assert refresh([product.pk, product.pk]) == 1
    assert refresh([product.pk]) == 0
    assert refresh([]) == 0
