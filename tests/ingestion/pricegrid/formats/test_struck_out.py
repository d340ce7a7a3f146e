"""What is struck out, hidden or folded up, and digits in superscript, in each format that has them."""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from ingestion.pricegrid import Hints, Item, Reading, RowError, open_book, understand
from ingestion.pricegrid.problems import lists, notes, prices
from tests.ingestion.parsers.files import write_ods

HEADER: list[str | float] = ["Code", "Name", "Price"]
ROWS: list[list[str | float]] = [[f"K-{number}", f"Kettle {number}", 10.5 + number] for number in range(1, 9)]
STRUCK, HIDDEN, FOLDED, RAISED, LOST, HALF, ALL_TEXT = 3, 4, 5, 6, 7, 8, 9  # as rows of the sheet


def write_xlsx(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet, struck = book.add_worksheet(), book.add_format({"font_strikeout": True})
        raised, plain = book.add_format({"font_script": 1}), book.add_format()
        sheet.write_row(0, 0, HEADER)
        for index, row in enumerate(ROWS, 1):
            sheet.write_row(index, 0, row, struck if index + 1 == STRUCK else None)
        sheet.write_rich_string(RAISED - 1, 2, plain, "15", raised, "90")
        sheet.write_string(LOST - 1, 2, "16.50", struck)  # the price alone is no row
        sheet.write_rich_string(HALF - 1, 2, struck, "12.50", plain, " 9.90")
        for column, text in enumerate(("K-8", "Kettle 8", "18.50")):
            sheet.write_rich_string(ALL_TEXT - 1, column, struck, text[:2], struck, text[2:])
        sheet.set_row(HIDDEN - 1, None, None, {"hidden": True})
        sheet.set_row(FOLDED - 1, None, None, {"hidden": True, "level": 1})


def write_inline(path: Path) -> None:
    """As programs do that write no table of texts."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    struck, raised = InlineFont(strike=True), InlineFont(vertAlign="superscript")
    for row in [HEADER, *ROWS]:
        sheet.append(row)
    for cell in sheet[STRUCK]:
        cell.font = Font(strike=True)
    sheet.cell(RAISED, 3).value = CellRichText("15", TextBlock(raised, "90"))
    sheet.cell(LOST, 3).font = Font(strike=True)
    sheet.cell(HALF, 3).value = CellRichText(TextBlock(struck, "12.50"), TextBlock(InlineFont(strike=False), " 9.90"))
    for column, text in enumerate(("K-8", "Kettle 8", "18.50"), 1):
        sheet.cell(ALL_TEXT, column).value = CellRichText(TextBlock(struck, text))
    sheet.row_dimensions[HIDDEN].hidden = True
    book.save(path)


def write_xls(path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("List")
    raised, struck = xlwt.easyfont("escapement superscript"), xlwt.easyfont("struck_out on")
    rich: dict[tuple[int, int], tuple[object, ...]] = {
        (RAISED, 2): ("15", ("90", raised)),
        (HALF, 2): (("12.50", struck), " 9.90"),
        **{(ALL_TEXT, column): ((text, struck),) for column, text in enumerate(("K-8", "Kettle 8", "18.50"))},
    }
    for number, row in enumerate([HEADER, *ROWS], 1):
        for column, value in enumerate(row):
            is_struck = number == STRUCK or (number, column) == (LOST, 2)
            style = xlwt.easyxf("font: struck_out on") if is_struck else xlwt.easyxf()
            if (number, column) in rich:
                sheet.write_rich_text(number - 1, column, rich[number, column])
            else:
                sheet.write(number - 1, column, value, style)
    sheet.row(HIDDEN - 1).hidden = True
    sheet.row(FOLDED - 1).hidden = True
    sheet.row(FOLDED - 1).level = 1
    book.save(str(path))


def write_html(path: Path) -> None:
    lines = []
    for number, row in enumerate([HEADER, *ROWS], 1):
        cells = [f"<s>{value}</s>" if number in (STRUCK, ALL_TEXT) else str(value) for value in row]
        if number in (RAISED, LOST, HALF):
            cells[2] = {
                RAISED: "15<sup>90</sup>",
                LOST: '<span style="text-decoration: line-through"><b>16.50</b></span>',
                HALF: "<p><del>12.50</del></p> <b>9.90</b>",
            }[number]
        style = ' style="display:none"' if number == HIDDEN else ""
        lines.append(f"<tr{style}>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
    path.write_text(f"<html><table>{''.join(lines)}</table></html>", encoding="utf-8")


ODS_STYLES = """
<style:style style:name="out" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/>
</style:style>
<style:style style:name="T1" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="T2" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
"""


def write_odf(path: Path) -> None:
    lines = []
    for number, row in enumerate([HEADER, *ROWS], 1):
        texts = [
            f'<text:span text:style-name="T1">{value}</text:span>' if number == ALL_TEXT else value for value in row
        ]
        texts[2] = {
            RAISED: '15<text:span text:style-name="T2">90</text:span>',
            HALF: '<text:span text:style-name="T1">12.<text:span>50</text:span></text:span> 9.90',
        }.get(number, texts[2])
        looks = ["out" if number == STRUCK or (number, column) == (LOST, 2) else "" for column in range(3)]
        cells = [
            f'<table:table-cell office:value-type="string" table:style-name="{look}"><text:p>{text}</text:p></table:table-cell>'
            for text, look in zip(texts, looks, strict=True)
        ]
        state = ' table:visibility="filter"' if number == HIDDEN else ""
        lines.append(f"<table:table-row{state}>{''.join(cells)}</table:table-row>")
    write_ods(path, f'<table:table table:name="List">{"".join(lines)}</table:table>', ODS_STYLES)


def read(path: Path) -> tuple[list[Item | RowError], Reading]:
    book = open_book(path)
    reading = understand(book, Hints())
    records = list(reading)
    book.close()
    return records, reading


WRITERS = [
    ("a.xlsx", write_xlsx),
    ("b.xlsx", write_inline),
    ("a.xls", write_xls),
    ("a.html", write_html),
    ("a.ods", write_odf),
]


@pytest.mark.parametrize(("name", "write"), WRITERS)
def test_what_is_struck_out_hidden_or_raised(tmp_path: Path, name: str, write: Callable[[Path], None]) -> None:
    write(tmp_path / name)
    records, reading = read(tmp_path / name)
    items = [record for record in records if isinstance(record, Item)]
    said = {item.row_number: [note.code for note in item.notes] for item in items if item.notes}
    assert said == {HIDDEN: [notes.HIDDEN_ROW.code]}
    assert {item.row_number: str(item.price) for item in items if item.row_number in (RAISED, HALF)} == {
        RAISED: "15.90",
        HALF: "9.90",
    }
    assert [item.row_number for item in items] == [2, HIDDEN, FOLDED, RAISED, HALF]
    errors = [(record.row_number, record.message.code) for record in records if isinstance(record, RowError)]
    assert errors == [(LOST, prices.STRUCK_OUT.code)]
    (withdrawn,) = (note for note in reading.notes if note.code == lists.WITHDRAWN.code)
    assert withdrawn.params == {"count": 2, "rows": f"{STRUCK}: K-2; {ALL_TEXT}: K-8"}
    assert reading.skipped["withdrawn"] == 2
