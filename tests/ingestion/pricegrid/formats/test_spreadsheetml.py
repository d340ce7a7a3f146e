# ruff: noqa: E501, DTZ001
from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest

from ingestion.pricegrid.cells.grid import CellError, Formula, Merge
from ingestion.pricegrid.formats.opening import open_book
from ingestion.pricegrid.records import ListRefused
from tests.ingestion.parsers.files import only_sheet

BOOK = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel"><Styles>
<Style ss:ID="Default"><NumberFormat/></Style>
<Style ss:ID="t"><Font ss:Bold="1" ss:Italic="1" ss:Size="14"/><Interior ss:Color="#FFCC00" ss:Pattern="Solid"/>
 <Alignment ss:Indent="2"/><NumberFormat ss:Format="Standard"/></Style></Styles>
<Worksheet ss:Name="Прайс"><Table ss:ExpandedRowCount="1000000"><Column/><Column ss:Index="3" ss:Hidden="1" ss:Span="1"/>
<Row><Cell ss:StyleID="t" ss:MergeAcross="1"><Data ss:Type="String">Title</Data></Cell><Cell><Data ss:Type="Number">5</Data></Cell></Row>
<Row ss:Index="4" ss:Hidden="1"><Cell><ss:Data ss:Type="String">two <B>fonts</B></ss:Data></Cell>
 <Cell ss:Index="3"><Data ss:Type="Number">12.5</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell>
 <Cell><Data ss:Type="DateTime">2024-01-31T00:00:00.000</Data></Cell>
 <Cell><Data ss:Type="DateTime">2024-01-31T10:30:00.000</Data></Cell>
 <Cell><Data ss:Type="DateTime">1899-12-31T10:30:00.000</Data></Cell>
 <Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell ss:Formula="=RC[-1]"/></Row>
</Table></Worksheet>
<Worksheet ss:Name="old"><Table/><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "list.xls"
    path.write_text(BOOK, encoding="utf-8")
    return path


def test_rows(path: Path) -> None:
    sheet = only_sheet(path)
    rows = dict(sheet.rows())
    assert rows[1] == ["Title", None, 5]
    assert rows[4] == [
        "two fonts", None, 12.5, True, date(2024, 1, 31), datetime(2024, 1, 31, 10, 30), time(10, 30), "#N/A", "RC[-1]"
    ]  # fmt: skip
    assert list(map(type, rows[4][7:])) == [CellError, Formula]


def test_looks_and_what_stands_around_the_rows(path: Path) -> None:
    sheet = only_sheet(path)
    assert sheet.style(1, 1) == sheet.style(1, 2) == ("#,##0.00", True, "FFCC00", 2, 14.0, True, False)
    assert (sheet.merges, sheet.hidden_rows, sheet.hidden_columns) == ([Merge(1, 1, 1, 2)], {4}, {3, 4})


def test_hidden_sheets(path: Path) -> None:
    assert [(sheet.name, sheet.state) for sheet in open_book(path).sheets] == [("Прайс", "visible"), ("old", "hidden")]


def test_damage_gets_one_clear_refusal(path: Path) -> None:
    path.write_text(BOOK.replace(">12.5<", ">twelve<"), encoding="utf-8")
    with pytest.raises(ListRefused, match="damaged"):
        open_book(path)
