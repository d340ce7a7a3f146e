from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ingestion.pricegrid.formats.limits import Limits
from ingestion.pricegrid.formats.opening import open_book
from ingestion.pricegrid.records import ListRefused
from tests.ingestion.parsers.files import worksheet, write_ods, write_raw_xlsx, write_xlsx

TINY = Limits(unpacked=200_000, unpacked_small=20_000, ratio=10, rows=3, cells=8, held_cells=8)
ROW = '<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = write_raw_xlsx(tmp_path / "list.xlsx", worksheet(" " * 100_000))
    with pytest.raises(ListRefused, match="It was not opened"):
        open_book(path, TINY)
    assert open_book(path)


def test_a_large_file_that_packs_badly_is_read_until_it_is_too_large(tmp_path: Path) -> None:
    patient = Limits(unpacked=200_000, unpacked_small=20_000, ratio=100_000)
    assert open_book(write_raw_xlsx(tmp_path / "list.xlsx", worksheet(" " * 100_000)), patient)
    with pytest.raises(ListRefused, match="It was not opened"):
        open_book(write_raw_xlsx(tmp_path / "list.xlsx", worksheet(" " * 300_000)), patient)


@pytest.mark.parametrize(("rows", "what"), [([[1]] * 5, "rows"), ([[1, 2, 3, 4, 5]] * 2, "cells")])
def test_too_many_rows_or_cells(tmp_path: Path, rows: list[list[int]], what: str) -> None:
    sheet = open_book(write_xlsx(tmp_path / "list.xlsx", rows), Limits(rows=3, cells=8)).sheets[0]
    with pytest.raises(ListRefused, match=what):
        list(sheet.rows())


def test_too_many_cells_of_a_format_that_is_held(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "list.ods", f"<table:table>{ROW * 9}</table:table>")
    with pytest.raises(ListRefused, match="cells"):
        open_book(path, TINY)


def test_an_archive_with_a_password(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "list.xlsx")
    content = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(signature, at + 4)
    path.write_bytes(content)
    assert zipfile.is_zipfile(path)
    with pytest.raises(ListRefused, match="password"):
        open_book(path)


def test_more_cells_than_columns_in_a_row_that_does_not_say_where_they_are(tmp_path: Path) -> None:
    path = write_raw_xlsx(tmp_path / "list.xlsx", worksheet(f'<row r="7">{"<c><v>1</v></c>" * 30_000}</row>'))
    with pytest.raises(ListRefused, match="Row 7 has 16385 columns"):
        list(open_book(path).sheets[0].rows())
