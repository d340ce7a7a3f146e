"""ODS, zipped or as one flat XML file: OpenDocument spreadsheets."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import IO

from lxml import etree

from ingestion.parsers.formats.held import HeldBook, HeldSheet
from ingestion.parsers.formats.limits import Limits
from ingestion.parsers.formats.number_formats import iso_moment, whole
from ingestion.parsers.formats.ods_styles import Styles
from ingestion.parsers.formats.refusals import refusing_damage
from ingestion.parsers.formats.xml import local, named
from ingestion.sheet.grid import Cell, CellError, Formula, Style

HIDDEN = ("collapse", "filter")
ERROR = "Err:"
Attributes = dict[str, str]


def open_ods(path: Path, limits: Limits) -> HeldBook:
    with refusing_damage("ods"), zipfile.ZipFile(path) as archive:
        styles = Styles()
        if "styles.xml" in archive.namelist():
            list(tables(io.BytesIO(archive.read("styles.xml")), styles, limits))
        with archive.open("content.xml") as content:
            return HeldBook("ods", list(tables(content, styles, limits)))


def open_flat_ods(path: Path, limits: Limits) -> HeldBook:
    with refusing_damage("ods"), path.open("rb") as content:
        return HeldBook("ods", list(tables(content, Styles(), limits)))


def tables(content: IO[bytes], styles: Styles, limits: Limits) -> Iterator[HeldSheet]:
    """The sheets, while the XML passes by; styles are learnt on the way, they stand before the sheets."""
    reader: TableReader | None = None
    events = etree.iterparse(
        content, events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False
    )
    for event, element in events:
        name = local(element)
        if event == "start":
            if name == "table":
                reader = TableReader(named(element), styles, limits)
        elif name == "table" and reader:
            yield reader.sheet
            reader = None
            element.clear()
        elif name in ("table-row", "table-column") and reader:
            reader.take(name, element)
            element.clear()
        elif reader is None:
            styles.learn(name, element)


class TableReader:
    def __init__(self, attributes: Attributes, styles: Styles, limits: Limits) -> None:
        self.styles, self.limits = styles, limits
        state = "hidden" if styles.hides(attributes.get("style-name", "")) else "visible"
        self.sheet = HeldSheet(attributes.get("name", ""), limits, state=state)
        self.row = self.column = 1

    def take(self, name: str, element: etree._Element) -> None:
        if name == "table-column":
            self.take_column(named(element))
        else:
            self.take_row(element)

    def take_column(self, attributes: Attributes) -> None:
        after = self.column + int(attributes.get("number-columns-repeated", "1"))
        if attributes.get("visibility") in HIDDEN:
            self.sheet.hidden_columns.update(range(self.column, min(after, self.limits.columns)))
        self.column = after

    def take_row(self, row: etree._Element) -> None:
        attributes = named(row)
        first, self.row = self.row, self.row + int(attributes.get("number-rows-repeated", "1"))
        cells, looks = list[Cell](), list[Style | None]()
        for element in row:
            if local(element) in ("table-cell", "covered-table-cell"):
                self.take_cell(element, first, cells, looks)
        is_empty = all(cell is None for cell in cells)
        for number in range(first, first + 1 if is_empty else self.row):
            self.sheet.add(number, cells, looks)
            if attributes.get("visibility") in HIDDEN:
                self.sheet.hidden_rows.add(number)

    def take_cell(self, element: etree._Element, row: int, cells: list[Cell], looks: list[Style | None]) -> None:
        attributes = named(element)
        rows, columns = (int(attributes.get(f"number-{what}-spanned", "1")) for what in ("rows", "columns"))
        self.sheet.merge(row, len(cells) + 1, rows, columns)
        times = min(int(attributes.get("number-columns-repeated", "1")), self.limits.columns - len(cells))
        cells.extend([value(element, attributes)] * times)
        looks.extend([self.styles.look(attributes.get("style-name", ""))] * times)


def value(element: etree._Element, attributes: Attributes) -> Cell:
    kind = attributes.get("value-type", "")
    if kind in ("float", "currency", "percentage"):
        shown = paragraphs(element)
        return CellError(shown) if shown.startswith(ERROR) else whole(float(attributes["value"]))
    if kind == "date":
        return iso_moment(attributes["date-value"])
    if kind == "boolean":
        return attributes.get("boolean-value") == "true"
    if kind == "time":
        return str(duration(attributes.get("time-value", "")))
    text = attributes.get("string-value") or paragraphs(element)
    if text.startswith(("#", ERROR)) and "formula" in attributes:
        return CellError(text)
    return text or (Formula(attributes["formula"]) if "formula" in attributes and not kind else None)


def paragraphs(element: etree._Element) -> str:
    """Line by line; what is a note on the cell is no part of it."""
    return "\n".join(inner_text(child) for child in element if local(child) == "p")


def inner_text(element: etree._Element) -> str:
    parts = [element.text or ""]
    for child in element:
        parts += SPACES.get(local(child), "") * spaces(child) or inner_text(child), child.tail or ""
    return "".join(parts)


SPACES = {"s": " ", "tab": "\t", "line-break": "\n"}


def spaces(element: etree._Element) -> int:
    return int(named(element).get("c", "1"))


def duration(text: str) -> timedelta:
    """PT12H30M00S"""
    hours, _, rest = text.removeprefix("PT").partition("H")
    minutes, _, seconds = rest.rstrip("S").partition("M")
    return timedelta(hours=int(hours or 0), minutes=int(minutes or 0), seconds=float(seconds.replace(",", ".") or 0))
