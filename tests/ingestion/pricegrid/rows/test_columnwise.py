"""Reading by columns gives what reading row by row gives."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.pricegrid.cells.grid import Cell, CellError, Formula, Style
from ingestion.pricegrid.problems import notes
from ingestion.pricegrid.records import Item
from ingestion.pricegrid.rows.batch import Batch, parts_of
from ingestion.pricegrid.rows.columnwise import column_reader
from ingestion.pricegrid.rows.items import ItemReader
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.structure.plan import plan_sheet
from ingestion.pricegrid.values.codes import read_code, read_codes
from ingestion.pricegrid.values.text import clean_column, clean_text
from tests.ingestion.pricegrid.grids import Grid, grid_of, reading_of

texts = st.sampled_from(
    ["Drill", " Drill", "Drill  900", "Ё лка", "Lefranc & Co", "a&amp;b", "<b>bold</b>", "5 < 6", "1.2E+05", "", " "]
) | st.text(max_size=8)
others = st.none() | st.integers(-2, 10**6) | st.floats(0, 1e6) | st.booleans() | st.just(date(2026, 1, 2))
cells = texts | others | st.sampled_from([CellError("#N/A"), Formula("=A1")])

HEADER = ["Code", "Name", "Price", "Currency", "Colour", "Category", "Stock", "Retail price", "Weight"]
HEADER += ["EAN", "Brand", "Unit", "Pack size", "MOQ", "Country of origin", "Lead time", "Image URL"]
USUAL = ["A-1", "Drill", "12.50", "EUR", "red", "Tools/Drills/Small", "5", "15.00", "1 kg"]
USUAL += ["4006381333931", "Acme", "pcs", "10 pcs", "from 5", "China", "2 weeks", "https://shop.example/a.jpg"]


def rows_of(count: int) -> list[list[Cell]]:
    return [[f"A-{number}", f"Drill {number}", f"{number}.50", *USUAL[3:]] for number in range(10, 10 + count)]


@given(st.lists(texts, min_size=1) | st.lists(cells, min_size=1))
@settings(max_examples=400)
def test_columns_are_cleaned_as_their_cells_are(column):
    assert list(clean_column(column)) == [clean_text(cell) for cell in column]
    assert list(read_codes(column)) == [read_code(cell).value for cell in column]


def both(grid: Grid, rows: list[list[Cell]]) -> tuple[list[Item], list[Item]]:
    """The items by columns and row by row."""
    layout = plan_sheet(grid, Hints(default_currency="EUR"), is_text=grid.is_text).layout
    assert layout is not None
    reader = ItemReader(layout, grid)
    columns = column_reader(reader)
    assert columns is not None
    batch = columns.read(range(2, 2 + len(rows)), rows)
    odd = batch.incomplete()
    return [batch.item(at) for at in range(len(rows)) if at not in odd], list(single(reader, rows))


def single(reader: ItemReader, rows: list[list[Cell]]) -> list[Item]:
    items = []
    for number, row in enumerate(rows, 2):
        price = reader.price_to_pay(number, row, reader.layout.price or 0)
        code, name = reader.code(number, row).value, reader.name(row)
        if price.problem is None and code and name and reader.currency_problem(number, row, price) is None:
            items.append(reader.item(number, row, code, name, price, ()))
    return [item for item in items if notes.BARCODE.code not in {note.code for note in item.notes}]


odd_rows = st.lists(st.lists(cells, min_size=len(HEADER), max_size=len(HEADER)), max_size=5)
changes = st.lists(st.tuples(st.integers(0, 29), st.integers(0, len(HEADER) - 1), cells), max_size=12)


@given(changes, odd_rows, st.booleans())
@settings(max_examples=100, deadline=None)
def test_items_by_columns_are_those_by_rows(changes, more, is_text):
    rows = rows_of(30)
    grid = grid_of([HEADER, *rows])
    grid.is_text = is_text
    changed = [list(row) for row in rows]
    for row, column, cell in changes:
        changed[row][column] = cell
    by_columns, by_rows = both(grid, [*changed, *more])
    taken = {item.row_number for item in by_columns}
    assert [item for item in by_rows if item.row_number in taken] == by_columns
    assert all(item.notes or "Retail price" in item.characteristics for item in by_rows if item.row_number not in taken)


amounts = (
    st.none() | st.sampled_from(["call", "-", "1.50", "2.50 €", "$3", "from 1", "1-9: 2; 10+: 1"]) | st.integers(0, 30)
)


@given(st.lists(st.tuples(amounts, amounts, amounts), max_size=6))
@settings(max_examples=100, deadline=None)
def test_price_breaks_by_columns_are_those_by_rows(more):
    rows: list[list[Any]] = [[f"A-{place}", f"Drill {place}", 20 - place / 10, 1.8, 1.5] for place in range(30)]
    grid = grid_of([["Code", "Name", "1-9", "10-99", "100+"], *rows])
    odd = [[f"B-{place}", f"Saw {place}", *row] for place, row in enumerate(more)]
    by_columns, by_rows = both(grid, [*rows, *odd])
    assert [item for item in by_rows if item in by_columns] == by_columns
    assert all(item.facts.price_breaks for item in by_columns[:30])
    assert {item.supplier_sku for item in by_columns} >= {row[0] for row in rows}


def test_a_code_keeps_the_zeros_of_its_number_format():
    rows = [[number, *row[1:]] for number, row in enumerate(rows_of(20), 41)]
    formats = {(row, 1): Style(number_format="00000") for row in range(2, 22)}
    by_columns, by_rows = both(grid_of([HEADER, *rows], styles=formats), rows)
    assert by_columns == by_rows
    assert by_columns[0].supplier_sku == "00041"


def test_sections_and_moved_columns_within_a_long_list():
    first = [[f"A-{number}", f"Drill {number}", f"{number}.50"] for number in range(1, 2001)]
    second = [[f"{number}.75", f"B-{number}", f"Saw {number}"] for number in range(1, 1501)]
    header = ["Code", "Name", "Price"]
    moved = ["Price", "Code", "Name"]
    reading = reading_of(
        [header, ["", "Drills", ""], *first, ["", "Saws", ""], moved, *second, ["", "Empty", ""]],
        default_currency="EUR",
    )
    parts = list(parts_of(reading))
    items = list(reading)
    assert [item.supplier_sku for item in items] == [row[0] for row in first] + [row[1] for row in second]
    assert [item.row_number for item in items[::1000]] == [3, 1003, 2005, 3005]
    assert {item.category_path for item in items[:2000]} == {("Drills",)}
    assert {item.category_path for item in items[2000:]} == {("Saws",)}
    assert {str(item.price) for item in (items[0], items[-1])} == {"1.50", "1500.75"}
    assert len(parts) < 40
    assert isinstance(parts[0], Batch)


def test_a_continuation_goes_on_with_the_last_item_of_a_run():
    rows: list[Any] = [["Code", "Name", "Price"], *([f"A-{n}", f"Drill {n}", f"{n}.50"] for n in range(1, 71))]
    rows.insert(65, ["", "with a case and two batteries", ""])
    items = list(reading_of(rows, default_currency="EUR"))
    assert len(items) == 70
    assert [item.supplier_sku for item in items if item.characteristics] == ["A-64"]
