"""How cells look, by the number of their format in the workbook's style table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from lxml import etree

from ingestion.parsers.formats.number_formats import built_in
from ingestion.parsers.formats.xml import elements, local, parse_xml
from ingestion.sheet.grid import Style

T = TypeVar("T")
Font = tuple[bool, bool, float]
NO_FILL = ("FFFFFFFF", "00FFFFFF", "indexed:64", "indexed:65")


def read_styles(content: bytes) -> list[Style]:
    root = parse_xml(content)
    formats = {int(found.get("numFmtId", "0")): found.get("formatCode", "") for found in elements(root, "numFmt")}
    fonts = [font(found) for found in children(root, "fonts")]
    fills = [fill(found) for found in children(root, "fills")]
    return [style(found, formats, fonts, fills) for found in children(root, "cellXfs")]


def children(root: etree._Element, name: str) -> Iterable[etree._Element]:
    parent = next(elements(root, name), None)
    return () if parent is None else [child for child in parent if isinstance(child.tag, str)]


def style(xf: etree._Element, formats: dict[int, str], fonts: list[Font], fills: list[str | None]) -> Style:
    number = int(xf.get("numFmtId", "0"))
    bold, italic, size = pick(fonts, xf.get("fontId"), (False, False, 11.0))
    indents = (int(child.get("indent", "0")) for child in xf if local(child) == "alignment")
    return Style(
        number_format=formats.get(number) or built_in(number),
        bold=bold,
        fill=pick(fills, xf.get("fillId"), None),
        indent=next(indents, 0),
        font_size=size,
        italic=italic,
    )


def pick(table: list[T], index: str | None, default: T) -> T:
    return table[int(index)] if index and 0 <= int(index) < len(table) else default


def font(element: etree._Element) -> Font:
    marks = {local(child): child.get("val", "1") for child in element}
    size = marks.get("sz", "11")
    return is_on(marks.get("b")), is_on(marks.get("i")), float(size)


def is_on(value: str | None) -> bool:
    return value not in (None, "0", "false")


def fill(element: etree._Element) -> str | None:
    """The colour as RRGGBB, theme:N or indexed:N; None where the background is bare or white."""
    for pattern in elements(element, "patternFill"):
        if pattern.get("patternType", "none") == "none":
            return None
        for colour in elements(pattern, "fgColor"):
            named = (f"{key}:{colour.get(key)}" for key in ("theme", "indexed") if colour.get(key))
            value = colour.get("rgb") or next(named, None)
            return None if value in NO_FILL or (value == "theme:0" and not colour.get("tint")) else value
    return None
