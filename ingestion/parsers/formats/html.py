"""HTML tables, as web shops and report generators save them under the name .xls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from lxml import html as lxml_html

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
DECLARED_BYTES = 4096
WHITE = ("", "white", "FFFFFF", "transparent", "none")


def open_html(path: Path, limits: Limits) -> HeldBook:
    """All tables as one sheet, as a spreadsheet program shows them; a row counts where it stands among all rows."""
    with refusing_damage("html"):
        parser = lxml_html.HTMLParser(huge_tree=True, no_network=True)
        root = lxml_html.document_fromstring(text_of(path), parser=parser)
        title = root.findtext(".//title") or ""
        sheet = HeldSheet(SPACE.sub(" ", title).strip(), limits, is_text=True)
        rows = [row for row in root.iter("tr") if row.find(".//table") is None]
        if not rows:
            raise refused(NO_TABLE)
        fill_sheet(sheet, rows)
        return HeldBook("html", [sheet])


def text_of(path: Path) -> str:
    """Without what declares an encoding inside: it has been decoded already."""
    raw = path.read_bytes()
    declared = CHARSET.search(raw[:DECLARED_BYTES])
    found = look_at(path).encoding
    encoding = declared[1].decode() if declared and not found.startswith("utf") else found
    try:
        text = raw.decode(encoding, "replace")
    except LookupError:
        text = raw.decode(found, "replace")
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def fill_sheet(sheet: HeldSheet, rows: list[etree._Element]) -> None:
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
            down = span(element, "rowspan", len(rows) - number + 1)
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
