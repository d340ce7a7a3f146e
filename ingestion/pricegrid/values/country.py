"""Countries by their names in every language and by their codes, as ISO 3166-1 alpha-2."""

from __future__ import annotations

import re

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.values.text import clean_text
from ingestion.pricegrid.vocabulary import vocabulary

_LONGEST = 80
_IN_BRACKETS = re.compile(r"(.+?)\s*\(([^()]+)\)")
_CODE_BEFORE = re.compile(r"([A-Z]{2,3})\s*[-–:/]\s*(.+)")


def read_country(cell: Cell) -> str | None:
    """None where a text names no country, or several."""
    text = clean_text(cell).strip(" .") if isinstance(cell, str) else ""
    if not text or len(text) > _LONGEST:
        return None
    if found := _exact(text):
        return found
    pair = _IN_BRACKETS.fullmatch(text) or _CODE_BEFORE.fullmatch(text)
    if pair:
        first, second = _exact(pair[1]), _exact(pair[2])
        return first if first == second else None
    return _exact(_made_in(text))


def _exact(text: str) -> str | None:
    found = set(vocabulary().phrases("countries").exact(text))
    return found.pop() if len(found) == 1 else None


def _made_in(text: str) -> str:
    """Without the words that say that it comes from there."""
    for words in vocabulary().listed("made_in"):
        if text.casefold().startswith(f"{words} "):
            return text[len(words) :].strip()
    return ""
