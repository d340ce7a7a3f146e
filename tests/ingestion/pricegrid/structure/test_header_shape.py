from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.pricegrid.formats.opening import open_book
from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.reading import understand


def doubts_of(folder: Path, header: str, row: str) -> list[str]:
    path = folder / "list.csv"
    path.write_text("\n".join([header, *(row.format(number) for number in range(10, 30)), ""]))
    return [doubt.code for sheet in understand(open_book(path)).sheets for doubt in sheet.doubts]


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("Code,Name,Price,Stock", "A-{0},Bolt,{0},25,3", [lists.NARROW_HEADER.code]),
        ("Code,Name,long,Price,Stock", "A-{0},Bolt,{0}.25,3", [lists.WIDE_HEADER.code]),
        ("Code,Name,Price,Stock", "A-{0},Bolt,{0}.25,3", []),
        ("Code,Name,Price,Stock", "A-{0},Bolt,{0}.25,3,", []),  # a delimiter behind each cell
    ],
)
def test_a_header_with_other_cells_than_its_rows_is_asked_about(
    tmp_path: Path, header: str, row: str, expected: list[str]
) -> None:
    assert doubts_of(tmp_path, header, row) == expected
