"""Codes in a name: models and part numbers, however they are written.

>>> codes_of("Canon PFI-120 Cyan (2886C001)")
['pfi120', '2886c001']
"""

from __future__ import annotations

import re

from catalog.matching.writing import latin

_CHUNK = re.compile(r"[^\W_](?:[\w./+#-]*[^\W_])?")
_SIGN = re.compile(r"[^a-z0-9]")
_SHORTEST = 3
_LONGEST_DIGITS_OF_A_NUMBER = 4
_LONGEST = 30


def codes_of(text: str) -> list[str]:
    """In their order: chunks with a digit that are no plain number, whole and, where a slash parts them, by parts."""
    found: dict[str, None] = {}
    for chunk in _CHUNK.findall(latin(text)):
        if not any(map(str.isdigit, chunk)):
            continue
        whole = _SIGN.sub("", chunk)
        parts = chunk.split("/") if "/" in chunk else ()
        for code in (whole, *(_SIGN.sub("", part) for part in parts)):
            if is_code(code):
                found[code] = None
    return list(found)


def is_code(code: str) -> bool:
    if not _SHORTEST <= len(code) <= _LONGEST:
        return False
    return (not code.isdigit() and any(map(str.isdigit, code))) or (
        code.isdigit() and len(code) > _LONGEST_DIGITS_OF_A_NUMBER
    )


def are_siblings(one: str, other: str) -> bool:
    """Two codes of one family: alike but for their end, or for one sign."""
    if one == other:
        return False
    length = min(len(one), len(other))
    if length < 4:
        return False
    common = _common_start(one, other)
    if common >= max(3, 0.6 * max(len(one), len(other))):
        return True
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) <= 2 and common >= 2


def _common_start(one: str, other: str) -> int:
    for place, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return place
    return min(len(one), len(other))
