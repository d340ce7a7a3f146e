from ingestion.pricegrid.cells.letters import column_index, column_letter
from ingestion.pricegrid.records import Item, RowError
from ingestion.pricegrid.rows.derived_codes import derived_code, twins
from ingestion.pricegrid.rows.duplicates import FirstRows, without_duplicates
from ingestion.pricegrid.values.category_path import split_path
from tests.ingestion.pricegrid.grids import items_of, reading_of


def test_the_code_of_an_item_is_always_the_same():
    assert derived_code("Steel  Pipe", ["2 m"]) == derived_code("steel pipe", ["2 M"])
    assert derived_code("Steel pipe", ["2 m"]) != derived_code("Steel pipe", ["3 m"])


def test_twins():
    assert twins(["a", "b", "a", "c", "b"]) == {"a", "b"}


HEAD = ["Name", "Colour", "Price"]


def test_a_code_depends_on_nothing_but_the_name_while_that_is_unique():
    before = items_of([HEAD, ["Drill", "red", 10], ["Saw", "blue", 9]])
    after = items_of([HEAD, ["Vice", "grey", 5], ["Saw", "green", 12], ["Drill", "red", 10]])
    assert {item.name: item.supplier_sku for item in before}.items() <= {
        item.name: item.supplier_sku for item in after
    }.items()


def test_equal_names_are_told_apart_by_what_differs():
    items = items_of([HEAD, ["Drill", "red", 10], ["Drill", "blue", 10], ["Saw", "red", 9]])
    assert len({item.supplier_sku for item in items}) == 3


def test_equal_names_are_told_apart_by_their_sections():
    cells = [["Name", "Unit", "Price"], ["Tools"], ["Set", "pc", 10], ["Garden"], ["Set", "pc", 12], ["Hose", "m", 1]]
    assert len({item.supplier_sku for item in items_of(cells)}) == 3


def test_the_first_of_two_equal_codes_is_taken_and_the_other_names_its_row():
    cells = [["Code", "Name", "Price"], ["A-1", "Drill", 10], ["A-2", "Saw", 9], ["A-1", "Drill", 11]]
    records = list(without_duplicates(reading_of(cells)))
    assert [record.row_number for record in records if isinstance(record, Item)] == [2, 3]
    error = next(record for record in records if isinstance(record, RowError))
    assert error.row_number == 4
    assert "row 2" in str(error.message)


def test_paths():
    assert split_path("A > B -> C->") == ("A", "B", "C")
    assert split_path("Nuts/bolts") == ("Nuts/bolts",)
    assert split_path("Tools/Saws/Hand saws") == ("Tools", "Saws", "Hand saws")
    assert split_path("") == ()


def test_letters():
    assert [column_letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert [column_index(text) for text in ("A", "z", "AA", "Name", "A1", "")] == [0, 25, 26, None, None, None]


def test_the_first_row_of_every_one_of_many_codes():
    rows = FirstRows(places=4)
    assert {rows.of(f"A-{number}", number) for number in range(1, 5000)} == {None}
    assert [rows.of(f"A-{number}", 0) for number in (1, 2500, 4999)] == [1, 2500, 4999]
