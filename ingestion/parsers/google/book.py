"""A snapshot of a Google Sheet as a book."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ingestion.parsers.google.snapshot import FORMAT
from ingestion.pricegrid import Limits
from ingestion.pricegrid.building import HeldBook, HeldSheet, date_reader, refusing_damage, whole
from ingestion.pricegrid.cells import Cell, CellError, Formula, Style
from ingestion.serving import refuse_while_serving

Answer = dict[str, Any]
ERRORS = {
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
    "LOADING": "#LOADING",
}
USUAL_FORMATS = {"DATE": "yyyy-mm-dd", "DATE_TIME": "yyyy-mm-dd hh:mm:ss", "TIME": "hh:mm:ss", "PERCENT": "0.00%"}
NO_FORMAT: Answer = {}


def open_snapshot(path: Path, limits: Limits) -> HeldBook:
    refuse_while_serving()
    with refusing_damage("google_sheets"), path.open(encoding="utf-8") as lines:
        book = json.loads(next(lines))
        if book["format"] != FORMAT:
            raise ValueError(f"the snapshot has the unknown format {book['format']}")
        sheets = {sheet["properties"].get("sheetId", 0): new_sheet(sheet, limits) for sheet in book["sheets"]}
        for line in lines:
            for part in json.loads(line)["sheets"]:
                fill_sheet(sheets[part["properties"].get("sheetId", 0)], part.get("data", ()))
    return HeldBook("google_sheets", list(sheets.values()))


def new_sheet(sheet: Answer, limits: Limits) -> HeldSheet:
    properties = sheet["properties"]
    new = HeldSheet(properties["title"], limits, state="hidden" if properties.get("hidden") else "visible")
    for area in sheet.get("merges", ()):
        top, left = area.get("startRowIndex", 0), area.get("startColumnIndex", 0)
        new.merge(top + 1, left + 1, area["endRowIndex"] - top, area["endColumnIndex"] - left)
    return new


def fill_sheet(sheet: HeldSheet, grids: list[Answer]) -> None:
    for grid in grids:
        first, left = grid.get("startRow", 0) + 1, grid.get("startColumn", 0)
        sheet.hidden_rows.update(hidden(grid.get("rowMetadata", ()), first))
        sheet.hidden_columns.update(hidden(grid.get("columnMetadata", ()), left + 1))
        for number, row in enumerate(grid.get("rowData", ()), first):
            values = row.get("values", ())
            sheet.add(number, [None] * left + list(map(_cell, values)), [None] * left + list(map(style, values)))


def hidden(metadata: list[Answer], first: int) -> Iterator[int]:
    return (at for at, says in enumerate(metadata, first) if says.get("hiddenByUser") or says.get("hiddenByFilter"))


def _cell(found: Answer) -> Cell:
    value: Answer = found.get("effectiveValue", {})
    if "numberValue" in value:
        return _number(float(value["numberValue"]), number_format(found))
    if "errorValue" in value:
        return CellError(ERRORS.get(value["errorValue"].get("type", ""), "#ERROR!"))
    formula = found.get("userEnteredValue", {}).get("formulaValue")
    if not value and formula:
        return Formula(formula.removeprefix("="))
    held: str | bool | None = value.get("stringValue", value.get("boolValue"))
    return held if held != "" else None


def _number(value: float, pattern: str) -> Cell:
    read: Callable[[float], Cell] = date_reader(pattern, from_1904=False) or whole
    return read(value)


def number_format(found: Answer) -> str:
    says = found.get("effectiveFormat", NO_FORMAT).get("numberFormat", NO_FORMAT)
    return str(says.get("pattern") or USUAL_FORMATS.get(says.get("type", ""), "General"))


def style(found: Answer) -> Style | None:
    says = found.get("effectiveFormat")
    if not says:
        return None
    text = says.get("textFormat", NO_FORMAT)
    return Style(
        number_format=number_format(found),
        bold=bool(text.get("bold")),
        fill=colour(says.get("backgroundColor", NO_FORMAT)),
        font_size=float(text.get("fontSize", 10)),
        italic=bool(text.get("italic")),
        struck_out=bool(text.get("strikethrough")),
    )


def colour(says: Answer) -> str | None:
    """None for white and for nothing; a part that is zero is left out by Google."""
    parts = [round(255 * float(says.get(part, 0))) for part in ("red", "green", "blue")]
    return "{:02X}{:02X}{:02X}".format(*parts) if says and min(parts) < 255 else None
