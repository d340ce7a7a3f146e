from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlwt

from ingestion.pricegrid.cells.grid import CellError, Merge
from ingestion.pricegrid.formats.mojibake import find_repair
from ingestion.pricegrid.formats.opening import open_book
from ingestion.pricegrid.records import ListRefused
from tests.ingestion.parsers.files import ROWS, only_sheet, rows_of, write_biff5, write_xls

RUSSIAN = ["Наименование товара", "Болт оцинкованный", "Гайка шестигранная", "Цена с НДС"] * 5


def test_rows(tmp_path: Path) -> None:
    assert list(rows_of(write_xls(tmp_path / "list.xls")).values()) == ROWS


def test_values_of_all_kinds(tmp_path: Path) -> None:
    def dress(sheet: Any) -> None:
        sheet.write(0, 0, date(2024, 1, 31), xlwt.easyxf(num_format_str="dd.mm.yyyy"))
        sheet.write(0, 1, 45292, xlwt.easyxf(num_format_str="[Red]#,##0"))
        sheet.write(0, 2, True)
        sheet.write(0, 4, 7)
        sheet.row(0).set_cell_error(5, "#DIV/0!")
        sheet.write(0, 9, None, xlwt.easyxf("font: bold on"))
        sheet.write(3, 0, "below")

    rows = rows_of(write_xls(tmp_path / "list.xls", [], dress))
    assert rows == {1: [date(2024, 1, 31), 45292, True, None, 7, "#DIV/0!"], 4: ["below"]}
    assert isinstance(rows[1][5], CellError)


def test_looks_and_what_stands_around_the_rows(tmp_path: Path) -> None:
    def dress(sheet: Any) -> None:
        title = xlwt.easyxf(
            "font: bold on, italic on, height 280; align: indent 2; pattern: pattern solid, fore_colour yellow"
        )
        sheet.write_merge(0, 0, 0, 2, "Title", title)
        sheet.write(1, 0, 42, xlwt.easyxf("pattern: pattern solid, fore_colour white", num_format_str="00000"))
        sheet.row(1).hidden = True
        sheet.col(1).hidden = True

    sheet = only_sheet(write_xls(tmp_path / "list.xls", [], dress))
    assert (list(sheet.merges), sheet.hidden_rows, sheet.hidden_columns) == ([Merge(1, 1, 1, 3)], {2}, {2})
    title, code = sheet.style(1, 1), sheet.style(2, 1)
    assert title == ("General", True, "FFFF00", 2, 14.0, True, False)
    assert code
    assert (code.number_format, code.fill) == ("00000", None)
    assert sheet.style(2, 9) is None
    assert sheet.style(99, 1) is None


def test_hidden_sheets(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    for name, visibility in (("list", 0), ("old", 1), ("secret", 2)):
        book.add_sheet(name).visibility = visibility
    book.save(str(tmp_path / "list.xls"))
    assert [sheet.state for sheet in open_book(tmp_path / "list.xls").sheets] == ["visible", "hidden", "very_hidden"]


@pytest.mark.parametrize("codepage", [None, 1252])
def test_russian_of_excel_5_that_does_not_say_so(tmp_path: Path, codepage: int | None) -> None:
    path = write_biff5(tmp_path / "list.xls", [text.encode("cp1251") for text in RUSSIAN], codepage)
    book = open_book(path)
    assert [cells[0] for _, cells in book.sheets[0].rows()] == RUSSIAN
    assert [note.params for note in book.notes] == [{"encoding": "cp1251"}]


@pytest.mark.parametrize(("codepage", "encoding"), [(1251, "cp1251"), (1252, "cp1252")])
def test_a_declared_alphabet_is_kept_where_it_makes_sense(tmp_path: Path, codepage: int, encoding: str) -> None:
    texts = RUSSIAN if encoding == "cp1251" else ["Größe und Stückzahl", "Käse für Müller", "Über Äpfel"]
    book = open_book(write_biff5(tmp_path / "list.xls", [text.encode(encoding) for text in texts], codepage))
    assert [cells[0] for _, cells in book.sheets[0].rows()] == texts
    assert not book.notes


def test_russian_that_a_program_wrote_as_latin(tmp_path: Path) -> None:
    garbled = [[text.encode("cp1251").decode("latin-1")] for text in RUSSIAN]
    assert list(rows_of(write_xls(tmp_path / "list.xls", garbled)).values()) == [[text] for text in RUSSIAN]


def test_a_damaged_file_gets_one_clear_refusal(tmp_path: Path) -> None:
    path = write_xls(tmp_path / "list.xls")
    path.write_bytes(path.read_bytes()[:1600])
    with pytest.raises(ListRefused, match="damaged"):
        open_book(path)


def test_texts_that_fit_no_other_alphabet_are_left_alone() -> None:
    assert find_repair(["Größe", "日本"], "latin-1") == (None, [])
    repair, _ = find_repair([text.encode("cp1251").decode("latin-1") for text in RUSSIAN], "latin-1")
    assert repair
    assert repair("日本") == "日本"
