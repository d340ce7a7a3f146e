"""Raised digits: cents behind whole units of money, or the mark of a footnote; never digits of the number before them.

Readers give what a file writes in superscript as the characters that Unicode has for it: `12⁹⁰`, `14.50¹`, `m²`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Cell

_RAISED = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
_LEVEL = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾", "0123456789()")
_MARKS = re.compile("[⁰¹²³⁴-⁹⁽⁾]+")
_CENTS = re.compile(r"(?P<whole>(?:[^\d]*)\d[\d\s'.,]*?)[.,]?\s?(?P<cents>[⁰¹²³⁴-⁹]{2})(?P<after>[^\d⁰¹²³⁴-⁹]*)")
_MOST_MARKS = 30  # footnotes that a list may have
_FRACTION = re.compile(r"[.,]\d{1,2}$")


class Lowered(NamedTuple):
    """A text without raised digits: cents stand behind a decimal sign, `footnote` is what marked one."""

    text: str
    footnote: str


def raised(text: str) -> str:
    """Its digits and parentheses as superscript characters; other characters stay."""
    return text.translate(_RAISED)


def lowered(text: str, decimal: str | None = None) -> Lowered:
    """Two raised digits behind a whole number are its cents; any others are the mark of a footnote.

    >>> lowered("12⁹⁰ €")
    Lowered(text='12.90 €', footnote='')
    >>> lowered("14.50¹")
    Lowered(text='14.50', footnote='1')
    """
    cents = _CENTS.fullmatch(text)
    if cents and not _FRACTION.search(cents["whole"]):
        sign = decimal or ("," if "." in cents["whole"] else ".")
        return Lowered(f"{cents['whole'].rstrip()}{sign}{cents['cents'].translate(_LEVEL)}{cents['after']}", "")
    marks = "".join(_MARKS.findall(text))
    return Lowered(_MARKS.sub("", text), marks.translate(_LEVEL))


def bear_marks(cells: Iterable[Cell]) -> bool:
    """Whether a column has footnotes beyond doubt."""
    return any(type(cell) is str and has_raised(cell) and bool(lowered(cell).footnote) for cell in cells)


def may_be_mark(text: str) -> bool:
    """Whether what would be cents may as well be the mark of a footnote, in a column that has footnotes: `21¹²`."""
    cents = _CENTS.fullmatch(text) if has_raised(text) else None
    if cents is None or _FRACTION.search(cents["whole"]) or text[cents.start("cents") - 1] in ".,":
        return False
    digits = cents["cents"].translate(_LEVEL)
    return digits[0] != "0" and int(digits) <= _MOST_MARKS


def has_raised(text: str) -> bool:
    return not text.isascii() and _MARKS.search(text) is not None
