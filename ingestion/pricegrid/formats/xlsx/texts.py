"""Texts in XML: entities, escapes, and the table of shared strings.

All patterns here take time in proportion to what they are given, whatever it is: none goes past the next `<`.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache

from ingestion.pricegrid.cells.struck_out import Struck, left_of
from ingestion.pricegrid.formats.limits import MEGABYTE
from ingestion.pricegrid.formats.xlsx.package import Package
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.values.superscripts import raised

_ESCAPED = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
RUN = re.compile(r"<(?:\w++:)?t(?:\s[^<>]*+)?>([^<]*+)</")
RUN_END = re.compile(r"</(?:\w++:)?r>")
STRIKE = re.compile(r"<(?:\w++:)?strike(?:\s[^<>]*+|/)?>")
STRIKE_OFF = re.compile(r"val\s*+=\s*+[\"'](?:0|false)[\"']")
PHONETIC = re.compile(r"<(/?)(?:\w++:)?rPh\b[^<>]*+>")
_PREFIX = re.compile(r"<(\w++:)?(?:sst|worksheet)\b")
TEXT_BYTES = 60  # what a text takes in memory beside its characters
STRINGS = gettext_noop("MB of texts")


def unescaped(text: str) -> str:
    if "&" in text:
        text = html.unescape(text)
    if "_x" in text:
        text = _ESCAPED.sub(unescaped_units, text)
    return text


def unescaped_units(found: re.Match[str]) -> str:
    """The characters behind `_x000D_`; those beyond 16 bits stand in pairs. Half a pair is left as it is written."""
    units = b"".join(int(digits, 16).to_bytes(2, "little") for digits in found[0][2:-1].split("__x"))
    try:
        return units.decode("utf-16-le")
    except UnicodeDecodeError:
        return found[0]


def all_runs(body: str) -> str:
    """The text of a string that may be cut into runs of different fonts; how it is pronounced is left out."""
    body = without_phonetic(body) if "rPh" in body else body
    if "superscript" not in body and "strike" not in body:
        return unescaped("".join(RUN.findall(body)))
    left = by_fonts(body)
    return Struck(unescaped(left)) if type(left) is Struck else unescaped(left)


def by_fonts(body: str) -> str:
    """What is left where runs are struck out, and in superscript as the characters that Unicode has for it.

    Else cents are digits of the euros.
    """
    return left_of(
        (raised(text) if "superscript" in run else text, strikes(run))
        for run in RUN_END.split(body)
        for text in RUN.findall(run)
    )


def strikes(run: str) -> bool:
    found = STRIKE.search(run)
    return found is not None and not STRIKE_OFF.search(found[0])


def without_phonetic(body: str) -> str:
    kept: list[str] = []
    at, is_open = 0, False
    for tag in PHONETIC.finditer(body):
        if not is_open:
            kept.append(body[at : tag.start()])
        is_open = not tag[1] and not tag[0].endswith("/>")
        at = tag.end()
    if is_open:
        raise ValueError("a phonetic run does not end")
    return "".join([*kept, body[at:]])


@lru_cache(maxsize=8)
def string_patterns(prefix: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A string's only run (group 1), or its whole body (group 2): as most files have it, and in general."""
    body = rf"(?:[^<]++|<(?!/?{prefix}si[\s/>]))*+"
    inside = rf"(?:<{prefix}t(?: [^<>]*+(?<!/))?>([^<]*+)</{prefix}t></{prefix}si>|({body})</{prefix}si>)"
    return (
        re.compile(rf"<{prefix}si>{inside}"),
        re.compile(rf"<{prefix}si(?:\s[^<>]*+)?(?:/>|(?<=/)>|>{inside})"),
    )


def shared_strings(package: Package, part: str) -> list[str]:
    """As many as there are, or none: one that was passed over would give all cells behind it the text of another."""
    prefix = find_prefix(package, part)
    start, limits = f"<{prefix}si", package.limits
    strings: list[str] = []
    size = 0
    for block in package.blocks(part, f"</{prefix}si>"):
        wanted = block.count(start)
        every = (pattern.findall(block) for pattern in string_patterns(prefix))
        found = next((found for found in every if len(found) == wanted), None)
        if found is None:
            raise ValueError("a shared text is not well-formed")
        texts = [
            all_runs(body) if body else unescaped(text) if "&" in text or "_x" in text else text for text, body in found
        ]
        strings += texts
        size += TEXT_BYTES * wanted + (len(block) - len("<si><t></t></si>") * wanted) * (1 if block.isascii() else 2)
        limits.check_count(size // MEGABYTE, limits.strings // MEGABYTE, STRINGS, part)
        if len(block) > limits.cell:
            limits.check_text(max(map(len, texts), default=0), part)
    return strings


def find_prefix(package: Package, part: str) -> str:
    """The namespace prefix of a part's elements, with its colon; mostly there is none."""
    first = next(package.blocks(part, ">"), "")
    found = _PREFIX.search(first)
    return (found[1] or "") if found else ""
