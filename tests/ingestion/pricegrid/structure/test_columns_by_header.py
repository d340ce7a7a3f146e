import pytest

from ingestion.pricegrid.records import SheetUnderstanding
from ingestion.pricegrid.vocabulary import match_header
from tests.ingestion.pricegrid.grids import grid_of, items_of, reading_of


def sheet_of(cells, **hints) -> SheetUnderstanding:
    return reading_of(cells, **hints).sheets[0]


def fields_of(cells, **hints) -> str:
    return " ".join(guess.field for guess in sheet_of(cells, **hints).columns)


def test_by_their_headers():
    head = ["Article", "Description", "Unit", "Price", "Stock", "Brand", "EAN"]
    rows = [[f"A-{n}", f"Drill {n}", "pc", 10 + n / 4, n, "Acme", f"40063813339{n:02}"] for n in range(1, 9)]
    assert fields_of([head, *rows]) == "supplier_sku name unit price stock brand barcode"


def test_each_says_how_sure_it_is_and_why():
    guess = sheet_of([["Code", "Name", "Price"], ["A-1", "Drill", 10.5], ["A-2", "Saw", 9]]).columns[2]
    assert guess.letter == "C"
    assert guess.confidence > 0.8
    assert "Price" in str(guess.reason)


def test_what_means_nothing_known_is_a_characteristic_under_its_own_header():
    items = items_of([["Code", "Name", "Voltage", "Price"], ["A-1", "Drill", "220 V", 10.5], ["A-2", "Saw", "12 V", 9]])
    assert items[0].characteristics == {"Voltage": "220 V"}


def test_one_word_may_head_a_name_or_a_code():
    codes = [["Item", "Name", "Price"], ["A-100", "Drill", 10.5], ["A-200", "Saw", 9]]
    names = [["Item", "Quantity", "Unit price"], ["Steel drill", 10, 10.5], ["Hand saw", 5, 9.2]]
    assert fields_of(codes) == "supplier_sku name price"
    assert fields_of(names).split()[0] == "name"


def test_a_second_column_of_the_same_kind_is_kept_as_a_characteristic():
    assert fields_of([["Code", "Item code", "Name", "Price"], ["A-1", "9", "Drill", 10.5], ["A-2", "9", "Saw", 9]]) == (
        "supplier_sku characteristic name price"
    )


def test_line_numbers_are_no_codes():
    rows = [[n, f"Drill {n}", 10 + n / 4] for n in range(1, 7)]
    assert fields_of([["No.", "Name", "Price"], *rows]).split()[0] == "ignore"


def test_a_barcode_is_the_code_where_there_is_no_other():
    items = items_of([["EAN", "Name", "Price"], ["4006381333931", "Pen", 1.5], ["4006381333948", "Pencil", 2.5]])
    assert [item.supplier_sku for item in items] == ["4006381333931", "4006381333948"]


def test_without_a_header_by_their_values():
    rows = [["A-100", "Pump with motor", "1200,50"], ["A-101", "Valve", "300"], ["A-102", "Copper pipe", "12,5"]]
    assert fields_of(rows) == "supplier_sku name price"


def test_without_a_header_the_lower_of_two_prices_is_paid():
    rows = [["A1", "Blue widget", 10.5, 15.9], ["A2", "Red gadget", 20, 33], ["A3", "Green thing", 5, 7.5]]
    assert fields_of(rows) == "supplier_sku name price retail_price"


def test_a_header_without_text_above_the_names():
    rows = [[None, "Quantity", "Price"], ["Cola", 5, "2 CHF"], ["Water", 7, "3 CHF"]]
    assert fields_of(rows).split()[::2] == ["name", "price"]


def test_a_name_below_one_merged_header():
    grid = grid_of(
        [["Code", "Name", None, "Price"], ["A-1", "Bolt", "M8", 10], ["A-2", "Bolt", "M10", 12]], merges=[(1, 2, 1, 3)]
    )
    assert [item.name for item in items_of(grid)] == ["Bolt M8", "Bolt M10"]


def test_paths_are_a_category():
    items = items_of(
        [["Goods", "Product", "Price"], ["Home > Garden > Spades", "Spade", 5.5], ["Home > Pots", "Pot", 2]]
    )
    assert items[0].category_path == ("Home", "Garden", "Spades")


def test_what_is_given_wins_by_letter_and_by_header():
    cells = [["Code", "Name", "Price", "Special"], ["A-1", "Drill", 10.5, 8], ["A-2", "Saw", 9, 7]]
    assert items_of(cells, column_mapping={"D": "price"})[0].price == 8
    assert items_of(cells, column_mapping={"special": "price", "C": "ignore"})[0].characteristics == {}


def test_characteristics_in_triples():
    head = ["Code", "Name", "Price"]
    for number in ("", ".1", ".2"):
        head += [f"Feature name{number}", f"Feature unit{number}", f"Feature value{number}"]
    row = ["A-1", "Drill", 10.5, "Power", "W", "500", "Colour", "", "red", "", "", ""]
    items = items_of([head, row, ["A-2", "Saw", 9, *[""] * 9]])
    assert items[0].characteristics == {"Power": "500 W", "Colour": "red"}


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        (["Art", "Bemerkung", "Preis"], "name description price"),
        (["Tipo di cassetta", "Note", "Prezzo"], "name description price"),
        (["Type", "Remarks", "Price"], "name description price"),
        (["Species", "Remarks", "Price"], "name description price"),
        (["Variété", "Remarques", "Prix"], "name description price"),
    ],
)
def test_the_kind_of_goods_is_the_name_where_each_row_has_another(head, fields):
    rows = [[kind, f"grows well in the shade, {kind} too", 10.5] for kind in ("Aster", "Iris", "Gentian", "Thyme")]
    assert fields_of([head, *rows]) == fields


@pytest.mark.parametrize("header", ["Tipo", "Type"])
def test_the_kind_of_goods_groups_them_where_nothing_else_does(header):
    names = ["Apples", "Pears", "Plums", "Leeks"]
    rows = [[name, "Fruit" if name != "Leeks" else "Vegetable", 1.5 + n] for n, name in enumerate(names)]
    assert fields_of([["Name", header, "Price"], *rows]) == "name category price"
    titled = [["Name", header, "Price"], ["Grown here", None, None], *rows]
    assert fields_of(titled) == "name characteristic price"


@pytest.mark.parametrize("header", ["Valore in euro", "Value, EUR", "Wert (EUR)", "Стоимость, руб."])
def test_a_value_is_the_price_where_there_is_neither_price_nor_quantity(header):
    rows = [[f"A-{n}", f"Box {n}", 7.5 + n] for n in range(4)]
    assert fields_of([["Code", "Name", header], *rows]) == "supplier_sku name price"


def test_a_value_beside_a_quantity_is_none():
    rows = [[f"A-{n}", f"Box {n}", n, 7.5 * n] for n in range(1, 5)]
    assert fields_of([["Code", "Name", "Stock", "Value"], *rows]) == "supplier_sku name stock ignore"


@pytest.mark.parametrize(
    ("header", "field"),
    [("IdProd", "supplier_sku"), ("SCat", "category"), ("Opis 1", "name"), ("Num. kat.", "supplier_sku")],
)
def test_headers_that_are_shortened_run_together_or_numbered(header, field):
    assert next(iter(match_header(header))).field == field


def test_codes_with_three_numbers_are_no_dates():
    rows = [[f"20.00.{n:03}", f"Screw {n}", 5.25 + n] for n in range(1, 9)]
    assert fields_of([["Code", "Name", "Price"], *rows]) == "supplier_sku name price"
