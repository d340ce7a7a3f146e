"""Lead times in days: "2-3 weeks" are as long as the longer of both, "in stock" is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial
from math import ceil

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.values.text import straighten
from ingestion.pricegrid.vocabulary import vocabulary

LONGEST_DAYS = 3650
_LONGEST = 60
_HOURS = {"hour": 1, "day": 24, "week": 7 * 24, "month": 30 * 24}
_TIME = re.compile(
    r"(?P<before>[^\d]*?)(?P<first>\d{1,4})(?:[.,]0)?\s*(?P<unit>[^\d-]*?)\s*(?:(?:-|\.\.+|…|/)\s*(?P<last>\d{1,4}))?\s*(?P<after>[^\d]*)"
)


def lead_time_reader(header: str) -> Callable[[Cell], int | None]:
    """Reads the cells of a column: days, unless its header or they themselves say another unit."""
    return partial(read_lead_time, unit=_unit_in(header) or "day")


def read_lead_time(cell: Cell, *, unit: str = "day") -> int | None:
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, (int, float)):
        return _days(int(cell), unit) if cell == int(cell) else None
    return _of_text(cell, unit) if isinstance(cell, str) and len(cell) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _of_text(raw: str, unit: str) -> int | None:
    found = _TIME.fullmatch(straighten(raw))
    if found is None or not _is_said(found["before"], "up_to", "less_than", "about", "from", "more_than"):
        return None
    said = f"{found['unit']} {found['after']}".strip(" .()+")
    if said:
        units = set(vocabulary().phrases("durations").exact(said))
        if len(units) != 1:
            return None
        unit = units.pop()
    first, last = int(found["first"]), int(found["last"] or found["first"])
    return _days(last, unit) if first <= last else None


def _unit_in(header: str) -> str | None:
    """The longest words count: in the header of a column stand other words, too."""
    words = re.findall(r"[^\W\d_]{2,}\.?", header)
    found = {name for word in words for name in vocabulary().phrases("durations").exact(word)}
    return found.pop() if len(found) == 1 else None


def _is_said(text: str, *topics: str) -> bool:
    text = text.strip(" .~≈<>≤=")
    return not text or vocabulary().phrases(*topics).covers(text)


def _days(number: int, unit: str) -> int | None:
    days = ceil(number * _HOURS[unit] / 24)
    return days if 0 < days <= LONGEST_DAYS else None
