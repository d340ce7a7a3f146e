from datetime import UTC, datetime, timedelta

import pytest

from catalog.movements import Movement, movements_since
from tests.factories import PriceHistoryFactory, SupplierItemFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)


def prices(*given: str, currency: str = "EUR") -> None:
    """One item's, a day apart."""
    item = SupplierItemFactory()
    for day, price in enumerate(given):
        PriceHistoryFactory(
            supplier_item=item, price=price, currency=currency, recorded_at=MONDAY + timedelta(days=day)
        )


def test_counts_by_day_what_went_up_and_what_went_down() -> None:
    prices("10", "12", "11")
    prices("10", "9")
    prices("5", "5")
    tuesday, wednesday = ((MONDAY + timedelta(days=day)).date() for day in (1, 2))
    assert movements_since(MONDAY) == {tuesday: Movement(1, 1), wednesday: Movement(0, 1)}


def test_what_happened_before_is_only_compared_with() -> None:
    prices("10", "12", "11")
    later = MONDAY + timedelta(days=1, hours=1)
    assert movements_since(later) == {(MONDAY + timedelta(days=2)).date(): Movement(0, 1)}


def test_another_currency_is_no_movement() -> None:
    item = SupplierItemFactory()
    PriceHistoryFactory(supplier_item=item, price="10", currency="EUR", recorded_at=MONDAY)
    PriceHistoryFactory(supplier_item=item, price="900", currency="RUB", recorded_at=MONDAY + timedelta(days=1))
    assert movements_since(MONDAY) == {}


def test_prices_are_those_of_one() -> None:
    item = SupplierItemFactory()
    for day, (price, per_quantity) in enumerate([("2", 1), ("200", 100), ("190", 100)]):
        at = MONDAY + timedelta(days=day)
        PriceHistoryFactory(supplier_item=item, price=price, per_quantity=per_quantity, recorded_at=at)
    assert movements_since(MONDAY) == {
        (MONDAY + timedelta(days=1)).date(): Movement(0, 0),
        (MONDAY + timedelta(days=2)).date(): Movement(0, 1),
    }
