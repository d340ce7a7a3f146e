"""Whether two sheets list the same items: as versions of one list, or because one repeats some of the other's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from enum import Enum, auto
from itertools import chain, islice

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.cells.merges import grid_rows
from ingestion.pricegrid.structure.plan import Plan
from ingestion.pricegrid.structure.sample import is_empty
from ingestion.pricegrid.values.codes import clean_codes, code_key

SHARE_OF_SAME_ITEMS = (
    0.5  # sheets that share so many of their items are versions of one list, or one repeats the other's
)
SAME_PRICES = 0.8  # of the shared items: then they are the same offers, no other version of them
COMPARED_ROWS = 5_000

Offers = Mapping[str, AbstractSet[str]]  # what identifies the items of a sheet, each with its prices


class Relation(Enum):
    OTHER = auto()  # other items
    VERSION = auto()  # the same items at other prices
    WITHIN = auto()  # nothing that the other sheet does not say
    OVERLAP = auto()  # some items are repeated, at their prices; others stand only here


def offers_of(plan: Plan) -> Offers:
    found: dict[str, set[str]] = {}
    for key, price in chain.from_iterable(map(_offers, plan.tables)):
        found.setdefault(key, set()).add(price)
    return found


def _offers(plan: Plan) -> Iterator[tuple[str, str]]:
    """The code of each row, or its name where it has none, and its price as it stands."""
    layout = plan.layout
    if layout is None:
        return
    keys = [column for column in (layout.code, *layout.names) if column is not None]
    for row in islice(grid_rows(plan.sheet), COMPARED_ROWS):
        if row.number < layout.header.data_start:
            continue
        price = _at(row.cells, layout.price)
        at = next((column for column in keys if not is_empty(_at(row.cells, column))), None)
        if at is not None and (layout.price is None or not is_empty(price)):
            text = clean_codes((_at(row.cells, at),))[0]
            key = code_key(text) if at == layout.code else text.casefold()
            yield key, f"{price:.4f}" if isinstance(price, int | float) else str(price).strip()


def _at(cells: Collection[Cell], column: int | None) -> Cell:
    return cells[column] if column is not None and column < len(cells) else None  # type: ignore[index]


def relation(plan: Plan, offers: Offers, other: Plan, others: Offers) -> Relation:
    """What the sheet of `plan` is to another, from which the items are read."""
    shared = offers.keys() & others.keys()
    if len(shared) < SHARE_OF_SAME_ITEMS * min(len(offers), len(others)) or not shared:
        return Relation.OTHER
    same = sum(not offers[key].isdisjoint(others[key]) for key in shared)
    if _currency(plan) != _currency(other) or same < SAME_PRICES * len(shared):
        return Relation.VERSION
    is_within = all(offers[key] <= others[key] for key in shared) and len(shared) == len(offers)
    return Relation.WITHIN if is_within else Relation.OVERLAP


def _currency(plan: Plan) -> str | None:
    return plan.layout.currency if plan.layout else None


def own_items(offers: Offers, read: Collection[Offers]) -> int:
    """How many items stand on none of the sheets that are read."""
    return sum(not any(key in other for other in read) for key in offers)
