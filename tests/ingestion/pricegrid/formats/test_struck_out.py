"""Rows that are struck out, hidden or folded up, and digits in superscript, in each format that has them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from ingestion.pricegrid import Hints, Item, open_book, understand
from ingestion.pricegrid.problems import notes

HEADER: list[str | float] = ["Code", "Name", "Price"]
ROWS: list[list[str | float]] = [[f"K-{number}", f"Kettle {number}", 10.5 + number] for number in range(1, 7)]
STRUCK, HIDDEN, FOLDED = 3, 4, 5  # as rows of the sheet


def write_xlsx(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet, struck = book.add_worksheet(), book.add_format({"font_strikeout": True})
        raised, plain = book.add_format({"font_script": 1}), book.add_format()
        sheet.write_row(0, 0, HEADER)
        for index, row in enumerate(ROWS, 1):
            sheet.write_row(index, 0, row, struck if index + 1 == STRUCK else None)
        sheet.write_rich_string(5, 2, plain, "15", raised, "90")
        sheet.write_string(6, 2, "16.50", struck)  # the price alone is no row
        sheet.set_row(HIDDEN - 1, None, None, {"hidden": True})
        sheet.set_row(FOLDED - 1, None, None, {"hidden": True, "level": 1})


def write_xls(path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("List")
    raised = xlwt.easyfont("escapement superscript")
    for index, row in enumerate([HEADER, *ROWS]):
        style = xlwt.easyxf("font: struck_out on") if index + 1 == STRUCK else xlwt.easyxf()
        for column, value in enumerate(row):
            if (index, column) != (5, 2):
                sheet.write(index, column, value, style)
    sheet.write_rich_text(5, 2, ("15", ("90", raised)))
    sheet.row(HIDDEN - 1).hidden = True
    sheet.row(FOLDED - 1).hidden = True
    sheet.row(FOLDED - 1).level = 1
    book.save(str(path))


def write_html(path: Path) -> None:
    lines = []
    for number, row in enumerate([HEADER, *ROWS], 1):
        cells = [f"<s>{value}</s>" if number == STRUCK else str(value) for value in row]
        if number == 6:
            cells[2] = "15<sup>90</sup>"
        style = ' style="display:none"' if number == HIDDEN else ""
        lines.append(f"<tr{style}>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
    path.write_text(f"<html><table>{''.join(lines)}</table></html>", encoding="utf-8")


@pytest.mark.parametrize(("name", "write"), [("a.xlsx", write_xlsx), ("a.xls", write_xls), ("a.html", write_html)])
def test_notes_of_rows(tmp_path: Path, name: str, write: Callable[[Path], None]) -> None:
    path = tmp_path / name
    write(path)
    book = open_book(path)
    items = [item for item in understand(book, Hints()) if isinstance(item, Item)]
    book.close()
    said = {item.row_number: [note.code for note in item.notes] for item in items if item.notes}
    assert said == {STRUCK: [notes.STRUCK_OUT.code], HIDDEN: [notes.HIDDEN_ROW.code]}
    assert [str(item.price) for item in items if item.row_number == 6] == ["15.90"]
    assert [item.row_number for item in items] == [2, 3, 4, 5, 6, 7]
