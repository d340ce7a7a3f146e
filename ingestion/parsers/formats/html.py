"""HTML tables, as web shops and report generators save them under the name .xls."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from ingestion.parsers.formats.encodings import look_at
from ingestion.parsers.formats.held import HeldBook, HeldSheet
from ingestion.parsers.formats.limits import Limits
from ingestion.parsers.formats.refusals import NO_TABLE, refused, refusing_damage
from ingestion.sheet.grid import Cell, Style

CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
SPACE = re.compile(r"[ \t\r\n\f]+")
HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
FILL = re.compile(r"background(?:-color)?\s*:\s*(#[0-9a-f]{3,6}|[a-z]+)", re.IGNORECASE)
FORMAT = re.compile(r"mso-number-format\s*:\s*(?:\"([^\"]*)\"|'([^']*)'|([^;]*))", re.IGNORECASE)
BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
LONGEST_SPAN = 65_534  # what HTML allows
DECLARED_BYTES = 4096
WHITE = ("", "white", "FFFFFF", "transparent", "none")


def open_html(path: Path, limits: Limits) -> HeldBook:
    """All tables as one sheet, as a spreadsheet program shows them; a row counts where it stands among all rows."""
    with refusing_damage("html"), path.open("rb") as content:
        sheet = HeldSheet("", limits, is_text=True)
        fill_sheet(sheet, rows_of(content, encoding_of(path), sheet))
        if not sheet.held:
            raise refused(NO_TABLE)
        return HeldBook("html", [sheet])


def encoding_of(path: Path) -> str:
    """The declared one if there is such an encoding, but Unicode that proves itself is believed more."""
    with path.open("rb") as content:
        declared = CHARSET.search(content.read(DECLARED_BYTES))
    found = look_at(path).encoding
    if declared and not found.startswith("utf"):
        with suppress(LookupError):
            found = codecs.lookup(declared[1].decode()).name
    return (
        codecs.lookup(found).name.removesuffix("-sig").replace("_", "-").replace("utf-16-", "utf-16")
    )  # as iconv has it


def rows_of(content: BinaryIO, encoding: str, sheet: HeldSheet) -> Iterator[etree._Element]:
    """The rows that are no mere frame of another table, each gone once it was used; the title names the sheet."""
    for _, element in etree.iterparse(
        content, html=True, tag=("tr", "title"), encoding=encoding, huge_tree=True, no_network=True
    ):
        if element.tag == "title":
            sheet.name = sheet.name or SPACE.sub(" ", element.text or "").strip()
        elif element.find(".//table") is None:
            yield element
            element.clear(keep_tail=True)


def fill_sheet(sheet: HeldSheet, rows: Iterator[etree._Element]) -> None:
    spans: dict[int, int] = {}  # column -> rows still covered by a cell above
    for number, row in enumerate(rows, 1):
        if HIDDEN.search(row.get("style", "")):
            sheet.hidden_rows.add(number)
        if starts_table(row):
            spans = {}
        cells, looks = list[Cell](), list[Style | None]()
        for element in cells_of(row):
            skip_covered(spans, cells, looks)
            across = span(element, "colspan", sheet.limits.columns)
            down = span(element, "rowspan", LONGEST_SPAN)
            sheet.merge(number, len(cells) + 1, down, across)
            if down > 1:
                spans.update({len(cells) + 1 + offset: down for offset in range(across)})
            looks += [look(element)] * across
            cells += [text(element) or None, *[None] * (across - 1)]
        sheet.add(number, cells, looks)
        spans = {column: left - 1 for column, left in spans.items() if left > 1}


def starts_table(row: etree._Element) -> bool:
    return row.getprevious() is None and (parent := row.getparent()) is not None and parent.tag == "table"


def cells_of(row: etree._Element) -> Iterator[etree._Element]:
    return (element for element in row if element.tag in ("td", "th"))


def skip_covered(spans: dict[int, int], cells: list[Cell], looks: list[Style | None]) -> None:
    while len(cells) + 1 in spans:
        cells.append(None)
        looks.append(None)


def span(element: etree._Element, name: str, most: int) -> int:
    given = element.get(name, "1").strip()
    return max(1, min(int(given), most)) if given.isdecimal() else 1


def text(element: etree._Element) -> str:
    """As a browser shows it: blanks run together, `<br>` and paragraphs break the line."""
    if not len(element):
        return SPACE.sub(" ", element.text or "").strip()
    parts: list[str] = []
    for event, inner in etree.iterwalk(element, events=("start", "end", "comment")):
        if event == "start":
            parts += "\0" if inner.tag in ("br", "p", "div", "li") else "", "" if is_silent(inner) else inner.text or ""
        elif inner is not element:
            parts.append(inner.tail or "")
    lines = SPACE.sub(" ", "".join(parts)).split("\0")
    return "\n".join(filter(None, map(str.strip, lines)))


def is_silent(element: etree._Element) -> bool:
    return element.tag in ("script", "style")


def look(element: etree._Element) -> Style | None:
    """None for a plain cell."""
    if element.tag == "td" and not element.attrib and not len(element):
        return None
    css = element.get("style", "")
    colour = (found[1] if (found := FILL.search(css)) else element.get("bgcolor", "")).lstrip("#").upper()
    number_format = next(filter(None, found.groups()), "General") if (found := FORMAT.search(css)) else "General"
    style = Style(
        number_format=number_format.replace("\\", ""),
        bold=element.tag == "th" or bool(BOLD.search(css)) or is_all_bold(element),
        fill=None if colour.lower() in map(str.lower, WHITE) else colour,
    )
    return None if style == Style() else style


def is_all_bold(element: etree._Element) -> bool:
    return not (element.text or "").strip() and len(element) == 1 and element[0].tag in ("b", "strong")
