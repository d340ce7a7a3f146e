"""Texts as the supplier meant them: on one line, without what a web page, a spreadsheet or a font put around them."""

import html
import re
import unicodedata
from collections.abc import Sequence
from typing import cast

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.cells.texts import cell_text

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
_TEXT_FORMULA = re.compile(r'=""([^"]+)""|=\s*["“”„](.*)["“”]', re.DOTALL)
_FORMULA_STARTS = frozenset(("=", '"'))
_FORMULA_SIGNS = ('="', "=“", "=”", "=„", "= ")
APOSTROPHES = "'’‘ʼ`´＇"
_APOSTROPHES = frozenset(APOSTROPHES)
_STRAIGHT = {ord(char): "-" for char in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"} | {0x066C: "'", 0x066B: ","}


def clean_text(raw: Cell) -> str:
    """The text of a cell on one line: composed, without invisible characters, HTML entities, tags or `="..."`."""
    text = raw if isinstance(raw, str) else cell_text(raw)
    if "&" in text or "<" in text:
        text = _without_html(text)
    if not text.isprintable() or not _is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    elif "  " not in text and text[:1] != " " and text[-1:] != " ":
        return without_formula(text) if text[:1] in _FORMULA_STARTS else text
    text = " ".join(text.split())
    return without_formula(text) if text[:1] in _FORMULA_STARTS else text


def clean_column(cells: Sequence[Cell]) -> Sequence[str]:
    """`clean_text` of many cells. Where all of them together show that there is nothing to clean, none is looked at."""
    if set(map(type, cells)) == {str}:
        texts = cast("Sequence[str]", cells)
    else:
        texts = [cell if isinstance(cell, str) else cell_text(cell) for cell in cells]
    joined = _BETWEEN.join(texts)
    if not joined.isprintable() or _may_hold_more(joined) or not _is_normalized("NFC", joined):
        return [clean_text(text) for text in texts]
    joined = f"{_BETWEEN}{joined}{_BETWEEN}"
    if f"{_BETWEEN} " in joined or f" {_BETWEEN}" in joined:
        texts = list(map(str.strip, texts))
    return [" ".join(text.split()) for text in texts] if "  " in _BETWEEN.join(texts) else texts


def without_formula(text: str) -> str:
    """`="00042"` is how a spreadsheet is told that 00042 is a text, also where it was quoted once more."""
    while True:
        if len(text) > 2 and text.startswith('"=') and text.endswith('"'):
            text = text[1:-1].replace('""', '"').strip()
        elif found := _TEXT_FORMULA.fullmatch(text):
            text = (found[1] or found[2]).replace('""', '"').strip()
        else:
            return text


def _may_hold_more(text: str) -> bool:
    """Whether something in it may stand for another text: a web page's signs, or a formula."""
    return _may_be_html(text) or ("=" in text and any(sign in text for sign in _FORMULA_SIGNS))


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


def without_text_mark(text: str) -> str:
    """Without the `="..."` or the apostrophe by which a spreadsheet is told that a number is a text."""
    if text[:1] in _FORMULA_STARTS:
        text = without_formula(text)
    if text[:1] in _APOSTROPHES:
        bare = text[1:].lstrip(APOSTROPHES)
        return bare.rstrip(APOSTROPHES).strip() if bare[:1].isalnum() and bare[-1:] in _APOSTROPHES else bare.lstrip()
    return text


def straighten(text: str) -> str:
    """A text for reading numbers: ASCII digits and dashes, nothing invisible, no space around, no mark of a text."""
    text = without_text_mark(text.strip())
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
