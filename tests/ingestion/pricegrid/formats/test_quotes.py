from __future__ import annotations

import pytest

from ingestion.pricegrid.formats.dialect import Dialect
from ingestion.pricegrid.formats.quotes import cut_at_closing_marks, readings, without_marks


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('A;"Saw 24" wide";3', ["A", 'Saw 24" wide', "3"]),
        ('A;"Saw 24"" wide";3', ["A", 'Saw 24" wide', "3"]),
        ('A;"";3', ["A", "", "3"]),
        ("A;Saw;3", ["A", "Saw", "3"]),
        ('A;"Saw;3', None),
    ],
)
def test_a_mark_closes_a_cell_before_a_delimiter_only(line: str, cells: list[str] | None) -> None:
    assert cut_at_closing_marks(line, ";", pairs=True) == cells


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('A;"Saw 24\\" wide";3', ["A", 'Saw 24" wide', "3"]),
        ('A;"Saw;3', ["A", '"Saw', "3"]),
        ('"A;"Saw; wide";3', ["A", "Saw; wide", "3"]),
    ],
)
def test_the_right_reading_is_among_those_of_a_line(line: str, cells: list[str]) -> None:
    assert cells in list(readings(line, Dialect(";", 3)))


def test_readings_that_differ_in_marks_alone_say_the_same() -> None:
    assert without_marks(['"Saw', "3 "]) == without_marks(["Saw", '3"'])
