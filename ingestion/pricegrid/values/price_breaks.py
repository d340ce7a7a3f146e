"""Price breaks put in order: the more of an item is ordered, the less each costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from ingestion.pricegrid.problems import prices
from ingestion.pricegrid.records import ItemFacts, Message, PriceBreak

_LEAST = 2


def in_order(breaks: Iterable[PriceBreak]) -> tuple[PriceBreak, ...]:
    """Ascending, what is said twice once."""
    return tuple(sorted(set(breaks)))


def contradiction_of(breaks: Iterable[PriceBreak]) -> Message | None:
    """What is wrong with breaks in order: two prices for one quantity, or a dearer one for more."""
    for less, more in pairwise(breaks):
        if less.minimum == more.minimum:
            return prices.BREAK_TWICE.message(
                minimum=shown(less.minimum), first=shown(less.price), second=shown(more.price)
            )
        if more.price > less.price:
            return prices.BREAK_DEARER.message(
                more=shown(more.minimum), dearer=shown(more.price), less=shown(less.minimum), price=shown(less.price)
            )
    return None


def with_breaks(facts: ItemFacts, breaks: Sequence[PriceBreak]) -> ItemFacts:
    """The facts of an item with the breaks of its price, in order; a first one above one is its minimum order."""
    if not breaks:
        return facts
    least = breaks[0].minimum if breaks[0].minimum > 1 else None
    return facts._replace(
        price_breaks=tuple(breaks) if len(breaks) >= _LEAST else facts.price_breaks,
        minimum_order=facts.minimum_order if facts.minimum_order is not None else least,
    )


def shown(value: Decimal) -> str:
    return f"{value:f}"
