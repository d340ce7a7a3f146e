"""The identity gate: the only way to a link without a person where no exact key says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from catalog.matching.features import (
    brands_fit,
    compared_codes,
    compared_quantities,
    compared_trait,
    is_in_name,
    price_ratio,
)
from catalog.matching.things import Thing
from catalog.matching.vocabulary import words

THRESHOLD = 0.5
_FARTHEST_PRICE = 3.0
_FARTHEST_OF_COPIES = 1.3
_SHORTEST_CODE = 4
_SHORTEST_NUMBER = 5
_COUNTED = re.compile(r"\d{1,2}[a-z]{2,}|\d+(?:mm|p)|\d+x\d+\w*")
_ALWAYS_SAID = (("state", "used"), ("origin", "compatible"), ("edition", "upgrade"), ("edition", "student"))
_OF_A_SERIES = re.compile(r"[a-z]{1,2}\d{0,2}00")  # R1500: of more than one maker


def holds(one: Thing, other: Thing, codes: Iterable[str], score: float) -> bool:
    """Whether a shared code that nothing else has makes them the same, and nothing speaks against it."""
    if score < THRESHOLD or not any(names_both(code, one, other) for code in codes):
        return False
    return not conflicts(one, other) and _price_fits(one, other)


def names_both(code: str, one: Thing, other: Thing) -> bool:
    """Whether it says what they are, not what they fit; a letter with a round number needs a brand or its place."""
    if not is_model(code) or code in one.fitted_codes | other.fitted_codes:
        return False
    has_brand = bool(one.brand or other.brand) or one.head == other.head or not _OF_A_SERIES.fullmatch(code)
    return has_brand and not _beside_differ(code, one, other)


def _beside_differ(code: str, one: Thing, other: Thing) -> bool:
    """Whether a letter beside it says that they are two: "A 8446" and "M 8446"."""
    beside = zip(_beside(code, one), _beside(code, other), strict=True)
    return any(here and there and here != there for here, there in beside)


def _beside(code: str, thing: Thing) -> tuple[str, str]:
    """The single letters that stand apart before and behind it."""
    written = r"\W*".join(code)
    found = re.search(rf"(?:(?<!\w)([a-z])\W+)?(?<!\w){written}(?!\w)(?:\W+([a-z])(?!\w))?", thing.name)
    return (found[1] or "", found[2] or "") if found else ("", "")


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
    if not _brand_fits(one, other):
        found.append("brand")
    if (one.words & words().bundles == frozenset()) != (other.words & words().bundles == frozenset()):
        found.append("bundle")
    if one.pack != other.pack and (None not in (one.pack, other.pack) or max(one.pack or 1, other.pack or 1) > 1):
        found.append("pack")
    found += compared_quantities(one.quantities, other.quantities)[1]
    return found + list(_traits_in_conflict(one, other))


def _brand_fits(one: Thing, other: Thing) -> bool:
    """One that a side alone says stands in the name of the other."""
    if one.brand and other.brand:
        return brands_fit(one.brand, other.brand)
    return all(is_in_name(here.brand, there) for here, there in ((one, other), (other, one)) if here.brand)


def _traits_in_conflict(one: Thing, other: Thing) -> Iterator[str]:
    for kind in one.traits.keys() | other.traits.keys():
        if compared_trait(kind, one.traits, other.traits) is False:
            yield kind
    for kind, value in _ALWAYS_SAID:
        is_silent = kind not in one.traits or kind not in other.traits
        if value == "compatible" and _price_fits(one, other, farthest=_FARTHEST_OF_COPIES, is_known=True):
            continue  # a copy costs much less
        if is_silent and any(value in thing.traits.get(kind, ()) for thing in (one, other)):
            yield kind
    for here, there in ((one, other), (other, one)):
        if "colour" not in there.traits and compared_trait("colour", here.traits, there.more_traits) is False:
            yield "colour"


def _price_fits(one: Thing, other: Thing, *, farthest: float = _FARTHEST_PRICE, is_known: bool = False) -> bool:
    ratio = price_ratio(one, other)
    return not is_known if ratio is None else 1 / farthest <= ratio <= farthest
