"""What is alike and what differs between two things, in numbers that a person can read: `features_of(pair)`."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler
from rapidfuzz.fuzz import partial_ratio, token_set_ratio, token_sort_ratio

from catalog.matching.codes import are_siblings
from catalog.matching.frequencies import Frequencies
from catalog.matching.quantities import Quantities, agree
from catalog.matching.things import Thing, Traits
from catalog.matching.vocabulary import words

_RAREST = log(10_000)
_MEASURES = ("volume", "mass", "length", "power", "voltage", "charge", "storage", "yield")

_FOR = (
    "similarity names_sorted names_as_sets names_in_part names_begin names_length same_head words_shared words_held "
    "rarest_shared rare_words_shared told_in_description code_shared code_shared_unique code_shared_weight "
    "code_shared_long code_shared_whole code_of_its_own code_in_description part_number_equal part_number_in_name "
    "numbers_shared units_agree units_agree_beside pack_equal colour_equal size_equal trait_equal brand_equal "
    "brand_in_name price_near barcode_equal descriptions_shared category_shared "
    "best_of_left best_of_right lead_over_left lead_over_right"
)
_AGAINST = (
    "words_lost rarest_unshared both_have_rare_unshared code_conflict code_also_unshared code_sibling "
    "part_number_conflict numbers_conflict numbers_on_one_side units_conflict units_conflict_beside pack_conflict "
    "pack_on_one_side storage_conflict volume_conflict length_conflict power_conflict colour_conflict size_conflict "
    "trait_conflict colour_conflict_described colour_on_one_side trait_on_one_side brand_conflict price_distance "
    "price_far barcode_conflict rank_of_left rank_of_right"
)
SIGNS = dict.fromkeys(_FOR.split(), 1) | dict.fromkeys(_AGAINST.split(), -1)


@dataclass(slots=True)
class Seen:
    """A thing with what each of its words weighs: 0 for what stands everywhere, 1 for what stands nowhere else."""

    thing: Thing
    weights: dict[str, float]
    total: float


class Weigher:
    """Weighs words by the side on which they are more frequent: what stands in every name of a list tells nothing."""

    def __init__(self, catalog: Frequencies, others: Frequencies) -> None:
        self._sides = (catalog, others)
        self._known: dict[str, float] = {}

    def seen(self, thing: Thing) -> Seen:
        weights = {word: self.weight(word) for word in thing.words}
        return Seen(thing, weights, sum(weights.values()) or 1e-9)

    def weight(self, word: str) -> float:
        if (known := self._known.get(word)) is None:
            share = max(side.share(word) for side in self._sides)
            known = self._known[word] = min(1.0, -log(share + 1e-4) / _RAREST) if share < 1 else 0.0
        return known

    def is_unique(self, code: str) -> bool:
        """At most one record of either side has it."""
        return all(side.count(code) <= 1 for side in self._sides)


class Codes(NamedTuple):
    shared: frozenset[str]
    unshared: frozenset[str]  # own codes of either that the other does not have, where both have some
    are_missing: bool


def features_of(left: Seen, right: Seen, similarity: float, weigher: Weigher) -> dict[str, float]:
    one, other = left.thing, right.thing
    return {
        "similarity": similarity,
        **_strings(one, other),
        **_words(left, right),
        **_codes(one, other, weigher),
        **_numbers(one, other),
        **_quantities(one, other),
        **_traits(one, other),
        **_brands(one, other),
        **_prices(one, other),
        **_rest(one, other),
    }


def _strings(one: Thing, other: Thing) -> dict[str, float]:
    return {
        "names_sorted": token_sort_ratio(one.name, other.name) / 100,
        "names_as_sets": token_set_ratio(one.name, other.name) / 100,
        "names_in_part": partial_ratio(one.squeezed[:80], other.squeezed[:80]) / 100,
        "names_begin": JaroWinkler.similarity(one.name, other.name),
        "names_length": min(len(one.name), len(other.name)) / max(len(one.name), len(other.name), 1),
        "same_head": float(one.head == other.head),
    }


def _words(left: Seen, right: Seen) -> dict[str, float]:
    """Words of one name that stand glued or apart in the other count as shared."""
    lost_left, rare_left = _lost(left, right.thing)
    lost_right, rare_right = _lost(right, left.thing)
    held_left, held_right = 1 - lost_left / left.total, 1 - lost_right / right.total
    shared = left.thing.words & right.thing.words
    return {
        "words_shared": (held_left + held_right) / 2,
        "words_held": max(held_left, held_right),
        "words_lost": 1 - min(held_left, held_right),
        "rarest_shared": max((left.weights[word] for word in shared), default=0.0),
        "rare_words_shared": min(3.0, sum(left.weights[word] for word in shared if left.weights[word] > 0.5)) / 3,
        "rarest_unshared": max(rare_left, rare_right),
        "both_have_rare_unshared": min(rare_left, rare_right),
        "told_in_description": max(_told(left, right.thing), _told(right, left.thing)),
    }


def _lost(one: Seen, other: Thing) -> tuple[float, float]:
    """The weight of its words that the other lacks, and of the rarest of them."""
    lost, rarest = 0.0, 0.0
    for word in one.thing.words - other.words:
        if len(word) >= 4 and stands_in(word, other):
            continue
        weight = one.weights[word]
        lost += weight
        rarest = max(rarest, weight)
    return lost, rarest


def _told(one: Seen, other: Thing) -> float:
    """How much of what its name says beyond the other's name the other's description says."""
    missing = one.thing.words - other.words
    weight = sum(one.weights[word] for word in missing)
    return (
        sum(one.weights[word] for word in missing & other.described) / weight
        if weight > 0.2 and other.described
        else 0.0
    )


def stands_in(code: str, thing: Thing, edges: frozenset[int] | None = None) -> bool:
    """Whether words of its name, put together, are the code."""
    edges = thing.edges if edges is None else edges
    place = thing.squeezed.find(code)
    while place >= 0:
        if place in edges and place + len(code) in edges:
            return True
        place = thing.squeezed.find(code, place + 1)
    return False


def compared_codes(one: Thing, other: Thing) -> Codes:
    ours, theirs = one.codes | one.part_numbers, other.codes | other.part_numbers
    are_missing = not ours or not theirs
    shared = {code for code in ours if code in theirs or (len(code) >= 4 and stands_in(code, other))}
    shared |= {code for code in theirs if code not in shared and len(code) >= 4 and stands_in(code, one)}
    lonely = (one.own_codes | one.part_numbers) - shared, (other.own_codes | other.part_numbers) - shared
    ours, theirs = (frozenset(code for code in codes if not _is_part(code, shared)) for codes in lonely)
    unshared = ours | theirs if ours and theirs else frozenset()
    return Codes(frozenset(shared), unshared, are_missing)


def is_whole(code: str, one: Thing, other: Thing) -> bool:
    """Whether a shared code is no part of a longer one on either side."""
    for thing in (one, other):
        if any(code != each and code in each for each in thing.codes | thing.part_numbers):
            return False
        if code not in thing.part_numbers and not stands_in(code, thing, thing.wide_edges):
            return False
    return True


def _is_part(code: str, shared: set[str]) -> bool:
    return any(code in each or each in code for each in shared)


def _codes(one: Thing, other: Thing, weigher: Weigher) -> dict[str, float]:
    codes = compared_codes(one, other)
    ours, theirs = one.own_codes | one.part_numbers, other.own_codes | other.part_numbers
    weights = [weigher.weight(code if code in one.words | other.words else f"#{code}") for code in codes.shared]
    has_conflict = bool(ours and theirs and not codes.shared)
    siblings = any(are_siblings(a, b) for a in ours - codes.shared for b in theirs - codes.shared)
    extended = any(_extends(a, b) for a in ours - codes.shared for b in theirs - codes.shared)
    return {
        "code_shared": float(bool(codes.shared)),
        "code_shared_unique": float(any(weigher.is_unique(code) for code in codes.shared)),
        "code_shared_weight": max(weights, default=0.0),
        "code_shared_long": min(1.0, max(map(len, codes.shared), default=0) / 10),
        "code_shared_whole": float(any(is_whole(code, one, other) for code in codes.shared)),
        "code_of_its_own": float(bool(codes.shared & ours & theirs)),
        "code_conflict": float(has_conflict),
        "code_also_unshared": float(bool(codes.shared and codes.unshared)),
        "code_sibling": float(siblings and not extended),
        "code_extended": float(extended),
        "code_missing": float(codes.are_missing),
        "code_in_description": float(bool(ours & other.described_codes or theirs & one.described_codes)),
        "part_number_equal": float(bool(one.part_numbers & other.part_numbers)),
        "part_number_in_name": float(bool(one.part_numbers & codes.shared or other.part_numbers & codes.shared)),
        "part_number_conflict": float(
            bool(one.part_numbers and other.part_numbers and not one.part_numbers & other.part_numbers)
        ),
    }


def _extends(one: str, other: str) -> bool:
    """One code is the other with an ending: of a colour, a country, a version."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 4 and long.startswith(short) and len(long) - len(short) <= 4


def _numbers(one: Thing, other: Thing) -> dict[str, float]:
    shared = one.numbers & other.numbers
    are_said = bool(one.numbers and other.numbers)
    return {
        "numbers_shared": len(shared) / len(one.numbers | other.numbers) if are_said else 0.0,
        "numbers_conflict": float(are_said and bool(one.numbers - other.numbers) and bool(other.numbers - one.numbers)),
        "numbers_on_one_side": float(bool(one.numbers) != bool(other.numbers)),
    }


def _quantities(one: Thing, other: Thing) -> dict[str, float]:
    agreed, differ = compared_quantities(one.quantities, other.quantities)
    wide = [
        compared_quantities(one.quantities, other.more_quantities),
        compared_quantities(other.quantities, one.more_quantities),
    ]
    packs = one.pack, other.pack
    found = {
        "units_agree": min(2.0, len(agreed)) / 2,
        "units_conflict": min(2.0, len(differ)) / 2,
        "units_agree_beside": float(any(agreed for agreed, _ in wide)),
        "units_conflict_beside": float(any(set(differ) - {"mass", "length"} for _, differ in wide)),
        "pack_equal": float(None not in packs and packs[0] == packs[1]),
        "pack_conflict": float(None not in packs and packs[0] != packs[1]),
        "pack_on_one_side": float(
            ((one.pack or 1) > 1 and other.pack is None) or ((other.pack or 1) > 1 and one.pack is None)
        ),
    }
    return found | {f"{name}_conflict": float(name in differ) for name in ("storage", "volume", "length", "power")}


def compared_quantities(one: Quantities, other: Quantities) -> tuple[list[str], list[str]]:
    """Dimensions in which they agree, and in which they differ."""
    both = [name for name in one if name in other]
    agreed = [name for name in both if agree(one[name], other[name])]
    return agreed, [name for name in both if name not in agreed]


def _traits(one: Thing, other: Thing) -> dict[str, float]:
    found = {f"{name}_{what}": 0.0 for name in ("colour", "size", "trait") for what in ("equal", "conflict")}
    for kind in one.traits.keys() | other.traits.keys():
        name = kind if kind in {"colour", "size"} else "trait"
        verdict = compared_trait(kind, one.traits, other.traits)
        if verdict is not None:
            found[f"{name}_{'equal' if verdict else 'conflict'}"] = 1.0
    told = [
        compared_trait("colour", one.traits, other.more_traits),
        compared_trait("colour", one.more_traits, other.traits),
    ]
    is_open = not found["colour_equal"] and not found["colour_conflict"]
    found["colour_conflict_described"] = float(is_open and False in told)
    found["colour_on_one_side"] = float(("colour" in one.traits) != ("colour" in other.traits))
    found["trait_on_one_side"] = float(
        any(
            (kind in one.traits) != (kind in other.traits)
            for kind in one.traits.keys() | other.traits.keys()
            if kind != "colour"
        )
    )
    return found


def compared_trait(kind: str, one: Traits, other: Traits) -> bool | None:
    """Whether they may agree; None where one says nothing."""
    ours, theirs = one.get(kind), other.get(kind)
    if not ours or not theirs:
        return None
    if ours & theirs:
        return True
    return any(frozenset({a, b}) in words().kin for a in ours for b in theirs)


def _brands(one: Thing, other: Thing) -> dict[str, float]:
    are_said = bool(one.brand and other.brand)
    is_equal = are_said and brands_fit(one.brand, other.brand)
    in_name = [is_in_name(a, b) for a, b in ((one.brand, other), (other.brand, one)) if a]
    return {
        "brand_equal": float(is_equal),
        "brand_conflict": float(are_said and not is_equal and not any(in_name)),
        "brand_in_name": float(not is_equal and any(in_name)),
        "brand_not_in_name": float(not are_said and bool(in_name) and not any(in_name)),
    }


def brands_fit(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short) or JaroWinkler.similarity(one, other) > 0.93


def is_in_name(brand: str, thing: Thing) -> bool:
    return brand in thing.words or (len(brand) > 2 and brand in thing.squeezed)


def _prices(one: Thing, other: Thing) -> dict[str, float]:
    ratio = price_ratio(one, other)
    distance = abs(log(ratio)) if ratio else 0.0
    return {
        "price_distance": min(2.0, distance),
        "price_near": float(ratio is not None and distance < 0.1),
        "price_far": float(ratio is not None and distance > log(2)),
        "price_unknown": float(ratio is None),
    }


def price_ratio(one: Thing, other: Thing) -> float | None:
    """None where one is unknown or they are in different money."""
    if not one.price or not other.price or (one.currency and other.currency and one.currency != other.currency):
        return None
    return other.price / one.price


def _rest(one: Thing, other: Thing) -> dict[str, float]:
    described = one.described & other.described
    smaller = min(len(one.described), len(other.described))
    return {
        "barcode_equal": float(one.barcode is not None and one.barcode == other.barcode),
        "barcode_conflict": float(
            one.barcode is not None and other.barcode is not None and one.barcode != other.barcode
        ),
        "descriptions_shared": len(described) / smaller if smaller else 0.0,
        "category_shared": float(bool(one.category & other.category)),
        "languages_differ": float(one.is_cyrillic != other.is_cyrillic),
    }
