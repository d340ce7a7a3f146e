"""XLS, the binary format of Excel 2.1 to 2003 (BIFF), through xlrd."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import xlrd
from xlrd.book import Book as XlrdBook
from xlrd.formatting import XF, XFBackground
from xlrd.sheet import Sheet as XlrdSheet

from ingestion.pricegrid.cells.grid import Cell, CellError, Merge, Style
from ingestion.pricegrid.cells.struck_out import left_of, lifted
from ingestion.pricegrid.formats.limits import Limits, NumberedRow
from ingestion.pricegrid.formats.mojibake import Repair, find_repair
from ingestion.pricegrid.formats.number_formats import FORMAT_CODE, date_reader, whole
from ingestion.pricegrid.formats.refusals import refused, refusing_damage
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.problems import files
from ingestion.pricegrid.records import Message
from ingestion.pricegrid.values.superscripts import raised

_SHEETS = gettext_noop("sheets")
_STATES = ("visible", "hidden", "very_hidden")
BIFF8 = 80
_PLAIN = "General"
_BOLD = 700
_SUPERSCRIPT = 1
_WHITE = (255, 255, 255)


class XlsBook:
    kind = "xls"

    def __init__(self, path: Path, limits: Limits) -> None:
        with refusing_damage(self.kind):
            self.book = open_xlrd(path)
            limits.check_count(self.book.nsheets, limits.sheets, _SHEETS, "XLS")
            sheets = [self.book.sheet_by_index(index) for index in range(self.book.nsheets)]
            repair, notes = find_repair(texts(self.book, sheets), declared(self.book))
            self.notes: Sequence[Message] = notes
            looks = [style_of(self.book, xf) for xf in self.book.xf_list]
            longest = max((len(look.number_format) for look in looks), default=0)
            limits.check_count(longest, limits.format_code, FORMAT_CODE, "XLS")
            self.sheets = [XlsSheet(self.book, sheet, looks, repair, limits) for sheet in sheets]

    def close(self) -> None:
        self.book.release_resources()


def open_xlrd(path: Path) -> XlrdBook:
    try:
        return xlrd.open_workbook(
            str(path), formatting_info=True, ragged_rows=True, logfile=io.StringIO(), ignore_workbook_corruption=True
        )
    except xlrd.XLRDError as error:
        if "encrypt" in str(error).lower() or "password" in str(error).lower():
            raise refused(files.ENCRYPTED) from error
        raise


def declared(book: XlrdBook) -> str:
    """What texts were decoded with; Unicode that holds only Latin letters may be the bytes of another alphabet."""
    return book.encoding if book.biff_version < BIFF8 else "latin-1"


def texts(book: XlrdBook, sheets: Sequence[XlrdSheet]) -> Iterator[str]:
    yield from book.sheet_names()
    for sheet in sheets:
        for row in range(sheet.nrows):
            kinds = sheet.row_types(row)
            yield from (
                text for kind, text in zip(kinds, sheet.row_values(row), strict=True) if kind == xlrd.XL_CELL_TEXT
            )


class XlsSheet:
    is_text = False

    def __init__(
        self, book: XlrdBook, sheet: XlrdSheet, looks: Sequence[Style], repair: Repair | None, limits: Limits
    ) -> None:
        self.book, self.sheet, self.looks, self.repair, self.limits = book, sheet, looks, repair, limits
        self.name: str = repair(sheet.name) if repair else sheet.name
        self.state = _STATES[sheet.visibility]
        self.row_count: int = sheet.nrows
        self.readers: dict[int, Callable[[float], Cell]] = {}
        self.struck_looks = {look for look, style in enumerate(looks) if style.struck_out}
        self.struck_cells: dict[int, frozenset[int]] = {}

    @cached_property
    def merges(self) -> Sequence[Merge]:
        found = [Merge(top + 1, left + 1, bottom, right) for top, bottom, left, right in self.sheet.merged_cells]
        cut = [merge._replace(last_row=min(merge.last_row, self.row_count)) for merge in found]
        self.limits.check_merges([merge for merge in cut if merge.first_row <= merge.last_row], self.name)
        return found

    @cached_property
    def hidden_rows(self) -> set[int]:
        return {index + 1 for index, info in self.sheet.rowinfo_map.items() if info.hidden and not info.outline_level}

    @cached_property
    def hidden_columns(self) -> set[int]:
        return {index + 1 for index, info in self.sheet.colinfo_map.items() if info.hidden}

    def rows(self) -> Iterator[NumberedRow]:
        with refusing_damage("xls"):
            yield from self.limits.counted(self.read())

    def read(self) -> Iterator[NumberedRow]:
        for index in range(self.sheet.nrows):
            kinds = self.sheet.row_types(index)
            values = self.sheet.row_values(index)
            cells = [self.cell(index, column, kind, values[column]) for column, kind in enumerate(kinds)]
            while cells and cells[-1] is None:
                cells.pop()
            if cells:
                if struck := lifted(cells, self.struck_by_look(index)):
                    self.struck_cells[index + 1] = struck
                yield index + 1, cells

    def struck_by_look(self, index: int) -> Sequence[int]:
        if not self.struck_looks:
            return ()
        looks = (self.sheet.cell_xf_index(index, column) for column in range(self.sheet.row_len(index)))
        return [column for column, look in enumerate(looks) if look in self.struck_looks]

    def cell(self, row: int, column: int, kind: int, value: str | float) -> Cell:
        if kind == xlrd.XL_CELL_TEXT:
            text = str(value)
            if runs := self.sheet.rich_text_runlist_map.get((row, column)):
                pieces = list(pieces_of(text, runs, self.book))
                is_struck = self.sheet.cell_xf_index(row, column) in self.struck_looks
                text = left_of([(text[: runs[0][0]], is_struck), *pieces])
            return self.repair(text) if self.repair and type(text) is str else text
        if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
            return self.number(self.sheet.cell_xf_index(row, column), float(value))
        if kind == xlrd.XL_CELL_BOOLEAN:
            return bool(value)
        if kind == xlrd.XL_CELL_ERROR:
            return CellError(xlrd.error_text_from_code.get(int(value), "#ERROR"))
        return None

    def number(self, look: int, value: float) -> Cell:
        """xlrd's own opinion on dates is not asked: the same rule holds for all formats of files."""
        if look not in self.readers:
            number_format = self.looks[look].number_format if look < len(self.looks) else _PLAIN
            self.readers[look] = date_reader(number_format, from_1904=self.book.datemode == 1) or whole
        return self.readers[look](value)

    def style(self, row: int, column: int) -> Style | None:
        if row > self.sheet.nrows or column > self.sheet.row_len(row - 1):
            return None
        look = self.sheet.cell_xf_index(row - 1, column - 1)
        return self.looks[look] if look < len(self.looks) else None


def style_of(book: XlrdBook, xf: XF) -> Style:
    font, number_format = book.font_list[xf.font_index], book.format_map.get(xf.format_key)
    return Style(
        number_format=number_format.format_str if number_format else _PLAIN,
        bold=bool(font.bold or font.weight >= _BOLD),
        fill=fill_of(book, xf.background),
        indent=xf.alignment.indent_level,
        font_size=font.height / 20,
        italic=bool(font.italic),
        struck_out=bool(font.struck_out),
    )


def fill_of(book: XlrdBook, background: XFBackground) -> str | None:
    colour = book.colour_map.get(background.pattern_colour_index) if background.fill_pattern else None
    return None if colour is None or colour == _WHITE else "{:02X}{:02X}{:02X}".format(*colour)


def pieces_of(text: str, runs: Sequence[tuple[int, int]], book: XlrdBook) -> Iterator[tuple[str, bool]]:
    """A text in runs of fonts, each from its place on, and whether it is struck out.

    What stands in superscript is given as the characters for it.
    """
    for (start, number), (end, _) in pairwise([*runs, (len(text), 0)]):
        font = book.font_list[number] if number < len(book.font_list) else None
        is_raised = font is not None and font.escapement == _SUPERSCRIPT
        yield raised(text[start:end]) if is_raised else text[start:end], font is not None and bool(font.struck_out)
