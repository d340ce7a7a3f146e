"""Why a pair has its score, as codes with values; `text_of(reason)` says it in words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from catalog.matching.features import compared_codes, compared_quantities, price_ratio
from catalog.matching.things import Thing

if TYPE_CHECKING:
    from catalog.matching.model import Model

_MOST = 5
_LEAST = 0.15  # log odds that are worth a word
_OF_FEATURES = {
    "similarity": "names",
    "names_sorted": "names",
    "names_as_sets": "names",
    "names_in_part": "names",
    "names_begin": "names",
    "names_length": "names",
    "same_head": "names",
    "best_of_left": "rivals",
    "best_of_right": "rivals",
    "lead_over_left": "rivals",
    "lead_over_right": "rivals",
    "rank_of_left": "rivals",
    "rank_of_right": "rivals",
}
_GROUPS = (
    "code",
    "part_number",
    "price",
    "colour",
    "size",
    "trait",
    "brand",
    "pack",
    "barcode",
    "numbers",
    "units",
    "words",
)


class Reason(NamedTuple):
    """`weight` is what it adds to the log odds; less than 0 speaks against the pair."""

    code: str
    params: Mapping[str, str]
    weight: float


TEXTS = {
    "key": "same %(key)s",
    "code_shared": "same model %(codes)s",
    "code_conflict": "model %(left)s against %(right)s",
    "part_number_equal": "same part number %(codes)s",
    "part_number_conflict": "part number %(left)s against %(right)s",
    "barcode_equal": "same barcode",
    "barcode_conflict": "another barcode",
    "brand_equal": "same brand",
    "brand_conflict": "brand %(left)s against %(right)s",
    "price": "price differs %(percent)s %%",
    "units_agree": "same %(dimensions)s",
    "units_conflict": "%(dimension)s: %(left)s against %(right)s",
    "pack_equal": "same pack of %(pack)s",
    "pack_conflict": "pack of %(left)s against %(right)s",
    "trait_equal": "same %(kind)s: %(value)s",
    "trait_conflict": "%(kind)s: %(left)s against %(right)s",
    "words": "names share %(percent)s %% of their words",
    "rivals_for": "no other record is as near",
    "rivals_against": "another record is nearer",
}


def text_of(reason: Reason) -> str:
    """In English; whoever shows it translates the template first."""
    return TEXTS[reason.code] % reason.params


def reasons_of(one: Thing, other: Thing, features: Mapping[str, float], model: Model) -> tuple[Reason, ...]:
    """What weighs most comes first; how it stands among others, last."""
    weights = _grouped(model.contributions(features))
    said = [*_of_codes(one, other), *_of_values(one, other), *_of_the_rest(one, other, features)]
    reasons = [Reason(code, params, round(weights.get(group, 0.0), 2)) for group, code, params in said]
    telling = [reason for reason in reasons if abs(reason.weight) >= _LEAST]
    return tuple(sorted(telling, key=_order)[:_MOST])


def _order(reason: Reason) -> tuple[bool, float]:
    return reason.code.startswith("rivals"), -abs(reason.weight)


Said = tuple[str, str, dict[str, str]]  # whose features it sums up, its code, its values


def _grouped(contributions: Mapping[str, float]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for name, value in contributions.items():
        group = _group_of(name)
        sums[group] = sums.get(group, 0.0) + value
    return sums


@lru_cache(maxsize=256)
def _group_of(feature: str) -> str:
    return _OF_FEATURES.get(feature) or next((group for group in _GROUPS if group in feature), "names")


def _of_codes(one: Thing, other: Thing) -> list[Said]:
    codes = compared_codes(one, other)
    ours, theirs = one.own_codes | one.part_numbers, other.own_codes | other.part_numbers
    if codes.shared:
        return [("code", "code_shared", {"codes": _list(codes.shared).upper()})]
    if ours and theirs:
        return [("code", "code_conflict", {"left": _list(ours).upper(), "right": _list(theirs).upper()})]
    return []


def _of_values(one: Thing, other: Thing) -> list[Said]:
    agreed, differ = compared_quantities(one.quantities, other.quantities)
    said: list[Said] = [("units", "units_agree", {"dimensions": ", ".join(agreed)})] if agreed else []
    for name in differ:
        values = {"left": _numbers(one.quantities[name]), "right": _numbers(other.quantities[name])}
        said.append(("units", "units_conflict", {"dimension": name.replace("_", " "), **values}))
    for kind in sorted(one.traits.keys() & other.traits.keys()):
        ours, theirs = one.traits[kind], other.traits[kind]
        group = kind if kind in {"colour", "size"} else "trait"
        if ours & theirs:
            said.append((group, "trait_equal", {"kind": kind, "value": _list(ours & theirs)}))
        else:
            said.append((group, "trait_conflict", {"kind": kind, "left": _list(ours), "right": _list(theirs)}))
    return said


def _of_the_rest(one: Thing, other: Thing, features: Mapping[str, float]) -> list[Said]:
    said: list[Said] = [("words", "words", {"percent": f"{features.get('words_shared', 0):.0%}".rstrip("%")})]
    said.append(("rivals", "rivals_for" if features.get("best_of_left") else "rivals_against", {}))
    if ratio := price_ratio(one, other):
        said.append(("price", "price", {"percent": f"{100 * abs(ratio - 1):.0f}"}))
    if one.brand and other.brand:
        is_same = features.get("brand_equal")
        said.append(
            ("brand", "brand_equal", {})
            if is_same
            else ("brand", "brand_conflict", {"left": one.brand, "right": other.brand})
        )
    if one.pack and other.pack:
        same = one.pack == other.pack
        values = {"pack": f"{one.pack:g}"} if same else {"left": f"{one.pack:g}", "right": f"{other.pack:g}"}
        said.append(("pack", "pack_equal" if same else "pack_conflict", values))
    if one.barcode and other.barcode:
        said.append(("barcode", "barcode_equal" if one.barcode == other.barcode else "barcode_conflict", {}))
    return said


def _list(values: frozenset[str]) -> str:
    return ", ".join(sorted(values))


def _numbers(values: tuple[float, ...]) -> str:
    return ", ".join(f"{value:g}" for value in sorted(values))
