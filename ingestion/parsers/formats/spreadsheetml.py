"""SpreadsheetML 2003: one XML file, often named .xls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from lxml import etree

from ingestion.parsers.formats.held import HeldBook, HeldSheet
from ingestion.parsers.formats.limits import Limits
from ingestion.parsers.formats.number_formats import iso_moment, whole
from ingestion.parsers.formats.refusals import refusing_damage
from ingestion.parsers.formats.xml import elements, local, named, parse_xml
from ingestion.sheet.grid import Cell, CellError, Formula, Style

STATES = {"SheetHidden": "hidden", "SheetVeryHidden": "very_hidden"}
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
    with refusing_damage("xml"):
        root = parse_xml(path.read_bytes())
        styles = {named(found).get("ID", ""): style(found) for found in elements(root, "Style")}
        return HeldBook("xml", [worksheet(found, styles, limits) for found in elements(root, "Worksheet")])


def style(element: etree._Element) -> Style:
    says = {local(child): named(child) for child in element}
    font, background = says.get("Font", {}), says.get("Interior", {})
    number_format = says.get("NumberFormat", {}).get("Format", "General")
    colour = background.get("Color", "") if background.get("Pattern", "None") != "None" else ""
    return Style(
        number_format=NAMED_FORMATS.get(number_format, number_format),
        bold=font.get("Bold") == "1",
        fill=colour.lstrip("#").upper() if colour.upper() not in ("", "#FFFFFF") else None,
        indent=int(says.get("Alignment", {}).get("Indent", "0")),
        font_size=float(font.get("Size", "11")),
        italic=font.get("Italic") == "1",
    )


def worksheet(element: etree._Element, styles: dict[str, Style], limits: Limits) -> HeldSheet:
    visible = next((found.text or "" for found in elements(element, "Visible")), "")
    sheet = HeldSheet(named(element).get("Name", ""), limits, state=STATES.get(visible.strip(), "visible"))
    for first, last, own, _ in placed(elements(element, "Column")):
        if own.get("Hidden") == "1":
            sheet.hidden_columns.update(range(first, min(last, first + limits.columns) + 1))
    for first, last, own, row in placed(elements(element, "Row")):
        if own.get("Hidden") == "1":
            sheet.hidden_rows.update(range(first, min(last, first + limits.rows) + 1))
        add_row(sheet, first, row, styles)
    return sheet


def placed(found: Iterator[etree._Element]) -> Iterator[tuple[int, int, dict[str, str], etree._Element]]:
    """Columns or rows with their first and last number: the one after the last, unless they say another."""
    after = 1
    for element in found:
        own = named(element)
        first = int(own.get("Index", after))
        after = first + int(own.get("Span", "0")) + 1
        yield first, after - 1, own, element


def add_row(sheet: HeldSheet, number: int, row: etree._Element, styles: dict[str, Style]) -> None:
    cells, looks = list[Cell](), list[Style | None]()
    for element in row:
        if local(element) != "Cell":
            continue
        own = named(element)
        gap = min(int(own.get("Index", len(cells) + 1)), sheet.limits.columns) - 1 - len(cells)
        across, down = int(own.get("MergeAcross", "0")), int(own.get("MergeDown", "0"))
        sheet.merge(number, len(cells) + gap + 1, down + 1, across + 1)
        cells += [*[None] * gap, cell(element, own), *[None] * across]
        looks += [*[None] * gap, *[styles.get(own.get("StyleID", "Default"))] * (across + 1)]
    sheet.add(number, cells, looks)


def cell(element: etree._Element, own: dict[str, str]) -> Cell:
    data = next((child for child in element if local(child) == "Data"), None)
    if data is None:
        return Formula(own["Formula"].lstrip("=")) if "Formula" in own else None
    text, kind = "".join(map(str, data.itertext())), named(data).get("Type", "String")
    if kind == "Number":
        return whole(float(text)) if text.strip() else None
    if kind == "DateTime":
        return moment(text)
    if kind == "Boolean":
        return text == "1"
    return CellError(text) if kind == "Error" else text or None


def moment(text: str) -> Cell:
    found = iso_moment(text.removesuffix(".000"))
    if not isinstance(found, datetime):
        return found
    if text.startswith(NO_DATE):
        return found.time()
    return found.date() if text.endswith("T00:00:00.000") else found
