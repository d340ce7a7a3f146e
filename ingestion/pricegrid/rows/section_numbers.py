"""Numbers that stand before titles in a cell of their own: "2", "2.1", "IV"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

SECTION_NUMBER = re.compile(r"(\d{1,2}\.)*\d{1,3}\.?|[IVX]{1,5}\.?")
_ROMAN = {"I": 1, "V": 5, "X": 10}
_LEAST = 2  # numbers that count up


def section_place(number: str) -> tuple[int, ...]:
    """ "2.1." is (2, 1), "IV" is (4,)."""
    parts = number.rstrip(".")
    if parts[:1].isdecimal():
        return tuple(map(int, parts.split(".")))
    values = [_ROMAN[letter] for letter in parts]
    return (sum(-value if value < after else value for value, after in pairwise([*values, 0])),)


def count_up(numbers: Sequence[str]) -> bool:
    """Whether they number the sections of a list: from 1 on, each after the one before."""
    places = [section_place(number) for number in numbers]
    return len(places) >= _LEAST and places[0] == (1,) and all(before < after for before, after in pairwise(places))
