from __future__ import annotations

import csv
import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.pricegrid.cells.blocks import ROWS_AT_ONCE
from ingestion.pricegrid.formats.dialect import Dialect
from ingestion.pricegrid.formats.limits import DEFAULT_LIMITS
from ingestion.pricegrid.formats.opening import open_book
from ingestion.pricegrid.formats.records import record_blocks
from ingestion.pricegrid.formats.text import open_text
from ingestion.pricegrid.records import ListRefused
from tests.ingestion.parsers.files import only_sheet, rows_of


def write(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    lines = ["Our list of May", "", delimiter.join(["Code", "Name", "Price"]), delimiter.join(["A-1", "Bolt", "12.50"])]
    assert list(rows_of(write(tmp_path / "list.csv", "\n".join(lines))).values()) == [
        ["Our list of May"],
        [],
        ["Code", "Name", "Price"],
        ["A-1", "Bolt", "12.50"],
    ]


def test_decimal_commas_are_no_delimiters(tmp_path: Path) -> None:
    rows = rows_of(write(tmp_path / "list.csv", "A;1,50\nB;2,75\nC;13,00\n"))
    assert rows == {1: ["A", "1,50"], 2: ["B", "2,75"], 3: ["C", "13,00"]}


def test_commas_in_quotes_are_no_delimiters(tmp_path: Path) -> None:
    assert rows_of(write(tmp_path / "list.csv", '"Bolt, M8","1,50"\n"Nut, ""wide""",2\n')) == {
        1: ["Bolt, M8", "1,50"],
        2: ['Nut, "wide"', "2"],
    }


def test_blanks_before_quotes(tmp_path: Path) -> None:
    assert rows_of(write(tmp_path / "list.csv", 'A, "Bolt, M8", 1\nB, "Nut, M8", 2\n')) == {
        1: ["A", "Bolt, M8", "1"],
        2: ["B", "Nut, M8", "2"],
    }


def test_a_stray_quotation_mark_before_long_texts(tmp_path: Path) -> None:
    lines = ['A-0;"Bolt;1', *(f"A-{number};{'long ' * 300};{number}" for number in range(300))]
    assert len(rows_of(write(tmp_path / "list.csv", "\n".join(lines)))) == 301


def test_rows_are_numbered_by_their_first_line(tmp_path: Path) -> None:
    text = 'Code;Name;Price\nA;"two\nlines";1\n\nB;"one";2\n'
    assert rows_of(write(tmp_path / "list.csv", text)) == {
        1: ["Code", "Name", "Price"],
        2: ["A", "two\nlines", "1"],
        4: [],
        5: ["B", "one", "2"],
    }


def test_a_declared_delimiter_is_believed_and_its_line_keeps_its_number(tmp_path: Path) -> None:
    assert rows_of(write(tmp_path / "list.csv", "sep=^\na^b,c\nd^e,f\n")) == {2: ["a", "b,c"], 3: ["d", "e,f"]}


def test_a_file_cut_in_a_quoted_cell_is_noted(tmp_path: Path) -> None:
    book = open_book(write(tmp_path / "list.csv", 'A;"Bolt";1\nB;"Nut'))
    assert list(book.sheets[0].rows()) == [(1, ["A", "Bolt", "1"]), (2, ["B", "Nut"])]
    assert [note.params for note in book.notes] == [{"line": 2}]


def test_a_stray_quotation_mark_swallows_no_rows(tmp_path: Path) -> None:
    lines = ["Code;Name;Price", *(f"A-{number};Bolt;{number}" for number in range(50))]
    lines[10] = 'A-9;"Bolt 1/2;9'
    lines[40] = 'A-39;"Nut";39'
    book = open_book(write(tmp_path / "list.csv", "\n".join(lines)))
    rows = dict(book.sheets[0].rows())
    assert list(rows) == list(range(1, 52))
    assert rows[11] == ["A-9", '"Bolt 1/2', "9"]
    assert rows[41] == ["A-39", "Nut", "39"]
    assert [note.params for note in book.notes] == [{"line": 11}]


def test_a_stray_quotation_mark_over_more_than_a_cell_can_hold(tmp_path: Path) -> None:
    lines = ['A-0;"Bolt;1', *(f"A-{number};Bolt;{number}" for number in range(20_000))]
    assert len(rows_of(write(tmp_path / "list.csv", "\n".join(lines)))) == 20_001


def test_columns_padded_with_blanks(tmp_path: Path) -> None:
    text = "Code     Name             Price\nA-1      Bolt M8          12.50\nA-22     Nut               3.10\n"
    assert rows_of(write(tmp_path / "list.prn", text)) == {
        1: ["Code", "Name", "Price"],
        2: ["A-1", "Bolt M8", "12.50"],
        3: ["A-22", "Nut", "3.10"],
    }


def test_settings_win_over_what_is_found(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Цена;1,5\n".encode("cp866"))
    book = open_book(path, encoding="cp866", delimiter=",")
    assert list(book.sheets[0].rows()) == [(1, ["Цена;1", "5"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_wrong_encoding_is_said(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Цена;1\n".encode("cp1251"))
    with pytest.raises(ListRefused, match="not in the encoding"):
        list(open_book(path, encoding=encoding).sheets[0].rows())


def test_a_wrong_encoding_late_in_the_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"A;1\n" * 50_000 + "Цена;1\n".encode("cp1251"))
    with pytest.raises(ListRefused, match="not in the encoding"):
        list(open_book(path, encoding="utf-8").sheets[0].rows())


def test_a_pass_over_the_rows_can_be_broken_off_and_begun_again(tmp_path: Path) -> None:
    sheet = only_sheet(write(tmp_path / "list.csv", "a;b\nc;d\n"))
    assert next(sheet.rows()) == (1, ["a", "b"])
    assert len(list(sheet.rows())) == 2
    assert (sheet.row_count, sheet.is_text, sheet.style(1, 1)) == (3, True, None)


@pytest.mark.parametrize("others", ["A-2;Nut;1\n", 'A-2;"two\nlines";1\n', 'A-2;"wide;1\n'])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, others: str) -> None:
    def peak(blocks: int) -> int:
        path = write(tmp_path / f"{blocks}.csv", ("A-1;Bolt;12,50\n" * 100 + others) * blocks)
        sheet = open_text(path, DEFAULT_LIMITS).sheets[0]
        tracemalloc.start()
        assert sum(1 for _ in sheet.rows()) == 101 * blocks
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    assert peak(600) < peak(150) * 1.2 + 500_000


quoted_cells = st.sampled_from(["A-1", "Bolt, M8", 'Nut, "wide"', "two\nlines", "1.50", ""])


@given(
    st.lists(st.lists(quoted_cells, min_size=3, max_size=3), min_size=1, max_size=40), st.sampled_from(["\n", "\r\n"])
)
def test_records_are_cut_as_the_csv_module_cuts_them(table: list[list[str]], end: str) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";", lineterminator=end).writerows(table)
    text = written.getvalue()
    blocks = list(record_blocks(io.StringIO(text, newline=""), Dialect(";", 3), lambda note: pytest.fail(str(note))))
    rows = [row for block in blocks for row in block.cells]
    assert rows == list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    starts = [number for block in blocks for number in block.numbers]
    lengths = [1 + "".join(map(str, row)).count("\n") for row in rows]
    assert starts == [1 + sum(lengths[:at]) for at in range(len(rows))]


@pytest.mark.parametrize("inside", ["\r" * 1_500_000, f"{'x' * 100_000}\n" * 11 + "A-3;Nut;3\n" * 3_000])
def test_short_lines_come_in_whole_blocks_whatever_else_the_file_holds(tmp_path: Path, inside: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(f"Code;Name;Price\nA-1;Bolt;2\n{inside}".encode())
    sheet = open_text(path, DEFAULT_LIMITS).sheets[0]
    *_, before, _last = map(len, (block.numbers for block in sheet.row_blocks()))
    assert before >= ROWS_AT_ONCE
