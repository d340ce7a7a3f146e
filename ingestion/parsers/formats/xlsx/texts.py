"""Texts in XML: entities, escapes, and the table of shared strings."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from ingestion.parsers.formats.xlsx.package import Package

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
RUN = re.compile(r"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</")
PHONETIC = re.compile(r"<(\w+:)?rPh\b.*?</(\w+:)?rPh>", re.DOTALL)
PREFIX = re.compile(r"<(\w+:)?(?:sst|worksheet)\b")


def unescaped(text: str) -> str:
    if "&" in text:
        text = html.unescape(text)
    if "_x" in text:
        text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text


def all_runs(body: str) -> str:
    """The text of a string that may be cut into runs of different fonts; how it is pronounced is left out."""
    return unescaped("".join(RUN.findall(PHONETIC.sub("", body) if "rPh" in body else body)))


@lru_cache(maxsize=8)
def string_pattern(prefix: str) -> re.Pattern[str]:
    """A string's only run (group 1), or its whole body (group 2)."""
    return re.compile(
        rf"<{prefix}si(?:\s[^>]*)?(?:/>|>(?:<{prefix}t(?:\s[^>]*[^/])?>([^<]*)</{prefix}t></{prefix}si>|(.*?)</{prefix}si>))",
        re.DOTALL,
    )


def shared_strings(package: Package, part: str) -> list[str]:
    prefix = find_prefix(package, part)
    pattern = string_pattern(prefix)
    return [
        all_runs(body) if body else unescaped(text) if "&" in text or "_x" in text else text
        for block in package.blocks(part, f"</{prefix}si>")
        for text, body in pattern.findall(block)
    ]


def find_prefix(package: Package, part: str) -> str:
    """The namespace prefix of a part's elements, with its colon; mostly there is none."""
    first = next(package.blocks(part, ">"), "")
    found = PREFIX.search(first)
    return (found[1] or "") if found else ""
