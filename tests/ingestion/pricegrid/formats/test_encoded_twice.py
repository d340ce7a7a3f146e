from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.pricegrid.formats.encoded_twice import misread_as, undone
from ingestion.pricegrid.formats.opening import open_book
from ingestion.pricegrid.problems import notes


def twice(text: str, encoding: str) -> str:
    return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Schlüssel;12,50 €\nGröße à 5 m;3\n", "cp1252"),
        ("Żarówka świetlna;5\nŁożysko kulkowe;7\n", "cp1252"),
        ("Болт оцинкованный;5\nГайка;7\n", "cp1252"),
        ("Болт оцинкованный;5\nГайка;7\n", "cp1251"),
    ],
)
def test_texts_that_were_encoded_twice_are_read_and_noted(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(twice(text, encoding).encode())
    book = open_book(path)
    cells = [";".join(map(str, row)) for _, row in book.sheets[0].rows()]
    assert cells == text.splitlines()
    assert [note.code for note in book.notes] == [notes.ENCODED_TWICE.code]


@pytest.mark.parametrize(
    "text",
    ["NESCAFÉ® Gold;5\n", "Größe;5\nKäse – mild\n", "Рёбра;5\nЕё сумка\nБолт", "PÂTE À CRÊPES;5", "Ñandú «à la carte»"],
)
def test_what_only_looks_a_little_like_it_stays(text: str) -> None:
    assert misread_as(text.splitlines()) is None


def test_a_run_that_is_no_utf8_stays() -> None:
    assert (undone("ü", "cp1252"), undone("Ã¼", "cp1252")) == (None, "ü")


def test_lines_that_are_right_stay_among_those_that_are_not(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Größe;1\nGrÃ¶ÃŸe;2\n", encoding="utf-8")
    assert [row for _, row in open_book(path).sheets[0].rows()] == [["Größe", "1"], ["Größe", "2"]]
