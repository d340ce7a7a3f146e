"""Barcodes: GTIN of 8, 12, 13 and 14 digits and ISBN, each with a right check digit, in the one form of 14 digits.

What a spreadsheet has done to them is undone where the check digit proves it: leading zeros that a number has lost, a
fraction of nothing, all the digits in scientific notation.
"""

from __future__ import annotations

import re
from decimal import Decimal

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.values.text import clean_text, without_text_mark

LENGTH = 14
_FEWEST = 7  # an EAN-8 that has lost its zero
_OF_ISBN = 10
_LABEL = re.compile(r"(?i)^(?:e-?isbn|isbn|ean|gtin|upc|jan)(?:-?(?:8|10|12|13|14|a))?\s*[:.#№]?\s*(?=\d)")
_DIGITS = re.compile(r"\d[\d -]*[\dXx]")
_OF_NOTHING = re.compile(r"(\d+)[.,]0+")
_SCIENTIFIC = re.compile(r"(\d)[.,](\d+)[eE]\+?(\d{1,2})")
_SAFE_INTEGER = 2**53


def read_barcode(cell: Cell) -> str | None:
    """Its 14 digits; None where it is none, or one with a wrong check digit."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, (int, float)):
        return _checked(str(int(cell))) if cell == int(cell) and abs(cell) < _SAFE_INTEGER else None
    if not isinstance(cell, str):
        return None
    return _of_text(_LABEL.sub("", without_text_mark(clean_text(cell))))


def _of_text(text: str) -> str | None:
    if text.isascii() and text.isdigit():
        return _checked(text)
    if found := _OF_NOTHING.fullmatch(text):
        return _checked(found[1])
    if found := _SCIENTIFIC.fullmatch(text):
        has_all = len(found[2]) >= int(found[3])
        number = Decimal(f"{found[1]}.{found[2]}E{found[3]}") if has_all else Decimal("0.5")
        return _checked(str(int(number))) if number == int(number) else None
    return _checked(re.sub(r"[ -]", "", text)) if _DIGITS.fullmatch(text) else None


def _checked(text: str) -> str | None:
    if not _FEWEST <= len(text) <= LENGTH or not text.strip("0"):
        return None
    if len(text) == _OF_ISBN and (isbn := _of_isbn(text)) is not None:
        return isbn
    padded = text.zfill(LENGTH)
    return padded if padded.isdigit() and check_digit(padded[:-1]) == padded[-1] else None


def check_digit(digits: str) -> str:
    """The digit that follows those of a GTIN."""
    weighted = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(digits)))
    return str(-weighted % 10)


def _of_isbn(text: str) -> str | None:
    """An ISBN of ten characters as one of thirteen digits."""
    if not text[:-1].isdigit():
        return None
    values = [int(digit) for digit in text[:-1]] + [10 if text[-1] in "Xx" else int(text[-1])]
    if sum(value * weight for value, weight in zip(values, range(_OF_ISBN, 0, -1), strict=True)) % 11:
        return None
    digits = f"978{text[:-1]}"
    return (digits + check_digit(digits)).zfill(LENGTH)
