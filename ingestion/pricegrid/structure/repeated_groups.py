"""Characteristics that come as columns beside one another, again and again: name, unit, value; or name, value."""

from __future__ import annotations

import re

from ingestion.pricegrid.fields import PRICES
from ingestion.pricegrid.structure.header import Header
from ingestion.pricegrid.structure.layout import Triple
from ingestion.pricegrid.vocabulary import match_header, normalise

_NUMBER = re.compile(r"\d+")
LEAST_REPEATS = 3


def find_triples(header: Header) -> tuple[Triple, ...]:
    """Groups of two or three headers that repeat at least three times in a row, but for a number."""
    texts = [" ".join(_NUMBER.sub(" ", normalise(header.text(column))).split()) for column in range(len(header.parts))]
    for size in (3, 2):
        for start in range(len(texts) - LEAST_REPEATS * size + 1):
            repeats = _repeats(texts, start, size)
            if repeats >= LEAST_REPEATS:
                firsts = range(start, start + repeats * size, size)
                return tuple(Triple(first, first + 1 if size == 3 else None, first + size - 1) for first in firsts)
    return ()


def _repeats(texts: list[str], start: int, size: int) -> int:
    group = texts[start : start + size]
    if not all(group) or len(set(group)) != size or any(_is_money(text) for text in group):
        return 0
    count = 1
    while texts[start + count * size : start + (count + 1) * size] == group:
        count += 1
    return count


def _is_money(text: str) -> bool:
    """Quantities and prices in turn are price tiers, not characteristics."""
    return any(match.field in PRICES for match in match_header(text))
