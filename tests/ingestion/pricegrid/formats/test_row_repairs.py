from __future__ import annotations

import pytest

from ingestion.pricegrid.formats.cell_forms import RegularRow
from ingestion.pricegrid.formats.dialect import Dialect
from ingestion.pricegrid.formats.row_repairs import MOST_SURPLUS, only_repair

DIALECT = Dialect(",", 4)
FORM = RegularRow(4, [[f"A-{number}", f"Bolt M{number}", f"{number}.50", str(number)] for number in range(10, 40)])


def repaired(line: str) -> list[str] | None:
    found = only_repair(line, DIALECT.cut(line), FORM, DIALECT, is_clean=True)
    return found and found.cells


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("A-1,Bolt, M8, steel,1.50,3", ["A-1", "Bolt, M8, steel", "1.50", "3"]),
        ('A-1,,"Bolt, M8",1.50,3', ["A-1", "Bolt, M8", "1.50", "3"]),
        ("A-1\tBolt\t1.50\t3", ["A-1", "Bolt", "1.50", "3"]),
        ("A-1,Bolt,1,250.00,3", None),  # or a name “Bolt,1”
        ("A-1,Bolt,1,50,3", None),
        ("A-1Bolt,1.50,3", None),
        ("A-1,Bolt" + ",x" * 200 + ",1.50,3", None),
    ],
)
def test_a_row_is_mended_where_one_way_alone_is_possible(line: str, cells: list[str] | None) -> None:
    assert repaired(line) == cells


def test_what_has_far_too_many_cells_is_not_gone_through() -> None:
    assert repaired("A-1,Bolt" + "," * (MOST_SURPLUS + 2) + "1.50,3") is None
