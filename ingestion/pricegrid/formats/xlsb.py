"""XLSB: a package like XLSX with binary parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from sys import getsizeof

from ingestion.pricegrid.cells.grid import Cell, CellError, Style
from ingestion.pricegrid.formats.archives import open_archive
from ingestion.pricegrid.formats.biff12 import Rec, RecordKind, real, records, rk, text, text_and_end, u16, u32
from ingestion.pricegrid.formats.held import HeldBook, HeldSheet
from ingestion.pricegrid.formats.limits import MEGABYTE, Limits
from ingestion.pricegrid.formats.number_formats import FORMAT_CODE, built_in, date_reader, whole
from ingestion.pricegrid.formats.refusals import refusing_damage
from ingestion.pricegrid.formats.spans import numbers_in
from ingestion.pricegrid.formats.xlsx.package import Package
from ingestion.pricegrid.formats.xlsx.texts import STRINGS
from ingestion.pricegrid.marking import gettext_noop

_SHEETS, _STYLES = gettext_noop("sheets"), gettext_noop("styles")

_STATES = ("visible", "hidden", "very_hidden")
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
NUMBERS: dict[int, Callable[[bytes, int], float]] = {
    RecordKind.RK: rk,
    RecordKind.REAL: real,
    RecordKind.FORMULA_REAL: real,
}
TEXTS = {RecordKind.TEXT: 8, RecordKind.FORMULA_TEXT: 8, RecordKind.RICH_TEXT: 9}  # where the text begins in the record
_BOLD, ITALIC, STRUCK_OUT_FLAG, SOLID_RGB = 700, 0x2, 0x8, 2
HIDDEN_ROW_FLAG, HIDDEN_COLUMN_FLAG = 0x10, 0x1
_WHITE = b"\xff\xff\xff"


def open_xlsb(path: Path, limits: Limits) -> HeldBook:
    with refusing_damage("xlsb"), open_archive(path, limits) as archive:
        return HeldBook("xlsb", list(_read_sheets(Package(archive, limits), limits)))


def _read_sheets(package: Package, limits: Limits) -> Iterator[HeldSheet]:
    main = package.find("", "officeDocument", "xl/workbook.bin")
    if main is None:
        raise ValueError("no workbook inside")
    parts = {found.id: found.target for found in package.related(main) if found.kind == "worksheet"}
    wanted = (RecordKind.SHEET, RecordKind.BOOK_PROPERTIES)
    workbook = [(kind, body) for kind, body in recs_of(package, main) if kind in wanted]
    limits.check_count(len(workbook), limits.sheets, _SHEETS, main)
    reader = CellReader(
        read_strings(package, main),
        read_styles(_part(package, main, "styles"), limits),
        from_1904=any(kind == RecordKind.BOOK_PROPERTIES and body[0] & 1 for kind, body in workbook),
    )
    for state, relation, name in (bundled(body) for kind, body in workbook if kind == RecordKind.SHEET):
        if (target := parts.pop(relation, None)) and target in package:  # no part stands for two sheets
            sheet = HeldSheet(name, limits, state=_STATES[state] if state < len(_STATES) else "visible")
            _fill_sheet(sheet, recs_of(package, target), reader)
            yield sheet


def recs_of(package: Package, name: str) -> Iterator[Rec]:
    with package.open(name) as stream:
        yield from records(stream, package.limits.record)


def _part(package: Package, main: str, kind: str) -> Iterable[Rec]:
    found = package.find(main, kind, f"xl/{kind}.bin")
    return recs_of(package, found) if found else ()


def read_strings(package: Package, main: str) -> list[str]:
    limits = package.limits
    strings: list[str] = []
    size = 0
    item, longest, largest = RecordKind.SHARED_ITEM, limits.cell, limits.strings + MEGABYTE
    for kind, body in _part(package, main, "sharedStrings"):
        if kind != item:
            continue
        string = text(body, 1)
        strings.append(string)
        size += 8 + getsizeof(string)
        if len(string) > longest or size >= largest:  # there may be millions
            limits.check_text(len(string), "sharedStrings.bin")
            limits.check_count(size // MEGABYTE, limits.strings // MEGABYTE, STRINGS, "sharedStrings.bin")
    return strings


def bundled(body: bytes) -> tuple[int, str, str]:
    relation, end = text_and_end(body, 8)
    return u32(body, 0), relation, text(body, end)


class CellReader:
    def __init__(self, strings: list[str], styles: list[Style], *, from_1904: bool) -> None:
        self.strings, self.styles = strings, styles
        self.dates = [date_reader(style.number_format, from_1904=from_1904) for style in styles]

    def read(self, kind: int, body: bytes) -> Cell:
        if kind in NUMBERS:
            look = self.look(body)
            dated = self.dates[look] if look < len(self.dates) else None
            return (dated or whole)(NUMBERS[kind](body, 8))
        if kind == RecordKind.SHARED_TEXT:
            return self.strings[u32(body, 8)]
        if kind in TEXTS:
            return text(body, TEXTS[RecordKind(kind)])
        if kind in (RecordKind.BOOL, RecordKind.FORMULA_BOOL):
            return bool(body[8])
        if kind in (RecordKind.ERROR, RecordKind.FORMULA_ERROR):
            return CellError(_ERRORS.get(body[8], "#ERROR"))
        return None

    @staticmethod
    def look(body: bytes) -> int:
        return u32(body, 4) & 0xFFFFFF

    def style(self, body: bytes) -> Style | None:
        look = self.look(body)
        return self.styles[look] if look < len(self.styles) else None


def _fill_sheet(sheet: HeldSheet, recs: Iterable[Rec], reader: CellReader) -> None:
    number, cells, looks = 0, list[Cell](), list[Style | None]()
    hidden: list[tuple[int, int]] = []
    for kind, body in recs:
        if kind == RecordKind.ROW:
            sheet.add(number, cells, looks)
            number, cells, looks = u32(body, 0) + 1, [], []
            sheet.limits.check_row_number(number)
            if len(body) > 11 and body[11] & HIDDEN_ROW_FLAG:
                sheet.hidden_rows.add(number)
        elif RecordKind.BLANK <= kind <= RecordKind.FORMULA_ERROR or kind == RecordKind.RICH_TEXT:
            gap = u32(body, 0) - len(cells)
            if gap < 0:
                raise ValueError(f"a cell of row {number} stands before the one before it")
            sheet.limits.check_columns(u32(body, 0) + 1, number)
            cells.extend([None] * gap + [reader.read(kind, body)])
            looks.extend([None] * gap + [reader.style(body)])
        elif kind == RecordKind.MERGE:
            top, bottom, left, right = (u32(body, at) for at in (0, 4, 8, 12))
            sheet.merge(top + 1, left + 1, bottom - top + 1, right - left + 1)
        elif kind == RecordKind.COLUMN and u16(body, 16) & HIDDEN_COLUMN_FLAG:
            hidden.append((u32(body, 0) + 1, u32(body, 4) + 1))
    sheet.add(number, cells, looks)
    sheet.hidden_columns.update(numbers_in(hidden, sheet.limits.columns))


def read_styles(recs: Iterable[Rec], limits: Limits) -> list[Style]:
    formats: dict[int, str] = {}
    fonts, fills, styles = list[tuple[bool, bool, float, bool]](), list[str | None](), list[Style]()
    is_cell_xf = False
    for kind, body in recs:
        if kind == RecordKind.NUMBER_FORMAT:
            code = formats[u16(body, 0)] = text(body, 2)
            limits.check_count(len(code), limits.format_code, FORMAT_CODE, "styles.bin")
        elif kind == RecordKind.FONT:
            flags = u16(body, 2)
            fonts.append(
                (u16(body, 4) >= _BOLD, bool(flags & ITALIC), u16(body, 0) / 20, bool(flags & STRUCK_OUT_FLAG))
            )
        elif kind == RecordKind.FILL:
            fills.append(_colour(body))
        elif kind in (RecordKind.BEGIN_CELL_XFS, RecordKind.END_CELL_XFS):
            is_cell_xf = kind == RecordKind.BEGIN_CELL_XFS
        elif kind == RecordKind.XF and is_cell_xf:
            bold, italic, size, struck_out = fonts[u16(body, 4)]
            code = formats.get(u16(body, 2)) or built_in(u16(body, 2))
            styles.append(Style(code, bold, fills[u16(body, 6)], body[11], size, italic, struck_out))
        limits.check_count(max(len(styles), len(fonts), len(fills)), limits.styles, _STYLES, "styles.bin")
    return styles


def _colour(body: bytes) -> str | None:
    if not u32(body, 0) or body[8:11] == _WHITE:
        return None
    return body[8:11].hex().upper() if body[4] >> 1 == SOLID_RGB else f"theme:{body[5]}"
