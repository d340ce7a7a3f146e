"""Numbers with units, on one scale: "0,5 л" and "500ml" say the same.

>>> quantities_of("Drill 18V, 2x 1.5 Ah, 500 ml")[0]
{'voltage': (18.0,), 'charge': (1.5,), 'volume': (0.5,)}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from catalog.matching.vocabulary import Unit, words

Quantities = Mapping[str, tuple[float, ...]]

_TOLERANCE = 0.03
_LETTERS_ONLY_SMALL = {"m", "g"}  # as capitals they are colours, generations, models
_QUANTITY = re.compile(
    r"(?<![\w.,-])(?P<number>\d{1,3}(?:[ \u00a0]\d{3})+(?![\d])|\d+(?:[.,]\d+)?)(?P<gap>[ \u00a0-]?)"
    r"(?P<unit>''|[\"'″”’]|[^\W\d_]+(?:[·*][^\W\d_]+)?(?:/[^\W\d_]+)?)(?![\w])"
)


def quantities_of(text: str) -> tuple[dict[str, tuple[float, ...]], str]:
    """By dimension; and the text without them."""
    found: dict[str, tuple[float, ...]] = {}

    def take(match: re.Match[str]) -> str:
        unit = _unit(match["unit"], is_apart=bool(match["gap"]))
        if unit is None:
            return match[0]
        value = round(number_of(match["number"]) * unit.factor, 6)
        if value not in found.get(unit.dimension, ()):
            found[unit.dimension] = (*found.get(unit.dimension, ()), value)
        return " "

    return found, _QUANTITY.sub(take, text)


def number_of(text: str) -> float:
    plain = text.replace(" ", "").replace("\u00a0", "")
    whole, sign, rest = plain.replace(",", ".").rpartition(".")
    if sign and "," in plain and len(rest) == 3 and whole != "0":
        return float(whole + rest)  # 1,500 pages
    return float(plain.replace(",", "."))


@lru_cache(maxsize=4096)
def _unit(word: str, *, is_apart: bool) -> Unit | None:
    known = words()
    if len(word) == 1 and word.isalpha() and word.isupper() and (word.lower() in _LETTERS_ONLY_SMALL or is_apart):
        return known.units.get(word.lower()) if word in "VWВЛ" else None
    small = word.lower()
    if small in known.units:
        return known.units[small]
    return next((unit for start, unit in known.open_units if small.startswith(start)), None)


def agree(left: tuple[float, ...], right: tuple[float, ...]) -> bool:
    """Whether one of them is said by both."""
    return any(abs(one - other) <= _TOLERANCE * max(one, other) for one in left for other in right)
