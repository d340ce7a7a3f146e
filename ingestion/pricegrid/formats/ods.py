"""ODS, zipped or as one flat XML file: OpenDocument spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import IO

from lxml import etree

from ingestion.pricegrid.cells.grid import Cell, CellError, Formula, Style
from ingestion.pricegrid.cells.struck_out import left_of
from ingestion.pricegrid.formats.archives import open_archive
from ingestion.pricegrid.formats.held import HeldBook, HeldSheet
from ingestion.pricegrid.formats.limits import Limits
from ingestion.pricegrid.formats.number_formats import iso_moment, whole
from ingestion.pricegrid.formats.ods_styles import DATA_STYLES, Styles
from ingestion.pricegrid.formats.refusals import refusing_damage
from ingestion.pricegrid.formats.xml import Pieces, attributes_of, local, whole_number
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.values.superscripts import raised

_SHEETS = gettext_noop("sheets")
_HIDDEN = ("collapse", "filter")
_ERROR = "Err:"
Attributes = dict[str, str]


def open_ods(path: Path, limits: Limits) -> HeldBook:
    with refusing_damage("ods"), open_archive(path, limits) as archive:
        styles = Styles(limits)
        if "styles.xml" in archive.namelist():
            with archive.open("styles.xml") as content:
                list(tables(content, "styles.xml", styles, limits))
        with archive.open("content.xml") as content:
            return HeldBook("ods", list(tables(content, "content.xml", styles, limits)))


def open_flat_ods(path: Path, limits: Limits) -> HeldBook:
    with refusing_damage("ods"), path.open("rb") as content:
        return HeldBook("ods", list(tables(content, "XML", Styles(limits), limits)))


def tables(content: IO[bytes], place: str, styles: Styles, limits: Limits) -> Iterator[HeldSheet]:
    """The sheets, while the XML passes by; styles are learnt on the way, they stand before the sheets."""
    reader: TableReader | None = None
    whole = ("table-row", "table-column", "shapes", "style", *DATA_STYLES)
    sheets = 0
    for is_end, name, element in Pieces(content, place, limits, whole=whole, starts=("table",)):
        if name == "table" and not is_end:
            sheets += 1
            limits.check_count(sheets, limits.sheets, _SHEETS, place)
            reader = TableReader(attributes_of(element), styles, limits)
        elif name == "table" and reader:
            yield reader.sheet
            reader = None
        elif name in ("table-row", "table-column") and reader:
            reader.take(name, element)
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
            self.take_column(attributes_of(element))
        else:
            self.take_row(element)

    def take_column(self, attributes: Attributes) -> None:
        most = self.limits.columns
        after = self.column + whole_number(attributes.get("number-columns-repeated"), 1, most)
        if attributes.get("visibility") in _HIDDEN:
            self.sheet.hidden_columns.update(range(self.column, min(after, most)))
        self.column = min(after, most)

    def take_row(self, row: etree._Element) -> None:
        attributes = attributes_of(row)
        times = whole_number(attributes.get("number-rows-repeated"), 1, self.limits.rows)
        first, self.row = self.row, self.row + times
        self.limits.check_row_number(first)
        cells, looks = list[Cell](), list[Style | None]()
        for element in row:
            if local(element) in ("table-cell", "covered-table-cell"):
                self.take_cell(element, first, cells, looks)
        is_empty = all(cell is None for cell in cells)
        self.sheet.add(first, cells, looks, times)
        if attributes.get("visibility") in _HIDDEN and first <= self.limits.rows:
            self.sheet.hidden_rows.update(range(first, first + 1 if is_empty else self.row))

    def take_cell(self, element: etree._Element, row: int, cells: list[Cell], looks: list[Style | None]) -> None:
        attributes = attributes_of(element)
        rows = whole_number(attributes.get("number-rows-spanned"), 1, self.limits.rows)
        columns = whole_number(attributes.get("number-columns-spanned"), 1, self.limits.columns)
        self.sheet.merge(row, len(cells) + 1, rows, columns)
        repeated = whole_number(attributes.get("number-columns-repeated"), 1, self.limits.columns)
        times = min(repeated, self.limits.columns - len(cells))
        found = value(element, attributes, self.styles)
        if found is not None:
            self.limits.check_columns(len(cells) + repeated, row)
        cells.extend([found] * times)
        looks.extend([self.styles.look(attributes.get("style-name", ""), attributes.get("currency", ""))] * times)


def value(element: etree._Element, attributes: Attributes, styles: Styles) -> Cell:
    kind = attributes.get("value-type", "")
    if kind in ("float", "currency", "percentage"):
        shown = paragraphs(element, styles)
        return CellError(shown) if shown.startswith(_ERROR) else whole(float(attributes["value"]))
    if kind == "date":
        return iso_moment(attributes["date-value"])
    if kind == "boolean":
        return attributes.get("boolean-value") == "true"
    if kind == "time":
        return str(duration(attributes.get("time-value", "")))
    text = attributes.get("string-value") or paragraphs(element, styles)
    if text.startswith(("#", _ERROR)) and "formula" in attributes:
        return CellError(text)
    return text or (Formula(attributes["formula"]) if "formula" in attributes and not kind else None)


def paragraphs(element: etree._Element, styles: Styles) -> str:
    """Line by line; what is a note on the cell is no part of it, nor what is struck out."""
    lines = [list(inner_texts(child, styles)) for child in element if local(child) == "p"]
    if not styles.struck_out:
        return "\n".join("".join(text for text, _ in line) for line in lines)
    return left_of(piece for number, line in enumerate(lines) for piece in (*[("\n", False)] * min(number, 1), *line))


def inner_texts(
    element: etree._Element, styles: Styles, *, is_raised: bool = False, is_struck: bool = False
) -> Iterator[tuple[str, bool]]:
    """The pieces of a text, and which of them are struck out; what is raised in the characters for it."""
    name = attributes_of(element).get("style-name", "")
    is_raised, is_struck = is_raised or name in styles.raised, is_struck or name in styles.struck_out

    def written(text: str | None) -> tuple[str, bool]:
        return raised(text or "") if is_raised else text or "", is_struck

    yield written(element.text)
    for child in element:
        if blank := SPACES.get(local(child)):
            times = spaces(child, styles.limits)
            styles.limits.check_text(times, "content.xml")
            yield written(blank * times)
        else:
            yield from inner_texts(child, styles, is_raised=is_raised, is_struck=is_struck)
        yield written(child.tail)


SPACES = {"s": " ", "tab": "\t", "line-break": "\n"}


def spaces(element: etree._Element, limits: Limits) -> int:
    return whole_number(attributes_of(element).get("c"), 1, limits.unpacked)


def duration(text: str) -> timedelta:
    """PT12H30M00S"""
    hours, _, rest = text.removeprefix("PT").partition("H")
    minutes, _, seconds = rest.rstrip("S").partition("M")
    return timedelta(hours=int(hours or 0), minutes=int(minutes or 0), seconds=float(seconds.replace(",", ".") or 0))
