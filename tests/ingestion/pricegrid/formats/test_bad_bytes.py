"""Bytes that are not in the encoding of their file: repaired beyond doubt, or said; never stored as something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.pricegrid.formats.opening import open_book
from ingestion.pricegrid.reading import understand
from ingestion.pricegrid.records import Item, RowError
from ingestion.pricegrid.settings import Hints

HEADER = "Артикул;Наименование;Цена\n"
ROWS = "".join(f"A-{n};Болт оцинкованный {n};{n}.50\n" for n in range(1, 40))
RIGHT = [(f"A-{n}", f"Болт оцинкованный {n}") for n in range(1, 40)]


def read(tmp_path: Path, content: bytes) -> tuple[list[tuple[str, str]], list[RowError], list[str]]:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    book = open_book(path)
    records = list(understand(book, Hints()))
    items = [(record.supplier_sku, record.name) for record in records if isinstance(record, Item)]
    return items, [record for record in records if isinstance(record, RowError)], [str(note) for note in book.notes]


def test_one_bad_byte_does_not_make_another_encoding(tmp_path: Path) -> None:
    items, errors, notes = read(tmp_path, (HEADER + ROWS).encode() + "A-99;Гайка М".encode() + b"\xff8;7\n")
    assert items == RIGHT
    assert [(error.row_number, "bytes" in str(error.message)) for error in errors] == [(41, True)]
    assert any("Line 41" in note for note in notes)


@pytest.mark.parametrize("rows", [1, 15])
def test_rows_of_another_code_page_are_repaired(tmp_path: Path, rows: int) -> None:
    """Files that were put together from two."""
    others = "".join(f"B-{n};Гайка стальная {n};7\n" for n in range(rows))
    items, errors, notes = read(tmp_path, (HEADER + ROWS).encode() + others.encode("cp1251"))
    assert items == RIGHT + [(f"B-{n}", f"Гайка стальная {n}") for n in range(rows)]
    assert not errors
    assert len(notes) == rows


def test_a_western_letter_in_a_german_list(tmp_path: Path) -> None:
    rows = "".join(f"A-{n};Schlüssel für Möbel {n};3,50\n" for n in range(20))
    items, errors, notes = read(
        tmp_path, f"Nr;Bezeichnung;Preis\n{rows}".encode() + "B-1;Bügel;2,00\n".encode("cp1252")
    )
    assert items[-1] == ("B-1", "Bügel")
    assert not errors
    assert notes


def test_a_file_that_is_cut_in_the_middle_of_a_character(tmp_path: Path) -> None:
    items, errors, _ = read(tmp_path, (HEADER + ROWS).encode() + "B-1;Шайба;5;".encode() + "й".encode()[:1])
    assert items == RIGHT
    assert [error.row_number for error in errors] == [41]


def test_utf_16_with_half_a_character(tmp_path: Path) -> None:
    items, _, _ = read(tmp_path, b"\xff\xfe" + (HEADER + ROWS).encode("utf-16-le") + b"\x41")
    assert items == RIGHT


def test_a_mark_of_the_encoding_in_the_middle(tmp_path: Path) -> None:
    both = "\ufeff" + HEADER + ROWS + "\ufeffB-1;Шайба;5\n"
    assert read(tmp_path, both.encode())[0] == [*RIGHT, ("B-1", "Шайба")]


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "koi8-u"])
def test_lists_in_one_code_page_are_what_they_were(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, (HEADER + ROWS).encode(encoding))[0] == RIGHT
