"""What a cell says is in stock: a number, "more than 20", "+", "yes", "on order"."""

import re
from datetime import date
from functools import lru_cache
from math import isfinite

from ingestion.pricegrid.cells.grid import Cell, CellError, Formula
from ingestion.pricegrid.records import Stock
from ingestion.pricegrid.values.numbers import NUMBER_PATTERN, read_number
from ingestion.pricegrid.values.text import straighten
from ingestion.pricegrid.vocabulary.store import vocabulary

IN_STOCK, ON_ORDER, OUT_OF_STOCK = "in_stock", "on_order", "out_of_stock"

_LONGEST = 1_000  # characters that anybody would write about a stock
_LARGEST = 2**31 - 1  # what the database holds
_SIGNS = dict.fromkeys("+*✓✔", IN_STOCK) | dict.fromkeys("-✗✘", OUT_OF_STOCK)
_SHAPE = re.compile(
    rf"(?P<before>[^\d]*?)(?P<number>{NUMBER_PATTERN})(?P<after>[^\d]*)(?P<second>{NUMBER_PATTERN})?(?P<rest>.*)",
    re.DOTALL,
)


def parse_stock(raw: Cell) -> Stock | None:
    """Reads one cell; None where it says nothing about stock that is understood."""
    if raw is None or isinstance(raw, (CellError, Formula)):
        return None
    if isinstance(raw, str):
        return _parse_text(raw) if len(raw) <= _LONGEST else None
    if isinstance(raw, bool):
        return Stock(None, IN_STOCK if raw else OUT_OF_STOCK)
    if isinstance(raw, (int, float)):
        return _counted(raw) if isfinite(raw) else None
    return Stock(None, ON_ORDER) if isinstance(raw, date) else None  # the day it is expected


def _counted(number: float) -> Stock:
    if number <= 0:
        return Stock(0, OUT_OF_STOCK)
    return Stock(min(int(number), _LARGEST) or None, IN_STOCK)  # half a metre is some


@lru_cache(maxsize=8192)
def _parse_text(raw: str) -> Stock | None:
    text = straighten(raw)
    if text.isdecimal():
        return _counted(int(text[:12]))
    if text and not text.strip(text[0]) and text[0] in _SIGNS:
        return Stock(None, _SIGNS[text[0]])
    said = _availability(text)
    shape = _SHAPE.fullmatch(text)
    if shape is None or said in (ON_ORDER, OUT_OF_STOCK):
        return Stock(0 if said == OUT_OF_STOCK else None, said) if said else None
    return _with_number(shape, said)


def _with_number(shape: re.Match[str], said: str) -> Stock | None:
    """`>20` and `10+` are at least so many, `<5` is some, `5-10` at least five; other words must be known."""
    before, after = shape["before"].strip(), shape["after"].strip()
    value = read_number(shape["number"], ".").value
    parted = shape["second"] is not None and after not in ("-", "...", "…")
    if value is None or not (said or (_known(before, after) and not parted)):
        return None
    if before.endswith("-"):
        return _counted(float(-value))
    if "<" in before or vocabulary().phrases("less_than").meanings(before):
        return Stock(None, IN_STOCK)
    return _counted(float(value))


def _known(before: str, after: str) -> bool:
    phrases = vocabulary().phrases("more_than", "less_than", "about", "stock_label", "units")
    return all(phrases.covers(part) for part in (before, after))


def _availability(text: str) -> str:
    """The strongest of what the words say: "not in stock" holds "in stock", so the longest phrase counts.

    "Yes" and "no" count only as whole answers: the Portuguese "no" is "in the", the English "a" a Czech "yes".
    """
    meanings = set(vocabulary().phrases("answers").exact(text)) or vocabulary().phrases("stock").meanings(text)
    return next((said for said in (OUT_OF_STOCK, ON_ORDER, IN_STOCK) if said in meanings), "")
