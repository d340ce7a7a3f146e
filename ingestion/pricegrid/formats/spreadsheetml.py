"""SpreadsheetML 2003: one XML file, often named .xls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

from lxml import etree

from ingestion.pricegrid.cells.grid import Cell, CellError, Formula, Style
from ingestion.pricegrid.formats.held import HeldBook, HeldSheet
from ingestion.pricegrid.formats.limits import Limits
from ingestion.pricegrid.formats.number_formats import FORMAT_CODE, iso_moment, whole
from ingestion.pricegrid.formats.refusals import refusing_damage
from ingestion.pricegrid.formats.spans import numbers_in
from ingestion.pricegrid.formats.xml import Pieces, attributes_of, local, whole_number
from ingestion.pricegrid.marking import gettext_noop

_SHEETS, _STYLES = gettext_noop("sheets"), gettext_noop("styles")
PIECES = ("Style", "Row", "Column", "Visible")
FARTHEST_ROW = 2**31
_STATES = {"SheetHidden": "hidden", "SheetVeryHidden": "very_hidden"}
NAMED_FORMATS = {
    "General Number": "General",
    "Short Date": "mm-dd-yy",
    "General Date": "m/d/yy h:mm",
    "Currency": "$#,##0.00",
    "Euro Currency": "[$€]#,##0.00",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
}
NO_DATE = "1899-12-31T"  # what a mere time of day is dated


def open_spreadsheetml(path: Path, limits: Limits) -> HeldBook:
    with refusing_damage("xml"), path.open("rb") as content:
        return HeldBook("xml", list(worksheets(content, limits)))


def worksheets(content: IO[bytes], limits: Limits) -> Iterator[HeldSheet]:
    styles: dict[str, Style] = {}
    filler: Filler | None = None
    sheets = 0
    for is_end, name, element in Pieces(content, "XML", limits, whole=PIECES, starts=("Worksheet",)):
        if name == "Style":
            limits.check_count(len(styles), limits.styles, _STYLES, "XML")
            styles[attributes_of(element).get("ID", "")] = _style(element, limits)
        elif name == "Worksheet" and not is_end:
            sheets += 1
            limits.check_count(sheets, limits.sheets, _SHEETS, "XML")
            filler = Filler(HeldSheet(attributes_of(element).get("Name", ""), limits), styles)
        elif name == "Worksheet" and filler:
            yield filler.done()
            filler = None
        elif filler:
            filler.take(name, element)


def _style(element: etree._Element, limits: Limits) -> Style:
    says = {local(child): attributes_of(child) for child in element}
    font, background = says.get("Font", {}), says.get("Interior", {})
    number_format = says.get("NumberFormat", {}).get("Format", "General")
    limits.check_count(len(number_format), limits.format_code, FORMAT_CODE, "XML")
    colour = background.get("Color", "") if background.get("Pattern", "None") != "None" else ""
    return Style(
        number_format=NAMED_FORMATS.get(number_format, number_format),
        bold=font.get("Bold") == "1",
        fill=colour.lstrip("#").upper() if colour.upper() not in ("", "#FFFFFF") else None,
        indent=whole_number(says.get("Alignment", {}).get("Indent"), 0, 1000),
        font_size=float(font.get("Size", "11")),
        italic=font.get("Italic") == "1",
        struck_out=font.get("StrikeThrough") == "1",
    )


class Filler:
    """Fills one sheet. Columns and rows stand right after the last one, unless they say another place."""

    def __init__(self, sheet: HeldSheet, styles: dict[str, Style]) -> None:
        self.sheet, self.styles, self.limits = sheet, styles, sheet.limits
        self.column = self.row = 1
        self.hidden: list[tuple[int, int]] = []

    def done(self) -> HeldSheet:
        self.sheet.hidden_columns.update(numbers_in(self.hidden, self.limits.columns))
        return self.sheet

    def take(self, name: str, element: etree._Element) -> None:
        own = attributes_of(element)
        if name == "Visible":
            self.sheet.state = _STATES.get((element.text or "").strip(), self.sheet.state)
        elif name == "Column":
            first = whole_number(own.get("Index"), self.column, self.limits.columns + 1)
            self.column = first + whole_number(own.get("Span"), 0, self.limits.columns) + 1
            if own.get("Hidden") == "1":
                self.hidden.append((first, self.column - 1))
        else:
            first = whole_number(own.get("Index"), self.row, FARTHEST_ROW)
            self.row = first + whole_number(own.get("Span"), 0, FARTHEST_ROW) + 1
            self.limits.check_row_number(first)
            if own.get("Hidden") == "1":
                self.sheet.hidden_rows.add(first)  # those that it spans are empty
            self.add_row(first, element)

    def add_row(self, number: int, row: etree._Element) -> None:
        limits = self.limits
        cells, looks = list[Cell](), list[Style | None]()
        for element in row:
            if local(element) != "Cell":
                continue
            own = attributes_of(element)
            place = whole_number(own.get("Index"), len(cells) + 1, limits.columns + 1)
            across = whole_number(own.get("MergeAcross"), 0, limits.columns)
            down = whole_number(own.get("MergeDown"), 0, limits.rows)
            gap = place - 1 - len(cells)
            if gap < 0:
                raise ValueError(f"a cell of row {number} stands before the one before it")
            limits.check_columns(place + across, number)
            self.sheet.merge(number, place, down + 1, across + 1)
            cells += [*[None] * gap, _cell(element, own), *[None] * across]
            looks += [*[None] * gap, *[self.styles.get(own.get("StyleID", "Default"))] * (across + 1)]
        self.sheet.add(number, cells, looks)


def _cell(element: etree._Element, own: dict[str, str]) -> Cell:
    data = next((child for child in element if local(child) == "Data"), None)
    if data is None:
        return Formula(own["Formula"].lstrip("=")) if "Formula" in own else None
    text, kind = "".join(map(str, data.itertext())), attributes_of(data).get("Type", "String")
    if kind == "Number":
        return whole(float(text)) if text.strip() else None
    if kind == "DateTime":
        return _moment(text)
    if kind == "Boolean":
        return text == "1"
    return CellError(text) if kind == "Error" else text or None


def _moment(text: str) -> Cell:
    found = iso_moment(text.removesuffix(".000"))
    if not isinstance(found, datetime):
        return found
    if text.startswith(NO_DATE):
        return found.time()
    return found.date() if text.endswith("T00:00:00.000") else found
