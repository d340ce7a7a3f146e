"""The identity gate: the only way to a link without a person where no exact key says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from catalog.matching.features import (
    brands_fit,
    compared_codes,
    compared_quantities,
    compared_trait,
    price_ratio,
)
from catalog.matching.things import Thing

THRESHOLD = 0.5
_FARTHEST_PRICE = 3.0
_SHORTEST_CODE = 4
_SHORTEST_NUMBER = 5
_COUNTED = re.compile(r"\d{1,2}[a-z]{2,}|\d+(?:mm|p)|\d+x\d+\w*")
_ALWAYS_SAID = ("state",)  # where one side says nothing of it, it is not the same


def holds(one: Thing, other: Thing, codes: Iterable[str], score: float) -> bool:
    """Whether a shared code that nothing else has makes them the same, and nothing speaks against it."""
    return score >= THRESHOLD and any(map(is_model, codes)) and not conflicts(one, other) and _price_fits(one, other)


def is_model(code: str) -> bool:
    """Not a count with what it counts ("24port", "1080p", "4x6"), nor a number that may mean anything."""
    return len(code) >= (_SHORTEST_NUMBER if code.isdigit() else _SHORTEST_CODE) and not _COUNTED.fullmatch(code)


def conflicts(one: Thing, other: Thing) -> list[str]:
    """What two records say otherwise: codes, brand, numbers with units, pack, traits."""
    codes = compared_codes(one, other)
    found = ["code"] if codes.unshared else []
    if one.part_numbers and other.part_numbers and not one.part_numbers & other.part_numbers:
        found.append("part_number")
    if one.barcode and other.barcode and one.barcode != other.barcode:
        found.append("barcode")
    if one.brand and other.brand and not brands_fit(one.brand, other.brand):
        found.append("brand")
    if one.pack != other.pack and (None not in (one.pack, other.pack) or max(one.pack or 1, other.pack or 1) > 1):
        found.append("pack")
    found += compared_quantities(one.quantities, other.quantities)[1]
    return found + list(_traits_in_conflict(one, other))


def _traits_in_conflict(one: Thing, other: Thing) -> Iterator[str]:
    for kind in one.traits.keys() | other.traits.keys():
        is_silent = kind not in one.traits or kind not in other.traits
        if (kind in _ALWAYS_SAID and is_silent) or compared_trait(kind, one.traits, other.traits) is False:
            yield kind
    for here, there in ((one, other), (other, one)):
        if "colour" not in there.traits and compared_trait("colour", here.traits, there.more_traits) is False:
            yield "colour"


def _price_fits(one: Thing, other: Thing) -> bool:
    ratio = price_ratio(one, other)
    return ratio is None or 1 / _FARTHEST_PRICE <= ratio <= _FARTHEST_PRICE
