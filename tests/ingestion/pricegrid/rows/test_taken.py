"""Rows as they are stored: items that keep the contract, each code once, everything counted."""

from __future__ import annotations

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.records import Item, RowError
from ingestion.pricegrid.rows.taken import RowCounts, TakenRows
from tests.ingestion.pricegrid.grids import reading_of

HEAD: list[Cell] = ["Code", "Name", "Price"]
ROWS: list[list[Cell]] = [["A-1", "Drill", 10], ["A-2", "Saw", "ask"], ["A-1", "Drill", 10], ["A-1", "Drill", 12]]


def test_everything_is_counted_once() -> None:
    rows = TakenRows(reading_of([HEAD, *ROWS], default_currency="EUR"))
    assert [type(record) for record in rows] == [Item, RowError, RowError]
    assert rows.counts == RowCounts(items=1, failed=2)
    assert rows.skipped == {"header": 1, "duplicate": 1}


def test_a_price_without_a_currency_is_an_error_where_the_supplier_is_known() -> None:
    (first, *_others) = TakenRows(reading_of([HEAD, *ROWS]))
    assert isinstance(first, RowError)
    assert first.message.code == "item.no_currency"
    assert first.row_data == {"supplier_sku": "A-1", "name": "Drill", "price": "10"}


def test_it_is_an_item_where_nobody_is_known_who_charges_it() -> None:
    rows = TakenRows(reading_of([HEAD, *ROWS]), needs_currency=False)
    assert [record.currency for record in rows if isinstance(record, Item)] == [None]


def test_ignored_causes_are_counted_apart() -> None:
    rows = TakenRows(reading_of([HEAD, *ROWS], default_currency="EUR"), ignored={"price.on_request", "code.repeated"})
    list(rows)
    assert (rows.counts.failed, rows.counts.ignored, rows.counts.heeded) == (2, 2, 0)


def test_who_asks_is_told_of_every_other_row() -> None:
    skipped: list[tuple[str | None, int, str]] = []
    list(TakenRows(reading_of([HEAD, *ROWS], default_currency="EUR"), on_skip=lambda *row: skipped.append(row)))
    assert skipped == [("Sheet1", 4, "duplicate")]
