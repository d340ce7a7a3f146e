"""The error workbook: the supplier's own list, its bad cells coloured, each with a comment that says what is wrong."""

from __future__ import annotations

import io
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from catalog.exports import keep_as_text
from ingestion.errors import ConfigurationError
from ingestion.lists.storage import local_path
from ingestion.models import IngestionRun, ParsingLog
from ingestion.parsers.base import SheetParser
from ingestion.parsers.registry import get_parser
from ingestion.sheet.grid import CellError, Formula, Sheet
from ingestion.sheet.letters import column_index

RED = PatternFill("solid", fgColor="FFFFC7CE")
LARGEST_KEPT = 5 << 20  # bytes of an XLSX that is kept with its looks; a larger one is written anew, row by row
LONGEST_TITLE = 31

Marks = dict[tuple[str, int], dict[int, str]]  # sheet and row -> column -> what is wrong


def file_name(run: IngestionRun) -> str:
    name = run.price_list.original_name if run.price_list else f"run-{run.pk}"
    return f"{Path(name).stem}-{_('errors')}.xlsx"


def error_workbook(run: IngestionRun) -> bytes:
    """Raises ConfigurationError where the list has no cells, or is gone."""
    parser = get_parser(run.parser_type)
    if run.price_list is None or not isinstance(parser, SheetParser):
        raise ConfigurationError(_("There is no list with cells to mark: it was deleted, or is read without a grid."))
    marks = marks_of(run)
    with local_path(run.price_list) as path, closing(parser.book(path, run.source_config)) as book:
        if book.kind == "xlsx" and path.stat().st_size <= LARGEST_KEPT:
            workbook = marked_copy(path, marks)
        else:
            workbook = written_anew(book.sheets, marks)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def marks_of(run: IngestionRun) -> Marks:
    """By place; an error without a column stands in the first one, two in one cell stand under each other."""
    marks: Marks = defaultdict(dict)
    logs = ParsingLog.objects.filter(run=run, row_number__isnull=False, is_ignored=False).order_by("id")
    for sheet, row, column, message in logs.values_list("sheet", "row_number", "column", "message"):
        cells = marks[sheet, row or 0]
        index = column_index(column) or 0
        cells[index] = f"{cells[index]}\n{message}" if index in cells else message
    return dict(marks)


def marked_copy(path: Path, marks: Marks) -> Workbook:
    """The file as it looks; its formulas are replaced by their values."""
    workbook = load_workbook(path, data_only=True, keep_links=False)
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


def written_anew(sheets: Any, marks: Marks) -> Workbook:
    workbook = Workbook(write_only=True)
    for number, sheet in enumerate(sheets, 1):
        worksheet = workbook.create_sheet((sheet.name or f"Sheet{number}")[:LONGEST_TITLE])
        write_rows(worksheet, sheet, marks)
    return workbook


def write_rows(worksheet: Any, sheet: Sheet, marks: Marks) -> None:
    written = 0
    for number, cells in sheet.rows():
        for _blank in range(written + 1, number):
            worksheet.append([])
        written = max(number, written + 1)
        bad = marks.get((sheet.name or "", number), {})
        width = max([len(cells), *(index + 1 for index in bad)])
        padded = [*cells, *[None] * (width - len(cells))]
        worksheet.append([written_cell(worksheet, cell, bad.get(index)) for index, cell in enumerate(padded)])


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
