"""Texts and codes as the supplier meant them: clean names, codes with leading zeros, barcodes with check digits."""

import html
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from math import isfinite
from typing import NamedTuple, cast

from ingestion.pricegrid.cells.grid import Cell, CellError, Formula
from ingestion.pricegrid.cells.texts import cell_text
from ingestion.pricegrid.problems import Problem, codes
from ingestion.pricegrid.records import Message

_LONGEST_QUOTE = 60
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_is_normalized = unicodedata.is_normalized
_SPACES = re.compile(r"\s+")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[\da-fA-F]{1,5}|[a-zA-Z]{2,8}\d{0,2});")
_COMMENT, _COMMENT_END = "<!--", "-->"
_TAG = re.compile(
    r"</?(?:a|b|big|br|center|col|dd|div|dl|dt|em|font|h[1-6]|hr|i|img|li|ol|p|small|span|strong|style|sub|sup"
    r"|table|tbody|td|th|thead|tr|u|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE | re.DOTALL,
)
_BLOCK_START = re.compile(r"<(style|script)\b", re.IGNORECASE)
_BLOCK_END = {name: re.compile(rf"</{name}\s*+>", re.IGNORECASE) for name in ("style", "script")}
_BETWEEN = "|"  # any printable character that no space, tag or accent is made with
_OTHER_DIGITS = re.compile("(?![0-9])\\d|[\uff00-\uffef]")
_STRAIGHT = {ord(char): "-" for char in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"} | {0x066C: "'", 0x066B: ","}


def clean_text(raw: Cell) -> str:
    """The text of a cell on one line: composed, without invisible characters, HTML entities or tags."""
    text = raw if isinstance(raw, str) else cell_text(raw)
    if "&" in text or "<" in text:
        text = _without_html(text)
    if not text.isprintable() or not _is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    elif "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return " ".join(text.split())


def clean_column(cells: Sequence[Cell]) -> Sequence[str]:
    """`clean_text` of many cells. Where all of them together show that there is nothing to clean, none is looked at."""
    if set(map(type, cells)) == {str}:
        texts = cast("Sequence[str]", cells)
    else:
        texts = [cell if isinstance(cell, str) else cell_text(cell) for cell in cells]
    joined = _BETWEEN.join(texts)
    if not joined.isprintable() or _may_be_html(joined) or not _is_normalized("NFC", joined):
        return [clean_text(text) for text in texts]
    joined = f"{_BETWEEN}{joined}{_BETWEEN}"
    if f"{_BETWEEN} " in joined or f" {_BETWEEN}" in joined:
        texts = list(map(str.strip, texts))
    return [" ".join(text.split()) for text in texts] if "  " in _BETWEEN.join(texts) else texts


def _may_be_html(text: str) -> bool:
    return ("<" in text and _has_tag(text)) or ("&" in text and _ENTITY.search(text) is not None)


def _has_tag(text: str) -> bool:
    if _TAG.search(text):
        return True
    start = text.find(_COMMENT)
    return start >= 0 and text.find(_COMMENT_END, start + len(_COMMENT)) >= 0


def _without_html(text: str) -> str:
    if _has_tag(text):
        text = _TAG.sub(" ", _without_comments(_without_blocks(text)))
    return html.unescape(text) if _ENTITY.search(text) else text


def _without_blocks(text: str) -> str:
    """Without styles and scripts. One that does not end is left, and with it all others of its name."""
    parts: list[str] = []
    at, endless = 0, set[str]()
    for start in _BLOCK_START.finditer(text):
        name = start[1].lower()
        if start.start() < at or name in endless:
            continue
        end = _BLOCK_END[name].search(text, start.end())
        if end is None:
            endless.add(name)
            continue
        parts += text[at : start.start()], " "
        at = end.end()
    return "".join([*parts, text[at:]])


def _without_comments(text: str) -> str:
    parts: list[str] = []
    at = 0
    while (start := text.find(_COMMENT, at)) >= 0:
        end = text.find(_COMMENT_END, start + len(_COMMENT))
        if end < 0:
            break
        parts += text[at:start], " "
        at = end + len(_COMMENT_END)
    return "".join([*parts, text[at:]])


def shorten(raw: object) -> str:
    """A value for a message: one line, not too long."""
    text = _SPACES.sub(" ", str(raw)).strip()
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"


def straighten(text: str) -> str:
    """A text for reading numbers: ASCII digits and dashes, nothing invisible, no space around."""
    text = text.strip()
    if text.isascii() and text.isprintable():
        return text
    text = _INVISIBLE.sub("", text).translate(_STRAIGHT)
    if _OTHER_DIGITS.search(text):
        text = "".join(_plain_digit(char) for char in text)
    return text.strip()


def _plain_digit(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    return unicodedata.normalize("NFKC", char) if "\uff00" <= char <= "\uffef" else char


class Code(NamedTuple):
    """A code as the supplier writes it; with a problem the value is empty."""

    value: str
    problem: Message | None = None


_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d{2,3}")
_FORMAT_PART = re.compile(r"""\[[^\[\]]*+\]|"([^"]*+)"|\\(.)|[_*].|(.)""")
_PLACE = "{place}"
_SAFE_INTEGER = 2**53


def read_code(raw: Cell, number_format: str | None = None) -> Code:
    """A code, with the leading zeros that may exist only in the number format (`00000`)."""
    if type(raw) is str:
        text = clean_text(raw)
        return _no_code(codes.SCIENTIFIC, text) if "+" in text and _SCIENTIFIC.fullmatch(text) else Code(text)
    if isinstance(raw, (CellError, Formula)):
        return _no_code(codes.CELL_ERROR if isinstance(raw, CellError) else codes.NO_RESULT, raw)
    if raw is None or isinstance(raw, bool):
        return Code("")
    if isinstance(raw, (int, float)):
        return _numeric_code(raw, number_format)
    return _no_code(codes.DATE, cell_text(raw))


def read_codes(cells: Sequence[Cell]) -> Sequence[str]:
    """The values of `read_code` of many cells without number formats."""
    if set(map(type, cells)) == {str} and "+" not in "".join(cast("Sequence[str]", cells)):
        return clean_column(cells)
    return [read_code(cell).value for cell in cells]


def _numeric_code(raw: float, number_format: str | None) -> Code:
    if not isfinite(raw):
        return _no_code(codes.CELL_ERROR, raw)
    if abs(raw) >= _SAFE_INTEGER and isinstance(raw, float):
        return _no_code(codes.UNSAFE_NUMBER, raw)
    if raw != int(raw):
        return Code(repr(raw))
    return Code(_as_formatted(int(raw), number_format))


def _as_formatted(number: int, number_format: str | None) -> str:
    """`00000` gives 00042, `000-000` gives 000-042; every other format leaves the digits as they are."""
    parts = _code_shape(number_format or "")
    places = parts.count(_PLACE)
    if number < 0 or places < 2:
        return str(number)
    digits = list(str(number).zfill(places))
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
        if char and char not in "0-/ ":
            return ()
        parts += [_PLACE] if char == "0" else quoted or escaped or char
    return tuple(parts)


def _no_code(problem: Problem, raw: object) -> Code:
    return Code("", problem.message(value=shorten(raw)))


_GTIN_LENGTHS = (8, 12, 13, 14)


def is_gtin(text: str) -> bool:
    """Whether a text is an EAN-8, UPC-A, EAN-13 or GTIN-14 with a right check digit."""
    if len(text) not in _GTIN_LENGTHS or not (text.isascii() and text.isdigit()) or not text.strip("0"):
        return False
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(text)))
    return weighted % 10 == 0
