# ruff: noqa: E501
"""Small files of our own making, each with one trait."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

from ingestion.pricegrid import Sheet, open_book

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ROWS: list[list[object]] = [["Code", "Name", "Price"], ["A-1", "Bolt", 12.5], ["A-2", "Nut", 3]]


def only_sheet(path: Path) -> Sheet:
    return open_book(path).sheets[0]


def rows_of(path: Path) -> dict[int, list[object]]:
    return {number: list(cells) for number, cells in only_sheet(path).rows()}


def write_xlsx(path: Path, rows: Iterable[Iterable[object]] = ROWS, dress: Callable[[Any], None] | None = None) -> Path:
    """A workbook by openpyxl; `dress` is given the sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(list(row))
    if dress:
        dress(sheet)
    book.save(path)
    return path


def write_xls(path: Path, rows: Iterable[Iterable[object]] = ROWS, dress: Callable[[Any], None] | None = None) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("List")
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            sheet.write(y, x, value)
    if dress:
        dress(sheet)
    book.save(str(path))
    return path


def write_zip(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def relations(*targets: tuple[str, str, str], main: str = "xl/workbook.xml") -> dict[str, str]:
    """The relationship parts of a package: id, kind and target of what the workbook refers to."""

    def part(entries: Iterable[tuple[str, str, str]]) -> str:
        body = "".join(f'<Relationship Id="{i}" Type="{RELATIONS}/{k}" Target="{t}"/>' for i, k, t in entries)
        return f'<Relationships xmlns="{PACKAGE}">{body}</Relationships>'

    name = main.rpartition("/")[2]
    return {"_rels/.rels": part([("rId1", "officeDocument", main)]), f"xl/_rels/{name}.rels": part(targets)}


def write_raw_xlsx(path: Path, sheet: str | bytes, *, prefix: str = "", **parts: str) -> Path:
    """A workbook from the XML of its only sheet; `strings` and `styles` may be given too."""
    targets = [("rId1", "worksheet", "worksheets/sheet1.xml")]
    content: dict[str, str | bytes] = {"xl/worksheets/sheet1.xml": sheet}
    for part, name in (("strings", "sharedStrings"), ("styles", "styles")):
        if part in parts:
            targets.append((f"r{name}", name, f"{name}.xml"))
            content[f"xl/{name}.xml"] = parts[part]
    content["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><workbookPr {parts.get("properties", "")}/>'
        '<sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    return write_zip(path, {**relations(*targets), **content})


def worksheet(rows: str, before: str = "", after: str = "") -> str:
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def write_ods(path: Path, table: str, styles: str = "", manifest: str = "<m/>") -> Path:
    content = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    content += f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    return write_zip(
        path,
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest,
            "content.xml": opendocument(content),
        },
    )


def opendocument(content: str) -> str:
    names = ("office", "table", "text", "style", "number")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    fo = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    return f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} {fo}>{content}</office:document-content>'


def record(kind: int, body: bytes = b"") -> bytes:
    """One record of BIFF12."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(body)
    return head + (bytes([size]) if size < 0x80 else bytes([size & 0x7F | 0x80, size >> 7])) + body


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def write_xlsb(path: Path, sheet: bytes, strings: bytes = b"", styles: bytes = b"", properties: int = 0) -> Path:
    targets = [("rId1", "worksheet", "worksheets/sheet1.bin"), ("rId2", "sharedStrings", "sharedStrings.bin")]
    workbook = record(153, struct.pack("<II", properties, 0))
    workbook += record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("List"))
    return write_zip(
        path,
        {
            **relations(*targets, ("rId3", "styles", "styles.bin"), main="xl/workbook.bin"),
            "xl/workbook.bin": workbook,
            "xl/worksheets/sheet1.bin": sheet,
            "xl/sharedStrings.bin": strings,
            "xl/styles.bin": styles,
        },
    )


def write_biff5(path: Path, texts: Iterable[bytes], codepage: int | None = None) -> Path:
    """A bare stream of Excel 5 with one text to a row."""

    def biff(kind: int, body: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    head = biff(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0, 0))
    if codepage:
        head += biff(0x0042, struct.pack("<H", codepage))
    font = struct.pack("<HHHHHBBBxB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 5) + b"Arial"
    head += biff(0x0031, font) * 5 + biff(0x00E0, struct.pack("<HHHH", 0, 0, 0, 0) + bytes(8)) * 21
    sheet_at = len(head) + 4 + 7 + 4 + 4
    head += biff(0x0085, struct.pack("<IBBB", sheet_at, 0, 0, 4) + b"List") + biff(0x000A)
    sheet = biff(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0, 0))
    for row, text in enumerate(texts):
        sheet += biff(0x0204, struct.pack("<HHHH", row, 0, 15, len(text)) + text)
    path.write_bytes(head + sheet + biff(0x000A))
    return path
