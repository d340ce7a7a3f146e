"""How cells look, by the number of their format in the workbook's style table."""

from __future__ import annotations

from typing import IO, TypeVar

from lxml import etree

from ingestion.pricegrid.cells.grid import Style
from ingestion.pricegrid.formats.limits import Limits
from ingestion.pricegrid.formats.number_formats import FORMAT_CODE, built_in
from ingestion.pricegrid.formats.xml import Pieces, elements, local, whole_number
from ingestion.pricegrid.marking import gettext_noop

T = TypeVar("T")
Font = tuple[bool, bool, float, bool]
_STYLES = gettext_noop("styles")
KEPT = {"numFmt": "numFmts", "font": "fonts", "fill": "fills", "xf": "cellXfs", "dxf": "dxfs"}  # and where each stands
NO_FILL = ("FFFFFFFF", "00FFFFFF", "indexed:64", "indexed:65")


class StyleTable:
    """Number formats, fonts and fills, and the styles made of them, in the order in which the part gives them."""

    def __init__(self, place: str, limits: Limits) -> None:
        self.place, self.limits = place, limits
        self.formats: dict[int, str] = {}
        self.fonts: list[Font] = []
        self.fills: list[str | None] = []
        self.styles: list[Style] = []

    def read(self, content: IO[bytes]) -> list[Style]:
        seen = 0
        for _, name, element in Pieces(content, self.place, self.limits, whole=KEPT):
            parent = element.getparent()
            if parent is None or local(parent) != KEPT[name]:
                continue
            seen += 1
            self.limits.check_count(seen, 3 * self.limits.styles, _STYLES, self.place)
            if name != "dxf":  # its fonts and fills are no others'
                self.learn(name, element)
        return self.styles

    def learn(self, name: str, element: etree._Element) -> None:
        if name == "numFmt":
            code = element.get("formatCode", "")
            self.limits.check_count(len(code), self.limits.format_code, FORMAT_CODE, self.place)
            self.formats[int(element.get("numFmtId", "0"))] = code
        elif name == "font":
            self.fonts.append(font(element))
        elif name == "fill":
            self.fills.append(fill(element))
        else:
            self.styles.append(self.style(element))

    def style(self, xf: etree._Element) -> Style:
        number = int(xf.get("numFmtId", "0"))
        bold, italic, size, struck_out = pick(self.fonts, xf.get("fontId"), (False, False, 11.0, False))
        indents = (whole_number(child.get("indent"), 0, 1000) for child in xf if local(child) == "alignment")
        return Style(
            number_format=self.formats.get(number) or built_in(number),
            bold=bold,
            fill=pick(self.fills, xf.get("fillId"), None),
            indent=next(indents, 0),
            font_size=size,
            italic=italic,
            struck_out=struck_out,
        )


def pick(table: list[T], index: str | None, default: T) -> T:
    return table[int(index)] if index and 0 <= int(index) < len(table) else default


def font(element: etree._Element) -> Font:
    marks = {local(child): child.get("val", "1") for child in element}
    size = marks.get("sz", "11")
    return is_on(marks.get("b")), is_on(marks.get("i")), float(size), is_on(marks.get("strike"))


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
