# ruff: noqa: E501
from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.pricegrid.cells.grid import Merge
from ingestion.pricegrid.cells.views import damaged_rows
from ingestion.pricegrid.formats.opening import open_book
from ingestion.pricegrid.records import ListRefused
from tests.ingestion.parsers.files import only_sheet

PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"><title>Прайс</title></head>
<body><table border=1>
<tr><th colspan=2>Товары &amp; цены</th><th rowspan="2">Цена</th></tr>
<tr bgcolor="#FFCC00"><td bgcolor="#ffcc00">Код</td><td><b>Название</b></td></tr>
<tr style="display:none"><td style='mso-number-format:"\\@";font-weight:700'>007</td><td>Болт<br>М8 <script>x()</script></td>
 <td>12,50</td></tr>
</table><p>between</p><table><tr><td>later</td></tr></table></body></html>"""


def write(path: Path, charset: str, page: str = PAGE) -> Path:
    path.write_bytes(page.format(charset=charset).encode(charset))
    return path


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "cp866", "utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_tables_that_call_themselves_a_workbook(tmp_path: Path, charset: str) -> None:
    sheet = only_sheet(write(tmp_path / "list.xls", charset))
    assert list(sheet.rows()) == [
        (1, ["Товары & цены", None, "Цена"]),
        (2, ["Код", "Название"]),
        (3, ["007", "Болт\nМ8", "12,50"]),
        (4, ["later"]),
    ]
    assert (sheet.name, sheet.is_text, sheet.hidden_rows) == ("Прайс", True, {3})
    assert list(sheet.merges) == [Merge(1, 1, 1, 2), Merge(1, 3, 2, 3)]


def test_looks(tmp_path: Path) -> None:
    sheet = only_sheet(write(tmp_path / "list.xls", "utf-8"))
    header, filled, bold, code = (sheet.style(*place) for place in ((1, 1), (2, 1), (2, 2), (3, 1)))
    assert header
    assert header.bold
    assert filled
    assert filled.fill == "FFCC00"
    assert bold
    assert bold.bold
    assert code
    assert (code.number_format, code.bold) == ("@", True)
    assert sheet.style(4, 1) is None


def test_a_wrong_charset_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "list.htm"
    path.write_bytes(PAGE.format(charset="no-such-charset").encode("cp1251"))
    assert next(only_sheet(path).rows())[1][0] == "Товары & цены"


def test_a_layout_table_around_the_list_is_looked_through(tmp_path: Path) -> None:
    page = "<table><tr><td>{charset}<table><tr><td>1</td><td>2</td></tr></table></td></tr></table>"
    assert list(only_sheet(write(tmp_path / "list.xls", "utf-8", page)).rows()) == [(1, ["1", "2"])]


def test_spans_beyond_reason_are_cut(tmp_path: Path) -> None:
    page = '<table><tr><td rowspan="99999999">{charset}</td></tr><tr><td colspan="99999999">x</td></tr></table>'
    assert dict(only_sheet(write(tmp_path / "list.xls", "utf-8", page)).rows())[1] == ["utf-8"]


def test_a_page_without_a_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ListRefused, match="no table"):
        open_book(write(tmp_path / "list.xls", "utf-8", "<html><body>{charset}</body></html>"))


@pytest.mark.parametrize(
    ("charset", "bad"),
    [("windows-1252", b"\x81"), ("windows-1251", b"\x98"), ("shift_jis", b"\x81\x00"), ("iso-8859-7", b"\xff")],
)
def test_a_byte_that_is_in_no_encoding_costs_its_own_row_only(tmp_path: Path, charset: str, bad: bytes) -> None:
    path = tmp_path / "list.htm"
    row = b"<tr><td>A-1</td><td>Bolt</td></tr>\n" * 3_000
    broken = b"<tr><td>A-2</td><td>Nut" + bad + b"</td></tr>\n"
    path.write_bytes(f'<meta charset="{charset}"><table>'.encode() + row + broken + row + b"</table>")
    sheet = only_sheet(path)
    assert [number for number, _cells in sheet.rows()] == list(range(1, 6_002))
    assert list(damaged_rows(sheet)) == [3_001]
