"""What Excel's number formats say of a number (a date, a time, a mere number), and the date behind a serial number."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.marking import gettext_noop

_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm", 37: "#,##0;(#,##0)", 38: "#,##0;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@", **dict.fromkeys(range(27, 32), "mm-dd-yy"), **dict.fromkeys(range(32, 36), "h:mm:ss"),
    36: "mm-dd-yy", **dict.fromkeys(range(50, 59), "mm-dd-yy"),
}  # fmt: skip
FORMAT_CODE = gettext_noop("characters in a number format")
LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[(?!h++\]|m++\]|s++\])[^\[\]]*+\]|AM/PM|A/P', re.IGNORECASE)
PLACEHOLDER = re.compile(r"[0#?@]")
FRACTION = re.compile(r"(?<!s)s++[.,]0+", re.IGNORECASE)
EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell's date has no time zone
EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
LAST_SERIAL = 2958466  # the first day of the year 10000
LARGEST_EXACT = 1e15
FALSE_LEAP_DAY = 60  # Excel believes that 1900 had a 29th of February
MILLISECONDS_A_DAY = 86_400_000


def built_in(number: int) -> str:
    """The number format that Excel has for a number without writing it into the file."""
    return _BUILT_IN.get(number, "General")


@lru_cache(maxsize=4096)
def date_parts(number_format: str) -> str:
    """ "date", "time", "both", or "" for a format of numbers. Colours, conditions and quoted texts say nothing."""
    bare = LITERAL.sub("", number_format.split(";", maxsplit=1)[0]).lower()
    if bare in ("general", "standard") or PLACEHOLDER.search(FRACTION.sub("", bare)):
        return ""
    has_time = "h" in bare or "s" in bare
    has_day = "d" in bare or "y" in bare or ("m" in bare and not has_time)
    return {(True, True): "both", (True, False): "date", (False, True): "time"}.get((has_day, has_time), "")


def date_reader(number_format: str, *, from_1904: bool) -> Callable[[float], Cell] | None:
    """What turns numbers of this format into dates and times; None where they are just numbers."""
    parts = date_parts(number_format)
    if not parts:
        return None
    return lambda serial: from_serial(serial, parts, from_1904=from_1904)


def from_serial(serial: float, parts: str, *, from_1904: bool) -> Cell:
    """A number that is no possible date stays a number."""
    if not 0 <= serial < LAST_SERIAL - (1462 if from_1904 else 0):
        return serial
    days = serial if from_1904 or serial >= FALSE_LEAP_DAY or serial < 1 else serial + 1
    moment = (EPOCH_1904 if from_1904 else EPOCH_1900) + timedelta(milliseconds=round(days * MILLISECONDS_A_DAY))
    if serial < 1 and parts != "date":
        return moment.time()
    return moment.date() if parts == "date" and moment.time() == time() else moment


def whole(value: float) -> int | float:
    """Spreadsheets know only floats; a whole one is shown, and meant, without a fraction."""
    return int(value) if value.is_integer() and abs(value) < LARGEST_EXACT else value


def iso_moment(text: str) -> date | datetime | str:
    """A date or time written in ISO 8601, as ODS and some XLSX hold them; the text itself where it is none."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text.rstrip("Z"))
    except ValueError:
        return text
