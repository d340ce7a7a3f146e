"""The prices of all offers of a product over time: each of its own, what it was some time ago, and side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from catalog.models import PriceHistory, SupplierItem

PRICES_DRAWN = 5_000


class PriceLine(NamedTuple):
    """What one offer cost at each of some moments; nothing before its first price, or while it had another currency."""

    item: SupplierItem
    prices: list[Decimal | None]


def prices_of_offers(items: Iterable[SupplierItem]) -> dict[int, list[PriceHistory]]:
    """By item, the oldest first; of very many the newest."""
    found = PriceHistory.objects.filter(supplier_item__in=[item.pk for item in items], withdrawn_by_run_id=None)
    by_item: dict[int, list[PriceHistory]] = {}
    for price in reversed(found.order_by("-recorded_at", "-id")[:PRICES_DRAWN]):
        by_item.setdefault(price.supplier_item_id, []).append(price)
    return by_item


def price_at(prices: Sequence[PriceHistory], moment: datetime) -> PriceHistory | None:
    """What was in force then; the prices are the oldest first."""
    return next((price for price in reversed(prices) if price.recorded_at <= moment), None)


def change_since(item: SupplierItem, prices: Sequence[PriceHistory], moment: datetime) -> Decimal | None:
    """Of the price of one, as a share; None where there was none then, or in another currency."""
    then = price_at(prices, moment)
    if then is None or then.currency != item.currency or not then.unit_price:
        return None
    return Decimal(item.unit_price / then.unit_price - 1)


def lines_of_prices(
    items: Sequence[SupplierItem], prices: Mapping[int, Sequence[PriceHistory]], currency: str, now: datetime
) -> tuple[list[datetime], list[PriceLine]]:
    """The moments at which any of the offers in this currency changed its price, and what each cost then."""
    shown = [item for item in items if any(price.currency == currency for price in prices.get(item.pk, ()))]
    moments = sorted({price.recorded_at for item in shown for price in prices[item.pk]} | {now})
    return moments, [PriceLine(item, [unit_price(prices[item.pk], at, currency) for at in moments]) for item in shown]


def unit_price(prices: Sequence[PriceHistory], moment: datetime, currency: str) -> Decimal | None:
    found = price_at(prices, moment)
    return Decimal(found.unit_price) if found is not None and found.currency == currency else None
