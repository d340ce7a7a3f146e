# ruff: noqa: E501
from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingestion.pricegrid.cells.grid import CellError, Formula, Merge, Style
from ingestion.pricegrid.formats.ods_styles import with_currency
from ingestion.pricegrid.formats.opening import open_book
from ingestion.pricegrid.records import ListRefused
from tests.ingestion.parsers.files import only_sheet, opendocument, rows_of, write_ods

STYLES = """
<number:currency-style style:name="N1"><number:number number:decimal-places="2" number:min-integer-digits="1"
 number:grouping="true"/><number:text> </number:text><number:currency-symbol>грн</number:currency-symbol></number:currency-style>
<number:number-style style:name="N2"><number:number number:decimal-places="0" number:min-integer-digits="5"/></number:number-style>
<number:date-style style:name="N3"><number:day/><number:text>.</number:text><number:month/></number:date-style>
<style:style style:name="money" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="code" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="title" style:family="table-cell"><style:table-cell-properties fo:background-color="#ffcc00"/>
 <style:paragraph-properties fo:margin-left="20pt"/>
 <style:text-properties fo:font-weight="bold" fo:font-style="italic" fo:font-size="14pt"/></style:style>
<style:style style:name="child" style:family="table-cell" style:parent-style-name="title">
 <style:table-cell-properties fo:background-color="transparent"/></style:style>
<style:style style:name="away" style:family="table"><style:table-properties table:display="false"/></style:style>
"""
CELLS = """
<table:table-cell office:value-type="string"><text:p>Болт<text:s text:c="2"/>М8</text:p><text:p>new<text:line-break/>line
</text:p></table:table-cell>
<table:table-cell office:value-type="currency" office:value="12.5" table:style-name="money"><text:p>12,50 грн</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="42" table:style-name="code"><text:p>00042</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2024-01-31"><text:p>31.01.</text:p></table:table-cell>
<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>yes</text:p></table:table-cell>
<table:table-cell office:value-type="time" office:time-value="PT10H30M05S"><text:p>10:30</text:p></table:table-cell>
<table:table-cell table:formula="of:=1/0" office:value-type="string"><text:p>#DIV/0!</text:p></table:table-cell>
<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0"><text:p>Err:502</text:p></table:table-cell>
<table:table-cell table:formula="of:=A1"/>
<table:table-cell table:number-columns-repeated="16000"/>
"""


def table(rows: str, attributes: str = 'table:name="List"') -> str:
    return f"<table:table {attributes}>{rows}</table:table>"


def test_values_of_all_kinds(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "list.ods", table(f"<table:table-row>{CELLS}</table:table-row>"), STYLES)
    (cells,) = rows_of(path).values()
    assert cells == [
        "Болт  М8\nnew\nline\n", 12.5, 42, date(2024, 1, 31), True, "10:30:05", "#DIV/0!", "Err:502", "of:=A1"
    ]  # fmt: skip
    assert list(map(type, cells[6:])) == [CellError, CellError, Formula]


def test_looks(tmp_path: Path) -> None:
    cells = CELLS + '<table:table-cell table:style-name="title"/><table:table-cell table:style-name="child"/>'
    rows = f"<table:table-row>{cells.replace('16000', '1')}</table:table-row>"
    sheet = only_sheet(write_ods(tmp_path / "list.ods", table(rows), STYLES))
    formats = [look.number_format if (look := sheet.style(1, column)) else None for column in (1, 2, 3)]
    assert formats == [None, '#,##0.00" "[$грн]', "00000"]
    assert sheet.style(1, 11) == Style("General", bold=True, fill="FFCC00", indent=2, font_size=14.0, italic=True)
    assert sheet.style(1, 12) == Style("General", bold=True, indent=2, font_size=14.0, italic=True)


def test_repetitions_merges_and_hidden_things(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="float" office:value="1"'
    rows = f"""
    <table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>
    <table:table-header-rows><table:table-row>{cell} table:number-columns-spanned="2" table:number-rows-spanned="1"/>
      <table:covered-table-cell/>{cell} table:number-columns-repeated="2"/></table:table-row></table:table-header-rows>
    <table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
    <table:table-row table:number-rows-repeated="2" table:visibility="collapse">{cell}/></table:table-row>
    <table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
    """
    sheet = only_sheet(write_ods(tmp_path / "list.ods", table(rows)))
    assert list(sheet.rows()) == [(1, [1, None, 1, 1]), (4, [1]), (5, [1])]
    assert (sheet.merges, sheet.hidden_rows, sheet.hidden_columns) == ([Merge(1, 1, 1, 2)], {4, 5}, {2, 3})


def test_hidden_sheets_and_a_flat_file(tmp_path: Path) -> None:
    tables = table("") + table("", 'table:name="old" table:style-name="away"')
    body = f"<office:automatic-styles>{STYLES}</office:automatic-styles><office:body>{tables}</office:body>"
    flat = tmp_path / "list.fods"
    flat.write_text(opendocument(body), encoding="utf-8")
    for path in (write_ods(tmp_path / "list.ods", tables, STYLES), flat):
        assert [(sheet.name, sheet.state) for sheet in open_book(path).sheets] == [
            ("List", "visible"),
            ("old", "hidden"),
        ]


def test_a_password_is_said(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "list.ods", "", manifest="<manifest:encryption-data/>")
    with pytest.raises(ListRefused, match="password"):
        open_book(path)


def test_damage_gets_one_clear_refusal(tmp_path: Path) -> None:
    row = '<table:table-row><table:table-cell office:value-type="float"/></table:table-row>'
    with pytest.raises(ListRefused, match="damaged"):
        open_book(write_ods(tmp_path / "list.ods", table(row)))
    with pytest.raises(ListRefused, match="damaged"):
        open_book(write_ods(tmp_path / "list.ods", "<table:table>"))


@pytest.mark.parametrize(
    ("look", "shown"),
    [
        (Style("#,##0.00 [$€]"), "#,##0.00  [$USD]"),
        (Style('0.00" грн"'), "0.00 [$USD]"),
        (Style(), "0 [$USD]"),
    ],
)
def test_a_cell_may_name_another_currency_than_its_format(look, shown):
    assert with_currency(look, "USD").number_format == shown
