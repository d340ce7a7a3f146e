"""Units of measure: the small set that is known, in every language, and whatever else a list writes."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.values.text import clean_text
from ingestion.pricegrid.vocabulary import vocabulary

_LONGEST = 20
_STRENGTH = re.compile(
    r"\s*(?:%|(?:mc?g|µg|мк?г|i\.?u|u\.?i|ме|meq|mmol)(?![^\W\d_])|(?:g|г)\s*/\s*\d*\s*(?:ml|мл))", re.IGNORECASE
)
KILOGRAMS = {
    "kg": Decimal(1),
    "g": Decimal("0.001"),
    "mg": Decimal("0.000001"),
    "t": Decimal(1000),
    "lb": Decimal("0.45359237"),
    "oz": Decimal("0.028349523125"),
}
MEASURES = frozenset((*KILOGRAMS, "m", "cm", "mm", "m2", "m3", "l", "ml"))


def read_unit(cell: Cell) -> str | None:
    """Its name where it is a known one ("шт." is a piece), else as it is written; a number is none."""
    text = clean_text(cell) if isinstance(cell, str) else ""
    if not text or len(text) > _LONGEST or not any(map(str.isalpha, text)):
        return None
    return known_unit(text) or text


def is_strength(text: str) -> bool:
    """Whether it is a unit of strength: "mg", "mcg/ml", "mg/5ml", "IU", "%"."""
    return _STRENGTH.match(text) is not None


@lru_cache(maxsize=4096)
def known_unit(text: str) -> str | None:
    found = set(vocabulary().phrases("unit_names").exact(text))
    return found.pop() if len(found) == 1 else None


def unit_of_weight(text: str) -> str | None:
    """The unit of weight that a header names, "Вес, г", if it is one alone: "kg/m" is not what an item weighs."""
    found = vocabulary().phrases("unit_names").meanings(text) & MEASURES
    return next(iter(found)) if len(found) == 1 and found <= KILOGRAMS.keys() else None
