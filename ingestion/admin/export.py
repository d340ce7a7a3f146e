"""Tables that people take away as CSV or XLSX. No cell of them is ever run as a formula."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import openpyxl
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from catalog.exports import keep_as_text, without_formula

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOM = "\ufeff"  # without it Excel takes UTF-8 for something else
Row = Sequence[Any]


class Echo:
    """A file that hands on what is written to it."""

    def write(self, text: str) -> str:
        return text


def export(kind: str, name: str, headers: Row, rows: Iterable[Row]) -> HttpResponseBase:
    """`kind` is xlsx, or csv for everything else."""
    return as_xlsx(name, headers, rows) if kind == "xlsx" else as_csv(name, headers, rows)


def as_csv(name: str, headers: Row, rows: Iterable[Row]) -> StreamingHttpResponse:
    writer = csv.writer(Echo())

    def lines() -> Iterator[str]:
        yield BOM
        yield writer.writerow(headers)
        yield from (writer.writerow([without_formula(value) for value in row]) for row in rows)

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def as_xlsx(name: str, headers: Row, rows: Iterable[Row]) -> FileResponse:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.append(list(headers))
    for row in rows:
        sheet.append([cell(sheet, value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)


def cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub(" ", value))
    keep_as_text(text)
    return text
