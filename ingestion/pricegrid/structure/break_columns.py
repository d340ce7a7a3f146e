"""Price columns that are for several quantities: "1-9", "от 10 шт", "ab 100", "MOQ 50"; levels of buyers are none."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.structure.columns_by_header import Columns
from ingestion.pricegrid.structure.header import Header
from ingestion.pricegrid.structure.which_price import Prices, amounts_of, is_taxed
from ingestion.pricegrid.vocabulary import vocabulary
from ingestion.pricegrid.vocabulary.tiers import Tier, find_quantity, find_tier

_LEAST = 2
_FEWEST_PLAIN = 10  # a number that nothing says to be a quantity counts columns where none is larger
_MOST_DEARER = 0.1  # of the rows; where more cost more for more, these are no breaks
_OTHER_KINDS = ("retail", "old", "special", "client", "discount", "markup", "deposit")


class BreakColumn(NamedTuple):
    """The price in `column` is that from `minimum` pieces on."""

    minimum: Decimal
    column: int


def break_columns(columns: Columns, prices: Prices) -> tuple[BreakColumn, ...]:
    """In the order of their quantities, the price column first; none where only one is for a quantity."""
    found = _quantities(columns, prices)
    return found if found and found[0].column == columns.first(Field.PRICE) else ()


def lead_with_smallest(columns: Columns, prices: Prices) -> None:
    """The price is that for the smallest order, though hardly any item can be had in so small a quantity."""
    found, main = _quantities(columns, prices), columns.first(Field.PRICE)
    if main is None or not found or found[0].column == main or main in columns.given:
        return
    price, tier = columns.guesses[main], columns.guesses[found[0].column]
    columns.set(found[0].column, Field.PRICE, price.confidence, price.reason)
    columns.set(main, Field.PRICE_TIER, tier.confidence, tier.reason)


def _quantities(columns: Columns, prices: Prices) -> tuple[BreakColumn, ...]:
    main = columns.first(Field.PRICE)
    if main is None:
        return ()
    tiers = {
        column: tier for column in (main, *_others(columns, prices, main)) if (tier := _tier(prices.header, column))
    }
    own = find_tier(prices.header.last(main), vocabulary())
    if main not in tiers:
        if own is not None and not own.plain and own.minimum > 1:
            return ()  # from a sum on, by the box
        tiers[main] = Tier(1)
    if not _are_quantities(tiers, main):
        return ()
    found = sorted(BreakColumn(Decimal(tier.minimum), column) for column, tier in tiers.items())
    is_one_each = all(less.minimum < more.minimum for less, more in pairwise(found))
    if len(found) < _LEAST or not is_one_each or _cost_more_for_more(found, prices):
        return ()
    return tuple(found)


def _others(columns: Columns, prices: Prices, main: int) -> list[int]:
    """Further prices of the same kind: shown, in the same currency, on the same side of tax."""
    of_main = _kinds(prices.header, main)
    return [
        column
        for column in columns.of(Field.PRICE_TIER)
        if column not in prices.hidden
        and prices.currency_of(column) in (None, prices.currency_of(main))
        and is_taxed(prices.header, column) == is_taxed(prices.header, main)
        and _kinds(prices.header, column) == of_main
    ]


def _kinds(header: Header, column: int) -> frozenset[str]:
    said = vocabulary().phrases("price_kinds").meanings(header.text(column))
    return frozenset(said.intersection(_OTHER_KINDS))


def _tier(header: Header, column: int) -> Tier | None:
    """What the header says of quantities; the titles above count where its own words say less."""
    last, whole = header.last(column), header.text(column).replace(" / ", " ")
    found = [tier for text in dict.fromkeys((last, whole)) if (tier := find_quantity(text, vocabulary()))]
    return min(found, key=lambda tier: tier.plain, default=None)


def _are_quantities(tiers: dict[int, Tier], main: int) -> bool:
    """Either each further column says that it is for a quantity, or plain numbers rise from one: 1, 10, 100."""
    others = [tier for column, tier in tiers.items() if column != main]
    if not any(tier.plain for tier in others):
        return True
    return tiers[main].minimum == 1 and max((tier.minimum for tier in others), default=0) >= _FEWEST_PLAIN


def _cost_more_for_more(found: Sequence[BreakColumn], prices: Prices) -> bool:
    rows = list(zip(*(amounts_of(prices.cells[each.column]) for each in found), strict=True))
    priced = [[amount for amount in row if amount] for row in rows]
    dearer = sum(any(less < more for less, more in pairwise(row)) for row in priced)
    return dearer > max(1, _MOST_DEARER * sum(len(row) >= _LEAST for row in priced))
