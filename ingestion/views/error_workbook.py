"""The error workbook: the supplier's own list, its bad cells coloured, each with a comment that says what is wrong."""

from __future__ import annotations

import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from django.contrib.auth.models import User
from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from catalog.exports import keep_as_text
from ingestion.errors import ConfigurationError
from ingestion.lists.opened import OpenedList
from ingestion.models import IngestionRun, PreparedView
from ingestion.pricegrid import Book, Sheet
from ingestion.pricegrid.cells import CellError, Formula, column_index
from ingestion.reader import apart, limits_for
from ingestion.views import prepared
from ingestion.views.excerpt import cells_of
from ingestion.views.kinds import Made, ViewKind, Watch, register_kind
from ingestion.views.looks import refuse_other

RED = PatternFill("solid", fgColor="FFFFC7CE")
LARGEST_KEPT = 5 << 20  # bytes of an XLSX that is kept with its looks; a larger one is written anew, row by row
LARGEST_UNPACKED = 32 << 20  # of it, unpacked: its cells are all in memory at once
MOST_CELLS_KEPT = 500_000  # of a sheet with its looks: one stray cell in the last row makes millions
_LONGEST_TITLE = 31
SEES_WORKBOOK = ("ingestion.view_ingestionrun", "ingestion.view_pricelist")
BLOCK = 1 << 18
CPU_SECONDS = 240  # writing takes several times as long as reading
ROWS_BETWEEN_SIGNS = 2_000
WRITTEN = 90  # per cent of the progress when all rows are written; then the file is packed

_Marks = dict[tuple[str, int], dict[int, str]]  # sheet and row -> column -> what is wrong
Signs = Iterator[dict[str, float]]


def file_name(run: IngestionRun) -> str:
    name = run.price_list.original_name if run.price_list else f"run-{run.pk}"
    return f"{Path(name).stem}-{_('errors')}.xlsx"


def ask_workbook(run: IngestionRun, *, by: User) -> PreparedView:
    """Raises IngestionError where the list has no cells, or is gone."""
    errors = {"count": Count("id"), "last": Max("id"), "ignored": Count("id", filter=Q(is_ignored=True))}
    found = run.parsing_logs.aggregate(**errors)
    params = {"depends": cells_of(run).depends_of_cells, "errors": found}
    return prepared.request_view(WORKBOOK.name, by=by, run=run, params=params)


def make_workbook(view: PreparedView, watch: Watch) -> Made:
    if view.run is None:
        raise ConfigurationError(_("The list of this run is not known any more."))
    opened = cells_of(view.run)
    refuse_other(view, opened.depends_of_cells)
    return Made(file=_error_workbook(opened, _marks_of(view.run), watch), file_name=file_name(view.run))


def _error_workbook(opened: OpenedList, marks: _Marks, watch: Watch) -> IO[bytes]:
    """The workbook as an open file that is gone when it is closed."""
    content = tempfile.TemporaryFile()  # noqa: SIM115 - whoever keeps it closes it
    with opened.file() as path, tempfile.TemporaryDirectory() as folder:
        limits = replace(limits_for(path), cpu_seconds=CPU_SECONDS, may_write=True)
        with apart(lambda: _marked(path, opened, marks, Path(folder)), limits=limits, on_wait=watch) as messages:
            for message in messages:
                if isinstance(message, bytes):
                    content.write(message)
                else:
                    watch.progress = message["progress"]
    return content


def _marked(path: Path, opened: OpenedList, marks: _Marks, folder: Path) -> Iterator[dict[str, Any] | bytes]:
    """In the process apart: how far it is, and then the bytes of the workbook."""
    tempfile.tempdir = str(folder)  # emptied by the parent, also where this process is killed
    with opened.book(path) as (book, _hints):
        workbook = marked_copy(path, marks) if keeps_its_looks(book, path) else None
        if workbook is None:
            workbook = Workbook(write_only=True)
            yield from write_anew(workbook, book.sheets, marks)
    target = folder / "errors.xlsx"
    workbook.save(target)
    with target.open("rb") as content:
        while block := content.read(BLOCK):
            yield block


def keeps_its_looks(book: Book, path: Path) -> bool:
    if book.kind != "xlsx" or path.stat().st_size > LARGEST_KEPT:
        return False
    with zipfile.ZipFile(path) as archive:
        return sum(member.file_size for member in archive.infolist()) <= LARGEST_UNPACKED


def _marks_of(run: IngestionRun) -> _Marks:
    """By place; an error without a column stands in the first one, two in one cell stand under each other."""
    marks: _Marks = defaultdict(dict)
    logs = run.parsing_logs.filter(row_number__isnull=False, is_ignored=False).order_by("id")
    for sheet, row, column, message in logs.values_list("sheet", "row_number", "column", "message"):
        cells = marks[sheet, row or 0]
        index = column_index(column) or 0
        cells[index] = f"{cells[index]}\n{message}" if index in cells else message
    return dict(marks)


def marked_copy(path: Path, marks: _Marks) -> Workbook | None:
    """The file as it looks; its formulas are replaced by their values. None where it is too wide a field for that."""
    workbook = load_workbook(path, data_only=True, keep_links=False)
    if any(worksheet.max_row * worksheet.max_column > MOST_CELLS_KEPT for worksheet in workbook.worksheets):
        return None
    for worksheet in workbook.worksheets:
        for row in worksheet.iter_rows():
            for cell in row:
                if not isinstance(cell, MergedCell):
                    keep_as_text(cell)
    first = workbook.worksheets[0].title
    for (sheet, number), messages in marks.items():
        worksheet = workbook[sheet or first] if (sheet or first) in workbook.sheetnames else workbook.worksheets[0]
        for index, message in messages.items():
            cell = worksheet.cell(number, index + 1)
            if isinstance(cell, MergedCell):
                span = next(span for span in worksheet.merged_cells.ranges if cell.coordinate in span)
                cell = worksheet.cell(span.min_row, span.min_col)
            mark(cell, message)
    return workbook


def write_anew(workbook: Workbook, sheets: Any, marks: _Marks) -> Signs:
    count, done = sum(sheet.row_count or 0 for sheet in sheets), 0
    for number, sheet in enumerate(sheets, 1):
        worksheet = workbook.create_sheet((sheet.name or f"Sheet{number}")[:_LONGEST_TITLE])
        for written in write_rows(worksheet, sheet, marks):
            yield {"progress": min(WRITTEN * (done + written) / max(count, 1), WRITTEN)}
        done += sheet.row_count or 0


def write_rows(worksheet: Any, sheet: Sheet, marks: _Marks) -> Iterator[int]:
    written = 0
    for number, cells in sheet.rows():
        for _blank in range(written + 1, number):
            worksheet.append([])
        written = max(number, written + 1)
        bad = marks.get((sheet.name or "", number), {})
        width = max([len(cells), *(index + 1 for index in bad)])
        padded = [*cells, *[None] * (width - len(cells))]
        worksheet.append([written_cell(worksheet, cell, bad.get(index)) for index, cell in enumerate(padded)])
        if written % ROWS_BETWEEN_SIGNS == 0:
            yield written


def written_cell(worksheet: Any, value: Any, message: str | None) -> Any:
    """A plain value where nothing is to be said of it and nothing could run."""
    if isinstance(value, CellError | Formula):
        value = str(value) if isinstance(value, CellError) else ""
    if message is None and not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    cell = WriteOnlyCell(worksheet, text)
    keep_as_text(cell)
    if message is not None:
        mark(cell, message)
    return cell


def mark(cell: Any, message: str) -> None:
    cell.fill = RED
    cell.comment = Comment(ILLEGAL_CHARACTERS_RE.sub("", message), "")


WORKBOOK = register_kind(
    ViewKind(
        "error_workbook",
        make_workbook,
        SEES_WORKBOOK,
        seconds=600,
    )
)
