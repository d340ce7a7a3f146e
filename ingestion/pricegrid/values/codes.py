"""Codes: as the supplier writes them, and the form in which they are compared.

A code is stored as it is written, less what only tells a spreadsheet that it is a text. It is compared by its key
(`code_key`): two spellings of one code are one item, this week and next.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from math import isfinite
from typing import NamedTuple, cast

from ingestion.pricegrid.cells.grid import Cell, CellError, Formula
from ingestion.pricegrid.cells.texts import cell_text
from ingestion.pricegrid.problems import Problem, codes
from ingestion.pricegrid.records import LONGEST_CODE, Message
from ingestion.pricegrid.values.text import APOSTROPHES, clean_column, clean_text, shorten, without_text_mark


class Code(NamedTuple):
    """A code as the supplier writes it; with a problem the value is empty."""

    value: str
    problem: Message | None = None


_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d{2,3}")
_FORMAT_PART = re.compile(r"""\[[^\[\]]*+\]|"([^"]*+)"|\\(.)|[_*].|(.)""")
_PLACE = "{place}"
_POINT = "{point}"
_SAFE_INTEGER = 2**53
_MARKS = (*APOSTROPHES, "=", '"')


def read_code(raw: Cell, number_format: str | None = None, *, with_fractions: bool = False) -> Code:
    """A code, with the zeros that may exist only in the number format (`00000`, `0.000`).

    `with_fractions` says that codes of the column have decimals, so that the whole ones among them have them, too.
    """
    if type(raw) is str:
        text = _clean_code(raw)
        return _no_code(codes.SCIENTIFIC, text) if "+" in text and _SCIENTIFIC.fullmatch(text) else Code(text)
    if isinstance(raw, (CellError, Formula)):
        return _no_code(codes.CELL_ERROR if isinstance(raw, CellError) else codes.NO_RESULT, raw)
    if raw is None or isinstance(raw, bool):
        return Code("")
    if isinstance(raw, (int, float)):
        return _numeric_code(raw, number_format, with_fractions=with_fractions)
    return _no_code(codes.DATE, cell_text(raw))


def read_codes(cells: Sequence[Cell]) -> Sequence[str]:
    """The values of `read_code` of many cells without number formats."""
    if set(map(type, cells)) == {str} and "+" not in "".join(cast("Sequence[str]", cells)):
        return clean_codes(cells)
    return [read_code(cell).value for cell in cells]


def clean_codes(cells: Sequence[Cell]) -> Sequence[str]:
    """The texts of cells that hold codes of any kind; where none begins with a mark, none is looked at."""
    texts = clean_column(cells)
    joined = "".join(texts)
    return list(map(_without_marks, texts)) if any(mark in joined for mark in _MARKS) else texts


def _clean_code(raw: str) -> str:
    return _without_marks(clean_text(raw))


def _without_marks(text: str) -> str:
    while text[:1] in _MARKS:
        bare = without_text_mark(text)
        if len(bare) > 2 and bare[0] == bare[-1] == '"' and bare.count('"') == 2:  # an inch sign stands alone
            bare = bare[1:-1].strip()
        if bare == text:
            break
        text = bare
    return text


def _numeric_code(raw: float, number_format: str | None, *, with_fractions: bool) -> Code:
    if not isfinite(raw):
        return _no_code(codes.CELL_ERROR, raw)
    if abs(raw) >= _SAFE_INTEGER and isinstance(raw, float):
        return _no_code(codes.UNSAFE_NUMBER, raw)
    parts = _code_shape(number_format or "")
    if raw < 0 or not parts:
        return Code(str(int(raw)) if raw == int(raw) else repr(raw))
    if _POINT in parts and (with_fractions or raw != int(raw)):
        point = parts.index(_POINT)
        whole, _, fraction = f"{raw:.{len(parts) - point - 1}f}".partition(".")
        return Code(f"{_as_formatted(whole, parts[:point])}.{fraction}")
    if _POINT in parts or raw != int(raw):
        return Code(str(int(raw)) if raw == int(raw) else repr(raw))
    return Code(_as_formatted(str(int(raw)), parts) if parts.count(_PLACE) > 1 else str(int(raw)))


def _as_formatted(number: str, parts: Sequence[str]) -> str:
    """`00000` gives 00042, `000-000` gives 000-042; every other format leaves the digits as they are."""
    places = parts.count(_PLACE)
    digits = list(number.zfill(places))
    written: list[str] = []
    for part in reversed(parts):
        written.append(digits.pop() if part == _PLACE else part)
        places -= part == _PLACE
        if part == _PLACE and not places:  # the first place takes all the digits that are left
            written += reversed(digits)
    return "".join(reversed(written))


@lru_cache(maxsize=256)
def _code_shape(number_format: str) -> tuple[str, ...]:
    """The places and the literal characters of a format made of zeros; empty for a format of amounts or dates."""
    parts: list[str] = []
    for quoted, escaped, char in _FORMAT_PART.findall(number_format.split(";", maxsplit=1)[0]):
        if char and char not in "0-/ .#":
            return ()
        if char != "#":
            parts += [_PLACE] if char == "0" else [_POINT] if char == "." else quoted or escaped or char
    if _POINT in parts:
        before, behind = parts[: parts.index(_POINT)], parts[parts.index(_POINT) + 1 :]
        return tuple(parts) if _PLACE in before and behind and set(behind) == {_PLACE} else ()
    return tuple(parts) if "#" not in number_format else ()


def _no_code(problem: Problem, raw: object) -> Code:
    return Code("", problem.message(value=shorten(raw)))


_GTIN_LENGTHS = (8, 12, 13, 14)


def is_gtin(text: str) -> bool:
    """Whether a text is an EAN-8, UPC-A, EAN-13 or GTIN-14 with a right check digit."""
    if len(text) not in _GTIN_LENGTHS or not (text.isascii() and text.isdigit()) or not text.strip("0"):
        return False
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(text)))
    return weighted % 10 == 0


# The same is said to PostgreSQL in catalog/code_key.py, character by character (tests prove it).
_WITH_CASE = (*range(0x61, 0x7B), *range(0xDF, 0x180), *range(0x3AC, 0x3CF), *range(0x430, 0x530), *range(0x561, 0x587))
_LOOKALIKES = (
    ("АВЕЅІЈКМНОРСТУҮХԚԜҺӀЁЇ", "ABESIJKMHOPCTYYXQWHIËÏ"),  # Cyrillic
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧͿ", "ABEZHIKMNOPTYXJ"),  # Greek
    ("ՕԼՍ", "OLU"),  # Armenian
)
_ZEROS = (0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0, 0x1040)
_BLANKS_AND_HYPHENS = (
    *map(ord, "- \t\n\r"), *range(0x80, 0xA1), 0xAD, 0x2D7, 0x34F, 0x58A, 0x5BE, 0x61C, 0x115F, 0x1160, 0x1680,
    0x1806, *range(0x180B, 0x180F), *range(0x2000, 0x2016), *range(0x2028, 0x2030), 0x2043, *range(0x205F, 0x2070),
    0x2212,
    0x2500, 0x2501, 0x2800, 0x2E3A, 0x2E3B, 0x3000, 0x301C, 0x3030, 0x30FC, 0x3164, *range(0xFE00, 0xFE10), 0xFE58,
    0xFE63, 0xFEFF, 0xFF0D, 0xFFA0,
)  # fmt: skip


def _forms() -> dict[int, str | None]:
    """What each character is in a key."""
    capitals = {code: upper for code in _WITH_CASE if len(upper := chr(code).upper()) == 1}
    capitals |= {ord("İ"): "I", ord("μ"): "μ"}
    alike = str.maketrans(*("".join(letters) for letters in zip(*_LOOKALIKES, strict=True)))
    forms: dict[int, str | None] = {code: capital.translate(alike) for code, capital in capitals.items()}
    forms |= {code: chr(letter) for code, letter in alike.items()}
    forms |= {zero + digit: str(digit) for zero in _ZEROS for digit in range(10)}
    return forms | dict.fromkeys(_BLANKS_AND_HYPHENS)


_FORMS = _forms()
_PLAIN_BLANKS = dict.fromkeys(map(ord, "- \t\n\r"))
_BETWEEN = "\x1f"  # is kept, and changes nothing beside it


def code_key(code: str) -> str:
    """What two spellings of one code have in common: `"К‑001"`, `"k 001"` and `"Ｋ－００１"` are `"K001"`.

    Blanks, hyphens, case, width and letters that only look like others make no difference; leading zeros do.
    """
    return _in_one_form(code)[:LONGEST_CODE]


def code_keys(codes: Sequence[str]) -> Sequence[str]:
    """`code_key` of many codes."""
    keys = _in_one_form(_BETWEEN.join(codes)).split(_BETWEEN)
    if len(keys) != len(codes) or max(map(len, keys)) > LONGEST_CODE:
        return list(map(code_key, codes))
    return keys


def _in_one_form(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_PLAIN_BLANKS))
    return text.translate(_FORMS)
