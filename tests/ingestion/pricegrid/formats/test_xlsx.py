# ruff: noqa: E501
from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Alignment, Font, PatternFill

from ingestion.pricegrid.cells.grid import CellError, Formula, Merge, Style
from ingestion.pricegrid.formats.opening import open_book
from ingestion.pricegrid.records import ListRefused
from tests.ingestion.parsers.files import (
    MAIN,
    ROWS,
    only_sheet,
    rows_of,
    worksheet,
    write_raw_xlsx,
    write_xlsx,
    write_zip,
)

STRINGS = (
    f'<sst xmlns="{MAIN}"><si><t>Code</t></si><si><t xml:space="preserve"> Bolt &amp; nut </t></si>'
    "<si><r><t>two </t></r><r><rPr><b/></rPr><t>fonts</t></r><rPh><t>reading</t></rPh></si><si/>"
    "<si><t>line_x000A_break</t></si></sst>"
)
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts><font/><font><b/></font></fonts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14" fontId="1"/></cellXfs></styleSheet>'
)
MOMENT = {True: date(2023, 1, 1), False: 44927}


def test_values_of_all_kinds(tmp_path: Path) -> None:
    day, moment = date(2024, 1, 31), datetime(2024, 1, 31, 10, 30)  # noqa: DTZ001
    path = write_xlsx(tmp_path / "list.xlsx", [["text", 12.5, 3, True, day, moment, None, -4, "=1/0", "#N/A"]])
    (cells,) = rows_of(path).values()
    assert cells[:8] == ["text", 12.5, 3, True, day, moment, None, -4]
    assert isinstance(cells[3], bool)
    assert isinstance(cells[8], Formula)
    assert cells[8] == "1/0"
    assert isinstance(cells[9], CellError)


def test_the_same_from_a_program_that_writes_inline_texts(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "list.xlsx", {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
    assert list(rows_of(tmp_path / "list.xlsx").values()) == ROWS


def test_looks(tmp_path: Path) -> None:
    def dress(sheet: Any) -> None:
        sheet["A1"].font = Font(bold=True, italic=True, size=14)
        sheet["A2"].number_format = "00000"
        sheet["A2"].alignment = Alignment(indent=2)
        sheet["A3"].fill = PatternFill("solid", fgColor="FFCC00")
        sheet["B3"].fill = PatternFill("solid", fgColor="FFFFFFFF")
        sheet["F3"].font = Font(bold=True)

    sheet = only_sheet(write_xlsx(tmp_path / "list.xlsx", [["Title"], [42], ["Section", "white"]], dress))
    assert sheet.style(1, 1) is None  # not before the rows were gone through
    assert dict(sheet.rows())[2] == [42]
    title, code, section, white, far = (sheet.style(*place) for place in ((1, 1), (2, 1), (3, 1), (3, 2), (3, 6)))
    assert title
    assert (title.bold, title.italic, title.font_size, title.fill) == (True, True, 14.0, None)
    assert code
    assert (code.number_format, code.indent) == ("00000", 2)
    assert section
    assert section.fill == "00FFCC00"
    assert white
    assert white.fill is None
    assert far
    assert far.bold
    assert sheet.style(9, 9) is None


def test_what_stands_around_the_rows(tmp_path: Path) -> None:
    def dress(sheet: Any) -> None:
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A3:A4")
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True

    sheet = only_sheet(write_xlsx(tmp_path / "list.xlsx", [["Title"], ["x", "y"], ["a"], ["b"]], dress))
    assert list(sheet.merges) == [Merge(1, 1, 1, 3), Merge(3, 1, 4, 1)]
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.row_count) == ({2}, {2}, 4)


def test_sheets_and_their_states(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Прайс"
    book.create_sheet("old").sheet_state = "hidden"
    book.create_sheet("secret").sheet_state = "veryHidden"
    book.create_chartsheet("chart")
    book.save(tmp_path / "list.xlsx")
    found = [(sheet.name, sheet.state) for sheet in open_book(tmp_path / "list.xlsx").sheets]
    assert found == [("Прайс", "visible"), ("old", "hidden"), ("secret", "very_hidden")]


def test_shared_texts(tmp_path: Path) -> None:
    cells = "".join(f'<c r="{letter}1" t="s"><v>{index}</v></c>' for index, letter in enumerate("ABCDE"))
    path = write_raw_xlsx(tmp_path / "list.xlsx", worksheet(f'<row r="1">{cells}</row>'), strings=STRINGS)
    assert rows_of(path) == {1: ["Code", " Bolt & nut ", "two fonts", "", "line\nbreak"]}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_xml_that_no_pattern_foresees(tmp_path: Path, end: str) -> None:
    """Attributes in any order, cells that do not say where they are, runs, comments, CDATA, blanks between tags."""
    rows = end.join(
        [
            "<row><c><v>1</v></c><c t='str'><v>two</v></c></row>",
            '<row r="4"><c s="0" r="B4"><v>1E3</v></c><!-- no <c> --> <c r="C4" t="inlineStr"><is><r><t>a&lt;</t></r><r><t>b</t></r></is></c></row>',
            '<row r="5"/>',
            '<row r="6" spans="1:2"><c r="A6" t="str"><v><![CDATA[x & <y>]]></v></c><c r="B6" t="b"><v>1</v></c></row>',
            f'<row r="7"><c r="A7" t="str">{end}<f>B7</f>{end}<v>kept</v>{end}</c><c r="B7"><f>C7</f><v></v></c></row>',
            '<row r="8"><c r="A8"/><c r="B8" s="1"></c></row>',
        ]
    )
    path = write_raw_xlsx(tmp_path / "list.xlsx", worksheet(rows))
    assert rows_of(path) == {
        1: [1, "two"],
        4: [None, 1000, "a<b"],
        6: ["x & <y>", True],
        7: ["kept", Formula("C7")],
    }


@pytest.mark.parametrize("styles", ["", STYLES])
def test_rows_of_one_form_and_others_among_them(tmp_path: Path, styles: str) -> None:
    """Forms are learnt from the rows, so each row is asked for after many of its own and after many of another form."""
    forms: list[tuple[str, list[object]]] = [
        (
            '<c r="A{0}" t="s"><v>1</v></c><c r="C{0}" s="1"><v>44927</v></c>',
            [" Bolt & nut ", None, MOMENT[bool(styles)]],
        ),
        ('<c r="A{0}" t="s"><v>1</v></c><c r="C{0}" s="1"><v></v></c>', [" Bolt & nut "]),
        ('<c r="A{0}" t="inlineStr"><is><t>a &lt; b</t></is></c><c r="B{0}"><v>{0}.50</v></c>', ["a < b", 0.5]),
        (
            '<c r="A{0}" t="inlineStr"><is><t>plain</t></is></c><c r="B{0}" s="1"/><c r="C{0}"><f>B{0}</f><v>7</v></c>',
            ["plain", None, 7],
        ),
        ('<c r="A{0}"><f>B{0}</f></c>', [Formula("B")]),
        ('<c r="B{0}" t="b"><v>1</v></c><c r="A{0}"><v>2</v></c>', [2, True]),
        ("<c><v>8</v></c>", [8]),
    ]
    order = [form for form in range(len(forms)) for _ in range(12)] + list(range(len(forms))) * 12
    rows = "".join(
        f'<row r="{number}" spans="1:3">{forms[form][0].format(number)}</row>' for number, form in enumerate(order, 1)
    )
    sheet = only_sheet(
        write_raw_xlsx(
            tmp_path / "list.xlsx", worksheet(rows), strings=STRINGS, **({"styles": styles} if styles else {})
        )
    )
    found = dict(sheet.rows())
    for number, form in enumerate(order, 1):
        wanted = [
            number + 0.5 if cell == 0.5 else Formula(f"B{number}") if isinstance(cell, Formula) else cell
            for cell in forms[form][1]
        ]
        assert found[number] == wanted, (number, form)
        look = sheet.style(number, 3)
        assert (look is not None and look.bold) == (bool(styles) and form in (0, 1)), (number, form)


def test_rows_that_have_hardly_a_form_in_common(tmp_path: Path) -> None:
    """Each of 4,000 rows fills other columns, as its number does bits; after them come rows that are alike."""
    filled = {number: [bit for bit in range(12) if number >> bit & 1] for number in range(1, 4000)}
    filled |= {number: [0, 2] for number in range(4000, 8000)}
    rows = "".join(
        f'<row r="{number}">'
        + "".join(f'<c r="{"ABCDEFGHIJKL"[bit]}{number}"><v>{number + bit}</v></c>' for bit in bits)
        + "</row>"
        for number, bits in filled.items()
    )
    found = rows_of(write_raw_xlsx(tmp_path / "list.xlsx", worksheet(rows)))
    assert found == {
        number: [number + bit if bit in bits else None for bit in range(bits[-1] + 1)]
        for number, bits in filled.items()
    }


def test_a_prefix_and_another_encoding(tmp_path: Path) -> None:
    sheet = (
        f'<?xml version="1.0" encoding="UTF-16"?><x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2">'
        '<x:c r="A2"><x:v>7</x:v></x:c><x:c r="B2" t="str"><x:v>болт</x:v></x:c></x:row></x:sheetData>'
        '<x:mergeCells><x:mergeCell ref="A2:B2"/></x:mergeCells></x:worksheet>'
    )
    for content in (sheet.encode("utf-16"), sheet.replace("UTF-16", "UTF-8").encode()):
        found = only_sheet(write_raw_xlsx(tmp_path / "list.xlsx", content))
        assert list(found.rows()) == [(2, [7, "болт"])]
        assert list(found.merges) == [Merge(2, 1, 2, 2)]


def test_the_1904_calendar_and_colours_that_are_no_dates(tmp_path: Path) -> None:
    styles = (
        f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="[Red]#,##0"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    rows = (
        '<row r="1"><c r="A1" s="1"><v>43830</v></c><c r="B1" s="2"><v>43830</v></c><c r="C1" s="9"><v>1</v></c></row>'
    )
    path = write_raw_xlsx(tmp_path / "list.xlsx", worksheet(rows), styles=styles, properties='date1904="1"')
    assert rows_of(path) == {1: [date(2024, 1, 1), 43830, 1]}


def test_a_declared_size_is_not_believed(tmp_path: Path) -> None:
    before = '<dimension ref="A1:XFD1048576"/><cols><col min="3" max="16384" hidden="1"/></cols>'
    rows = '<row r="3"><c r="A3"><v>1</v></c><c r="XFD3" s="1"/></row><row r="1048576"><c r="A1048576"/></row>'
    sheet = only_sheet(write_raw_xlsx(tmp_path / "list.xlsx", worksheet(rows, before)))
    assert list(sheet.rows()) == [(3, [1])]
    assert len(sheet.hidden_columns) < 2000


def test_a_broken_look_is_no_look(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="7F"/></row>'
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf/><xf numFmtId="2"/></cellXfs></styleSheet>'
    sheet = only_sheet(write_raw_xlsx(tmp_path / "list.xlsx", worksheet(rows), styles=styles))
    assert list(sheet.rows()) == [(1, [1])]
    assert sheet.style(1, 2) == Style()


def test_merges_end_with_the_rows(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="A3"><v>3</v></c></row>'
    after = '<mergeCells><mergeCell ref="B2:B1048576"/><mergeCell ref="A9:XFD1048576"/></mergeCells>'
    sheet = only_sheet(write_raw_xlsx(tmp_path / "list.xlsx", worksheet(rows, after=after)))
    assert list(sheet.merges) == [Merge(2, 2, 3, 2)]


def test_cells_out_of_order_and_beyond_the_last_column(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c><c r="D1"><v>4</v></c></row>'
    assert rows_of(write_raw_xlsx(tmp_path / "list.xlsx", worksheet(rows))) == {1: [1, None, 3, 4]}
    rows = '<row r="1"><c r="ZZZZZZZ1"><v>3</v></c></row>'
    assert rows_of(write_raw_xlsx(tmp_path / "list.xlsx", worksheet(rows))) == {1: [3]}


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "boom"><!ENTITY b "&a;&a;">]>'
    sheet = worksheet('<row r="1"><c r="A1" t="str"><v>&b;</v></c><c t="str"><v>1</v></c></row>')
    path = write_raw_xlsx(tmp_path / "list.xlsx", sheet.replace("<worksheet", bomb + "<worksheet"))
    with pytest.raises(ListRefused, match="document type"):
        rows_of(path)


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/other.xml": "<x/>"},
        {"xl/workbook.xml": "no xml at all"},
        {
            "xl/workbook.xml": "<workbook/>",
            "xl/styles.xml": "<styleSheet><cellXfs><xf numFmtId='x'/></cellXfs></styleSheet>",
        },
    ],
)
def test_a_broken_package_gets_one_clear_refusal(tmp_path: Path, parts: dict[str, str]) -> None:
    with pytest.raises(ListRefused, match="damaged"):
        open_book(write_zip(tmp_path / "list.xlsx", parts))


@pytest.mark.parametrize(
    "rows", ['<row r="1"><c r="A1" t="s"><v>99</v></c></row>', '<row r="1"><c r="A1"><v>x</v></c></row>']
)
def test_a_broken_cell_gets_one_clear_refusal(tmp_path: Path, rows: str) -> None:
    sheet = only_sheet(write_raw_xlsx(tmp_path / "list.xlsx", worksheet(rows)))
    with pytest.raises(ListRefused, match="damaged"):
        list(sheet.rows())


def test_a_sheet_that_ends_early_is_refused(tmp_path: Path) -> None:
    whole = worksheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>')
    sheet = only_sheet(write_raw_xlsx(tmp_path / "list.xlsx", whole[: whole.index("<v>2")]))
    with pytest.raises(ListRefused, match="damaged"):
        list(sheet.rows())
