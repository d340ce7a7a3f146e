from datetime import date

from ingestion.pricegrid.cells import Cell, Style
from ingestion.views.grid import grid_of
from tests.ingestion.pricegrid.grids import Grid
from tests.ingestion.pricegrid.grids import grid_of as sheet_of

CELLS: list[list[Cell]] = [
    ["Price list", None, None],
    ["Code", "Prices", None],
    [None, "Retail", "Trade"],
    ["A1", 2.0, 1.5],
]


def test_merged_cells_reach_as_far_as_in_the_sheet():
    grid = grid_of(sheet_of(CELLS, merges=[(1, 1, 1, 3), (2, 1, 3, 1), (2, 2, 2, 3)]))
    assert grid.letters == ["A", "B", "C"]
    assert [(cell.text, cell.rowspan, cell.colspan) for cell in grid.rows[0].cells] == [("Price list", 1, 3)]
    assert [(cell.text, cell.rowspan, cell.colspan) for cell in grid.rows[1].cells] == [
        ("Code", 2, 1),
        ("Prices", 1, 2),
    ]
    assert [cell.text for cell in grid.rows[2].cells] == ["Retail", "Trade"]


def test_a_merge_below_what_is_shown_is_cut():
    grid = grid_of(sheet_of(CELLS, merges=[(2, 1, 4, 1), (4, 2, 4, 3)]), limit=3)
    assert len(grid.rows) == 3
    assert grid.rows[1].cells[0].rowspan == 2
    assert grid.is_cut


def test_cells_look_as_in_the_sheet():
    looks = {(1, 1): Style(bold=True, fill="FFFFEE00"), (1, 2): Style(italic=True, fill="theme")}
    row = grid_of(Grid([["Sale", "till", date(2026, 5, 1), 7]], styles=looks)).rows[0].cells
    assert [cell.look for cell in row] == ["is-bold", "is-italic", "is-number", "is-number"]
    assert [cell.fill for cell in row] == ["#FFEE00", "", "", ""]
    assert row[2].text == "2026-05-01"


def test_hidden_rows_and_columns_are_marked_and_gaps_are_kept():
    class Gapped(Grid):
        def rows(self):
            return iter([(1, ["A"]), (4, ["B", "C"])])

    grid = grid_of(Gapped([], hidden_rows={4}, hidden_columns={2}))
    assert [(row.number, row.is_hidden) for row in grid.rows] == [(1, False), (2, False), (3, False), (4, True)]
    assert grid.hidden == {"B"}


def test_an_empty_sheet_has_no_rows():
    assert grid_of(sheet_of([])).rows == []


def test_rows_from_the_middle_of_a_sheet():
    grid = grid_of(sheet_of(CELLS, merges=[(1, 1, 1, 3), (2, 1, 3, 1)]), limit=2, first=3)
    assert [row.number for row in grid.rows] == [3, 4]
    assert [cell.text for cell in grid.rows[1].cells] == ["A1", "2", "1.5"]


def test_of_a_sheet_without_end_to_the_right_the_first_columns_are_shown():
    grid = grid_of(sheet_of([["x"] * 1000]))
    assert (len(grid.letters), grid.is_narrowed) == (300, True)
