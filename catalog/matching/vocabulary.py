"""Words of colours, sizes, units and other traits in the languages of the catalog, from `words.json`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from catalog.matching.writing import latin

_FILE = Path(__file__).with_name("words.json")


class Unit(NamedTuple):
    dimension: str
    factor: float  # to the dimension's own scale


class Words(NamedTuple):
    units: Mapping[str, Unit]
    open_units: tuple[tuple[str, Unit], ...]  # those that may go on: "liter*"
    traits: Mapping[str, tuple[str, str]]  # a word -> what it says: ("colour", "black"), ("chip", "without")
    phrase: re.Pattern[str]  # any of those words
    letters: Mapping[str, str]  # of colours, behind a code
    kin: frozenset[frozenset[str]]  # colours that one calls by the other's name
    pack_before: re.Pattern[str]
    bundles: frozenset[str]
    fits: frozenset[str]
    fillers: frozenset[str]


@lru_cache(maxsize=1)
def words() -> Words:
    data = json.loads(_FILE.read_text(encoding="utf-8"))
    units = dict(_units(data["units"]))
    traits = dict(_traits(data))
    return Words(
        units={word: unit for word, unit in units.items() if not word.endswith("*")},
        open_units=tuple((word[:-1], unit) for word, unit in units.items() if word.endswith("*")),
        traits=traits,
        phrase=_any_of(traits),
        letters=data["colour_letters"],
        kin=frozenset(map(frozenset, data["colour_kin"])),
        pack_before=re.compile(
            rf"(?:^|[\s(,])(?:{_alternatives(data['pack_before'])})[\s(]*(\d{{1,4}})(?![\d.,]*\d|\w)"
        ),
        bundles=frozenset(map(latin, data["bundles"])),
        fits=frozenset(map(latin, data["fits"])),
        fillers=frozenset(map(latin, data["fillers"])),
    )


def _units(data: Mapping[str, Mapping[str, list[str]]]) -> Iterable[tuple[str, Unit]]:
    for dimension, factors in data.items():
        for factor, names in factors.items():
            yield from ((name, Unit(dimension, float(factor))) for name in names)


def _traits(data: Mapping[str, Any]) -> Iterable[tuple[str, tuple[str, str]]]:
    kinds = {"colour": data["colours"], "size": data["sizes"], **data["traits"]}
    for kind, values in kinds.items():
        for value, names in values.items():
            yield from ((latin(name).strip(), (kind, value)) for name in names)


def _alternatives(names: Iterable[str]) -> str:
    return "|".join(re.escape(latin(name)) for name in sorted(names, key=len, reverse=True))


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])({_open_alternatives(names)})(?![^\W_])")


def _open_alternatives(names: Iterable[str]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    return "|".join(re.escape(name).replace(r"\*", r"\w*") for name in longest_first)
