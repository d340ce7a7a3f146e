from __future__ import annotations

import struct
from datetime import date
from pathlib import Path

import pytest

from ingestion.pricegrid.cells.grid import Merge
from ingestion.pricegrid.formats.opening import open_book
from ingestion.pricegrid.records import ListRefused
from tests.ingestion.parsers.files import only_sheet, record, wide, write_xlsb

STRINGS = b"".join(record(19, b"\x00" + wide(text)) for text in ("Артикул", "Болт"))
FONTS = record(43, struct.pack("<HHHHBBBB", 220, 0, 400, 0, 0, 0, 0, 0)) + record(
    43, struct.pack("<HHHHBBBB", 280, 2, 700, 0, 0, 0, 0, 0)
)
YELLOW = struct.pack("<IBBhBBBB", 1, 2 << 1 | 1, 0, 0, 0xFF, 0xCC, 0, 0xFF)
FILLS = record(45, struct.pack("<I", 0) + bytes(64)) + record(45, YELLOW + bytes(56))


def xf(number_format: int, font: int = 0, fill: int = 0, indent: int = 0) -> bytes:
    return record(47, struct.pack("<HHHHHBBI", 0, number_format, font, fill, 0, 0, indent, 0))


STYLES = (
    record(44, struct.pack("<H", 164) + wide("[Red]00000"))
    + FONTS
    + FILLS
    + record(626)
    + xf(9)
    + record(627)
    + record(617)
    + xf(0)
    + xf(14)
    + xf(164, font=1, fill=1, indent=2)
    + record(618)
)


def row(number: int, flags: int = 0) -> bytes:
    return record(0, struct.pack("<IIHBBB", number - 1, 0, 300, 0, flags, 0))


def cell(kind: int, column: int, value: bytes, look: int = 0) -> bytes:
    return record(kind, struct.pack("<II", column, look) + value)


SHEET = (
    record(60, struct.pack("<IIIIH", 1, 1, 2000, 0, 1))
    + row(2)
    + cell(7, 0, struct.pack("<I", 0))
    + cell(2, 2, struct.pack("<I", 1250 << 2 | 0b11))
    + cell(2, 3, struct.pack("<I", 7 << 2 | 0b10))
    + cell(5, 4, struct.pack("<d", 45292), look=1)
    + cell(5, 5, struct.pack("<d", 45292), look=2)
    + cell(9, 6, struct.pack("<d", 0.25))
    + row(4, flags=0x10)
    + cell(4, 0, b"\x01")
    + cell(3, 1, b"\x07")
    + cell(6, 2, wide("inline"))
    + cell(62, 3, b"\x00" + wide("rich"))
    + cell(1, 9, b"")
    + record(176, struct.pack("<IIII", 1, 2, 0, 0))
)


def test_rows(tmp_path: Path) -> None:
    sheet = only_sheet(write_xlsb(tmp_path / "list.xlsb", SHEET, STRINGS, STYLES))
    assert list(sheet.rows()) == [
        (2, ["Артикул", None, 12.5, 7, date(2024, 1, 1), 45292, 0.25]),
        (4, [True, "#DIV/0!", "inline", "rich"]),
    ]
    assert (sheet.merges, sheet.hidden_rows, sheet.hidden_columns) == ([Merge(2, 1, 3, 1)], {4}, {2})


def test_looks(tmp_path: Path) -> None:
    sheet = only_sheet(write_xlsb(tmp_path / "list.xlsb", SHEET, STRINGS, STYLES))
    assert sheet.style(2, 6) == ("[Red]00000", True, "FFCC00", 2, 14.0, True, False)
    assert sheet.style(2, 5) == ("mm-dd-yy", False, None, 0, 11.0, False, False)
    assert sheet.style(9, 1) is None


def test_the_1904_calendar(tmp_path: Path) -> None:
    sheet = only_sheet(write_xlsb(tmp_path / "list.xlsb", SHEET, STRINGS, STYLES, properties=1))
    assert dict(sheet.rows())[2][4] == date(2028, 1, 2)


@pytest.mark.parametrize(
    "sheet", [SHEET[:-3], row(1) + cell(7, 0, struct.pack("<I", 99)), row(1) + cell(6, 0, b"\xff\0\0\0")]
)
def test_damage_gets_one_clear_refusal(tmp_path: Path, sheet: bytes) -> None:
    with pytest.raises(ListRefused, match="damaged"):
        open_book(write_xlsb(tmp_path / "list.xlsb", sheet, STRINGS, STYLES))
