"""Weights in kilograms: a number with its unit, or in that of its column."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache, partial
from math import isfinite

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.values.numbers import NUMBER_PATTERN, read_number
from ingestion.pricegrid.values.text import straighten
from ingestion.pricegrid.values.unit import KILOGRAMS, known_unit, unit_of_weight

_LONGEST = 40
_WEIGHT = re.compile(rf"(?P<number>{NUMBER_PATTERN})\s*(?P<unit>[^\d]*)")
_USUAL = re.compile(r"(?P<number>(?:0|[1-9][0-9]{0,5})(?:\.[0-9]{1,2})?) ?(?P<unit>[^\W\d]{0,10})\.?")
_STEP = Decimal("0.000001")
_HEAVIEST = Decimal(10**7)


def weight_reader(header: str, decimal: str | None) -> Callable[[Cell], Decimal | None]:
    """Reads the cells of a column; without a unit in its header only those that name their own."""
    return partial(read_weight, unit=unit_of_weight(header), decimal=decimal)


def read_weight(cell: Cell, *, unit: str | None, decimal: str | None = None) -> Decimal | None:
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, (int, float)):
        return _kilograms(Decimal(repr(cell)), unit) if isfinite(cell) else None
    if isinstance(cell, str) and (usual := _USUAL.fullmatch(cell)):
        return _kilograms(Decimal(usual["number"]), _unit(usual["unit"], unit))
    found = _WEIGHT.fullmatch(straighten(cell)) if isinstance(cell, str) and len(cell) <= _LONGEST else None
    if found is None:
        return None
    number = read_number(found["number"], decimal).value
    return _kilograms(number, _unit(found["unit"], unit)) if number is not None else None


@lru_cache(maxsize=1024)
def _unit(said: str, otherwise: str | None) -> str | None:
    said = said.strip(" .")
    return known_unit(said) if said else otherwise


def _kilograms(number: Decimal, unit: str | None) -> Decimal | None:
    if unit not in KILOGRAMS or not 0 < number <= _HEAVIEST:
        return None
    weight = (number * KILOGRAMS[unit]).quantize(_STEP)
    whole = weight.to_integral_value()
    return (whole if weight == whole else weight.normalize()) or None
