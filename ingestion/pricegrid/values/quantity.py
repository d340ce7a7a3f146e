"""How many: a number with the words around it, "от 5", "min. 6 pcs", "10 шт", and how many pieces a pack holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from math import isfinite

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.values.numbers import NUMBER_PATTERN, read_number
from ingestion.pricegrid.values.text import straighten
from ingestion.pricegrid.vocabulary import vocabulary

LARGEST = Decimal(10**9)
_LONGEST = 40
_COUNTED = re.compile(rf"(?P<before>[^\d]*?)(?P<number>{NUMBER_PATTERN})(?P<after>.*)", re.DOTALL)
_TIMES = re.compile(rf"(?P<count>\d{{1,4}})\s*[x×хX*]\s*(?P<each>{NUMBER_PATTERN})\s*(?P<unit>[^\d\s].*)")
_SIGNS = ">=≥+:.()/ "

_Reader = Callable[[Cell], Decimal | None]


def quantity_reader(decimal: str | None, *, may_be_measure: bool) -> _Reader:
    """Reads a quantity of what is ordered; `decimal` is the decimal sign of the list."""
    return partial(read_quantity, decimal=decimal, may_be_measure=may_be_measure)


def read_quantity(cell: Cell, *, decimal: str | None = None, may_be_measure: bool = True) -> Decimal | None:
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, (int, float)):
        return _counted(Decimal(repr(cell))) if isfinite(cell) else None
    if not isinstance(cell, str) or len(cell) > _LONGEST:
        return None
    return _of_text(straighten(cell), decimal, may_be_measure=may_be_measure)


def pack_reader(decimal: str | None) -> _Reader:
    """Reads how many pieces a pack holds: "12x0,5 l" are twelve, "500 g" no number of pieces."""
    return partial(_read_pack, decimal=decimal)


def _read_pack(cell: Cell, *, decimal: str | None) -> Decimal | None:
    found = _TIMES.fullmatch(straighten(cell)) if isinstance(cell, str) and len(cell) <= _LONGEST else None
    if found is None:
        return _whole(read_quantity(cell, decimal=decimal, may_be_measure=False))
    is_measure = _is_said(found["unit"], "units.measure", "unit_names")
    return _counted(Decimal(found["count"])) if is_measure and not _is_said(found["unit"], "units.piece") else None


def _whole(count: Decimal | None) -> Decimal | None:
    """Half a piece is in no pack: "0.33" is a volume."""
    return count if count is not None and count == count.to_integral_value() else None


def _of_text(text: str, decimal: str | None, *, may_be_measure: bool) -> Decimal | None:
    found = _COUNTED.fullmatch(text)
    if found is None or "-" in found["before"]:
        return None
    units = ("units", "unit_names", "packs.counted") if may_be_measure else ("units.piece", "packs.counted")
    before = ("more_than", "from", "packs.before", "units.piece", "least_quantity")
    if not _is_said(found["before"], *before) or not _is_said(found["after"], *units):
        return None
    value = read_number(found["number"], decimal).value
    return _counted(value) if value is not None else None


def _is_said(text: str, *topics: str) -> bool:
    """Whether a text has no other words than those."""
    text = text.strip(_SIGNS)
    return not text or vocabulary().phrases(*topics).covers(text)


def _counted(value: Decimal) -> Decimal | None:
    if not 0 < value <= LARGEST:
        return None
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()
