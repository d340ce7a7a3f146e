"""HTML tables, as web shops and report generators save them under the name .xls."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from ingestion.pricegrid.cells.grid import Cell, Style
from ingestion.pricegrid.cells.struck_out import Struck, left_of
from ingestion.pricegrid.formats.bad_bytes import is_damaged
from ingestion.pricegrid.formats.charsets import text_encoding
from ingestion.pricegrid.formats.encodings import TextFacts, look_at_bytes
from ingestion.pricegrid.formats.held import HeldBook, HeldSheet
from ingestion.pricegrid.formats.limits import Limits
from ingestion.pricegrid.formats.refusals import refused, refusing_damage
from ingestion.pricegrid.formats.xml import LEVELS, Watched
from ingestion.pricegrid.problems import files, rows
from ingestion.pricegrid.values.superscripts import raised

CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
SPACE = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
FILL = re.compile(r"background(?:-color)?\s*:\s*(#[0-9a-f]{3,6}|[a-z]+)", re.IGNORECASE)
_FORMAT = re.compile(r"mso-number-format\s*:\s*(?:\"([^\"]*)\"|'([^']*)'|([^;]*))", re.IGNORECASE)
_STRUCK_OUT = re.compile(r"text-decoration[^:;]{0,20}:[^;]{0,60}line-through", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
STRUCK_TAGS = ("s", "strike", "del")
BREAKS, SILENT = ("br", "p", "div", "li"), ("script", "style")
DEEPEST = 2_000  # elements inside one another: those that nobody closed may add up
_LONGEST_TITLE, LONGEST_CSS = 200, 1_000
LONGEST_SPAN = 65_534  # what HTML allows
DECLARED_BYTES = 4096
_WHITE = ("", "white", "FFFFFF", "transparent", "none")


def open_html(path: Path, limits: Limits) -> HeldBook:
    """All tables as one sheet, as a spreadsheet program shows them; a row counts where it stands among all rows."""
    with refusing_damage("html"), path.open("rb") as content:
        sheet = HeldSheet("", limits, is_text=True)
        facts = _facts_of(path)
        _fill_sheet(sheet, _rows_of(Watched(content, "HTML", limits), facts.encoding, sheet))
        if not facts.is_whole:
            damaged = (number for number, cells in sheet.held if is_damaged(cells))
            sheet.damaged_rows = dict.fromkeys(damaged, rows.DAMAGED.message())
        if not sheet.held:
            raise refused(files.NO_TABLE)
        return HeldBook("html", [sheet])


def _facts_of(path: Path) -> TextFacts:
    """The declared encoding if there is such a one, but Unicode that proves itself is believed more."""
    with path.open("rb") as content:
        declared = CHARSET.search(content.read(DECLARED_BYTES))
    facts = look_at_bytes(path)
    if declared and not facts.encoding.startswith("utf"):
        with suppress(LookupError):
            return facts._replace(encoding=text_encoding(declared[1].decode()))
    return facts


def _rows_of(content: Watched, encoding: str, sheet: HeldSheet) -> Iterator[HtmlRow]:
    """The rows that are no mere frame of another table; the title names the sheet. No tree is built.

    The parser is given UTF-8 only: at the first byte that is not in another encoding, it would end without a word.
    """
    target = Rows(sheet.limits)
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True, no_network=True)
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    while chunk := content.read():
        parser.feed(decoder.decode(chunk).encode("utf-8", "replace"))
        yield from target.drained()
    parser.feed(decoder.decode(b"", final=True).encode("utf-8", "replace"))
    parser.close()
    check_whole(parser, target)
    yield from target.drained()
    sheet.name = target.title


def check_whole(parser: etree.HTMLParser, target: Rows) -> None:
    """Where the parser gives up, it closes nothing any more; where that is for want of memory, its log says so."""
    errors = parser.feed_error_log
    if any(error.type == etree.ErrorTypes.ERR_NO_MEMORY for error in errors):
        raise MemoryError
    if len(target.open) > 1:
        raise ValueError(errors.last_error.message if errors.last_error else "the parser stopped")


@dataclass
class HtmlCell:
    """`parts` are texts, each struck out or not, and a zero character where a line breaks.

    `lead` says that text stands before any tag.
    """

    tag: str
    attributes: Mapping[str, str]
    parts: list[tuple[str, bool]] = field(default_factory=list)
    length: int = 0
    children: int = 0
    only_child: str = ""
    lead: bool = False


@dataclass
class HtmlRow:
    style: str
    starts_table: bool
    cells: list[HtmlCell] = field(default_factory=list)
    is_frame: bool = False


@dataclass
class Open:
    """An element that is not closed yet."""

    tag: str
    children: int = 0
    row: HtmlRow | None = None
    cell: HtmlCell | None = None
    is_struck: bool = False


class Rows:
    """Takes the tags as the parser meets them, and makes rows of them."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.title = ""
        self.open: list[Open] = [Open("")]
        self.rows: list[HtmlRow] = []  # open ones, the innermost last
        self.cells: list[HtmlCell] = []
        self.finished: list[HtmlRow] = []

    def drained(self) -> Iterator[HtmlRow]:
        rows, self.finished = self.finished, []
        return iter(rows)

    def start(self, tag: Any, attrib: Any) -> None:
        above = self.open[-1]
        element = Open(tag, is_struck=self.collects() and (above.is_struck or is_struck_out(tag, attrib)))
        if tag == "table":
            for row in self.rows:
                row.is_frame = True
                row.cells.clear()
        elif tag == "tr":
            starts_table = above.tag == "table" and not above.children
            element.row = HtmlRow(attrib.get("style", ""), starts_table)
            self.rows.append(element.row)
        elif tag in ("td", "th") and above.row is not None and not above.row.is_frame:
            element.cell = HtmlCell(tag, dict(attrib))
            above.row.cells.append(element.cell)
            self.cells.append(element.cell)
            self.limits.check_columns(len(above.row.cells), len(self.finished) + 1)
        above.children += 1
        if above.cell is not None:
            above.cell.children += 1
            above.cell.only_child = tag
        if tag in BREAKS and self.collects():
            self.cells[-1].parts.append(("\0", False))
        self.open.append(element)
        self.limits.check_count(len(self.open), DEEPEST, LEVELS, "HTML")

    def end(self, tag: Any) -> None:
        element = self.open.pop()
        if element.cell is not None:
            self.cells.pop()
        if element.row is not None:
            self.rows.pop()
            if not element.row.is_frame:
                self.finished.append(element.row)

    def data(self, data: str | bytes) -> None:
        text = str(data)
        element = self.open[-1]
        if element.tag == "title" and not self.rows:
            self.title = self.title or SPACE.sub(" ", text).strip()[:_LONGEST_TITLE]
        if not self.collects() or element.tag in SILENT:
            return
        cell = self.cells[-1]
        cell.parts.append((raised(text) if element.tag == "sup" else text, element.is_struck))
        cell.length += len(text)
        self.limits.check_text(cell.length, "HTML")
        if element.cell is cell and not cell.children and not text.isspace():
            cell.lead = True

    def comment(self, text: str | bytes) -> None:
        if (cell := self.open[-1].cell) is not None:
            cell.children += 1
            cell.only_child = ""

    def close(self) -> None:
        """Asked for by lxml."""

    def collects(self) -> bool:
        """Whether the innermost row is one to read, and a cell of it is open."""
        return bool(self.cells) and bool(self.rows) and not self.rows[-1].is_frame


def _fill_sheet(sheet: HeldSheet, rows: Iterator[HtmlRow]) -> None:
    spans: dict[int, int] = {}  # column -> rows still covered by a cell above
    for number, row in enumerate(rows, 1):
        sheet.limits.check_row_number(number)
        if _HIDDEN.search(row.style):
            sheet.hidden_rows.add(number)
        if row.starts_table:
            spans = {}
        cells, looks = list[Cell](), list[Style | None]()
        for cell in row.cells:
            skip_covered(spans, cells, looks)
            sheet.limits.check_columns(len(cells) + 1, number)
            across = span(cell, "colspan", sheet.limits.columns - len(cells))
            down = span(cell, "rowspan", LONGEST_SPAN)
            sheet.merge(number, len(cells) + 1, down, across)
            if down > 1:
                spans.update({len(cells) + 1 + offset: down for offset in range(across)})
            looks += [_look(cell)] * across
            cells += [_text_of(cell) or None, *[None] * (across - 1)]
        sheet.add(number, cells, looks)
        spans = {column: left - 1 for column, left in spans.items() if left > 1}


def skip_covered(spans: dict[int, int], cells: list[Cell], looks: list[Style | None]) -> None:
    while len(cells) + 1 in spans:
        cells.append(None)
        looks.append(None)


def span(cell: HtmlCell, name: str, most: int) -> int:
    given = cell.attributes.get(name, "1").strip()
    return max(1, min(int(given[:9]), most)) if given.isdecimal() else 1


def _text_of(cell: HtmlCell) -> str:
    """As a browser shows it: blanks run together, `<br>` and paragraphs break the line."""
    left = left_of(cell.parts)
    lines = SPACE.sub(" ", left).split("\0")
    shown = "\n".join(filter(None, map(str.strip, lines)))
    return Struck(shown) if type(left) is Struck else shown


def is_struck_out(tag: str, attributes: Mapping[str, str]) -> bool:
    return tag in STRUCK_TAGS or bool(_STRUCK_OUT.search(attributes.get("style", "")[:LONGEST_CSS]))


def _look(cell: HtmlCell) -> Style | None:
    """None for a plain cell."""
    if cell.tag == "td" and not cell.attributes and not cell.children:
        return None
    css = cell.attributes.get("style", "")[:LONGEST_CSS]
    colour = (found[1] if (found := FILL.search(css)) else cell.attributes.get("bgcolor", "")).lstrip("#").upper()
    number_format = next(filter(None, found.groups()), "General") if (found := _FORMAT.search(css)) else "General"
    is_all = not cell.lead and cell.children == 1
    style = Style(
        number_format=number_format.replace("\\", ""),
        bold=cell.tag == "th" or bool(_BOLD.search(css)) or (is_all and cell.only_child in ("b", "strong")),
        struck_out=bool(_STRUCK_OUT.search(css)),
        fill=None if colour.lower() in map(str.lower, _WHITE) else colour[:30],
    )
    return None if style == Style() else style
