"""Sheets that show another: what they do not change is the other's."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from ingestion.pricegrid import Hints, understand
from ingestion.pricegrid.cells import Cell, CellPlace, CorrectedBook, Merge, Style
from ingestion.pricegrid.cells.blocks import blocks_of
from ingestion.pricegrid.cells.views import SheetHead, SheetTail, SheetView, damaged_rows, noted_rows
from ingestion.pricegrid.records import Item, Message
from ingestion.pricegrid.structure.side_by_side import Span, TableBeside
from tests.ingestion.pricegrid.grids import Grid, GridBook

BOLD = Style(bold=True)


NOTE = Message("mended")


class Damaged(Grid):
    damaged_rows = {2: Message("unreadable")}
    noted_rows = MappingProxyType({3: (NOTE,)})


def sheet() -> Damaged:
    return Damaged(
        [["Code", "Price"], ["A-1", 1.5], ["A-2", 2]],
        name="List",
        state="hidden",
        merges=[Merge(1, 1, 2, 1), Merge(1, 2, 1, 2)],
        hidden_rows={3},
        hidden_columns={2},
        styles={(1, 1): BOLD},
    )


@pytest.mark.parametrize(
    "view", [SheetView(sheet()), SheetTail(sheet(), 2), SheetHead(sheet(), 3), TableBeside(sheet(), Span(0, None))]
)
def test_what_a_view_does_not_change_is_the_sheets_own(view: SheetView) -> None:
    assert (view.name, view.state, view.is_text, view.row_count) == ("List", "hidden", False, 3)
    assert (view.merges, view.hidden_rows, view.hidden_columns) == (sheet().merges, {3}, {2})
    assert (view.style(1, 1), damaged_rows(view)) == (BOLD, {2: Message("unreadable")})
    assert noted_rows(view) == {3: (NOTE,)}


def test_a_tail_begins_at_its_first_row_and_rows_keep_their_numbers() -> None:
    assert list(SheetTail(sheet(), 2).rows()) == [(2, ["A-1", 1.5]), (3, ["A-2", 2])]


def test_a_table_beside_another_has_its_own_columns_and_merges() -> None:
    table = TableBeside(sheet(), Span(1, 2))
    assert next(table.rows()) == (1, [None, "Price"])
    assert table.merges == [Merge(1, 2, 1, 2)]


def test_a_corrected_book_says_what_people_said() -> None:
    closed: list[bool] = []
    book = GridBook([Grid([["Code"], ["A-1"]], name="List")], kind="ods")
    book.close = lambda: closed.append(True)  # type: ignore[method-assign]
    corrected = CorrectedBook(
        book, {CellPlace("List", 2, "C"): "9", CellPlace("List", 1, "A"): "", CellPlace("Other", 1, "A"): "x"}
    )
    assert (corrected.kind, list(corrected.notes)) == ("ods", [])
    assert list(corrected.sheets[0].rows()) == [(1, [None]), (2, ["A-1", None, "9"])]
    assert [list(block.cells) for block in blocks_of(corrected.sheets[0])] == [[[None], ["A-1", None, "9"]]]
    corrected.close()
    assert closed == [True]


class Noted(Grid):
    noted_rows = MappingProxyType({3: (NOTE,)})


def test_what_a_reader_notes_of_a_row_goes_with_its_item() -> None:
    rows: list[list[Cell]] = [["Code", "Name", "Price"], ["A-1", "Nut", 1.5], ["A-2", "Bolt", 2.5], ["A-3", "Nail", 3]]
    items = [item for item in understand(GridBook([Noted(rows)]), Hints()) if isinstance(item, Item)]
    assert [item.notes for item in items] == [(), (NOTE,), ()]
