from collections import Counter
from decimal import Decimal

import pytest

from ingestion.pricegrid.cells.grid import CellError, Formula, Style
from ingestion.pricegrid.records import Item
from tests.ingestion.pricegrid.grids import errors_of, grid_of, items_of, reading_of

HEAD = ["Code", "Name", "Unit", "Price"]
LOUD = Style(bold=True, fill="FFFFCC")


def skipped(cells, **hints):
    reading = reading_of(cells, **hints)
    list(reading)
    return dict(reading.skipped)


def categories(grid, **hints):
    return {item.name: item.category_path for item in items_of(grid, **hints)}


class TestSections:
    def test_a_row_with_one_text(self):
        cells = [HEAD, ["", "Tools"], ["A-1", "Drill", "pc", 10], ["", "Pumps"], ["B-1", "Pump", "pc", 90]]
        assert categories(cells) == {"Drill": ("Tools",), "Pump": ("Pumps",)}

    def test_in_the_code_column(self):
        cells = [HEAD, ["GARDEN TOOLS"], ["A-1", "Drill", "pc", 10], ["PUMPS"], ["B-1", "Pump", "pc", 90]]
        assert categories(cells) == {"Drill": ("GARDEN TOOLS",), "Pump": ("PUMPS",)}

    def test_merged_across(self):
        cells = [HEAD, ["Tools"], ["A-1", "Drill", "pc", 10], ["Pumps"], ["B-1", "Pump", "pc", 90]]
        assert categories(grid_of(cells, merges=[(2, 1, 2, 4), (4, 1, 4, 4)])) == {
            "Drill": ("Tools",),
            "Pump": ("Pumps",),
        }

    def test_the_same_text_in_every_cell(self):
        cells = [HEAD, ["Tools"] * 4, ["A-1", "Drill", "pc", 10], ["Pumps"] * 4, ["B-1", "Pump", "pc", 90]]
        assert categories(cells) == {"Drill": ("Tools",), "Pump": ("Pumps",)}

    def test_a_title_and_its_subtitle_that_look_the_same(self):
        cells = [
            HEAD,
            ["", "Tools"],
            ["", "Hand tools"],
            ["A-1", "Saw", "pc", 10],
            ["", "Drills"],
            ["A-2", "Drill", "pc", 90],
        ]
        assert categories(cells) == {"Saw": ("Tools", "Hand tools"), "Drill": ("Tools", "Drills")}

    def test_the_font_tells_the_depth(self):
        large, small = Style(bold=True, font_size=14), Style(bold=True, font_size=12)
        cells = [
            ["Name", "Price"],
            ["Tools"],
            ["Hand tools"],
            ["Saw", 10],
            ["Drills"],
            ["Drill", 90],
            ["Garden"],
            ["Spade", 5],
        ]
        grid = grid_of(cells, styles={(2, 1): large, (3, 1): small, (5, 1): small, (7, 1): large})
        assert categories(grid) == {"Saw": ("Tools", "Hand tools"), "Drill": ("Tools", "Drills"), "Spade": ("Garden",)}

    def test_numbers_tell_the_depth(self):
        cells = [
            ["No.", "Name", "Unit", "Price"],
            ["1", "Tools"],
            ["1.1", "Saws"],
            ["1.1.1", "Saw", "pc", 10],
            ["2", "Garden"],
        ]
        assert categories([*cells, ["2.0.1", "Spade", "pc", 5]]) == {"Saw": ("Tools", "Saws"), "Spade": ("Garden",)}

    def test_written_again_after_a_page_break(self):
        cells = [HEAD, ["", "Tools"], ["A-1", "Saw", "pc", 10], [], ["", "Tools"], ["A-2", "Drill", "pc", 90]]
        assert set(categories(cells).values()) == {("Tools",)}

    def test_disguised_as_an_item(self):
        cells = [["Name", "Price", "Stock"], ["Saw", 10, 5], ["Drills", "Price", 7], ["Drill", 90, 3]]
        assert categories(cells) == {"Saw": (), "Drill": ("Drills",)}

    def test_where_names_and_prices_are_all_there_is_a_title_has_to_look_like_one(self):
        cells = [["Name", "Price"], ["Tools"], ["Saw", 10], ["Spade"], ["Drill", 90]]
        grid = grid_of(cells, styles={(2, 1): LOUD})
        assert categories(grid) == {"Saw": ("Tools",), "Drill": ("Tools",)}
        assert [error.row_number for error in errors_of(grid)] == [4]

    def test_can_be_turned_off(self):
        cells = [HEAD, ["", "Tools"], ["A-1", "Drill", "pc", 10]]
        assert categories(cells, section_rule="off") == {"Drill": ()}

    def test_titles_without_items_below_are_a_footer(self):
        assert skipped([HEAD, ["A-1", "Drill", "pc", 10], ["", "Thank you"]]) == {"header": 1, "footer": 1}

    def test_whoever_shows_rows_is_told_of_a_footer_as_it_is_counted(self):
        reading = reading_of([HEAD, ["", "Tools"], ["A-1", "Drill", "pc", 10], ["", "Thank you"], ["", "Goodbye"]])
        told = {}
        reading.on_skip = lambda _sheet, number, kind: told.update({number: kind})
        list(reading)
        assert told == {1: "header", 2: "section", 4: "footer", 5: "footer"}
        assert Counter(told.values()) == reading.skipped


class TestOtherRows:
    @pytest.mark.parametrize("word", ["Total", "Grand total:", "Итого", "Summe"])
    def test_totals(self, word):
        assert skipped([HEAD, ["A-1", "Drill", "pc", 10], [word, "", "", 10]])["total"] == 1

    def test_a_name_that_begins_like_a_total_is_an_item(self):
        cells = [["Name", "Unit", "Price"], ["Total Quartz motor oil", "l", 10], ["Brake fluid", "l", 5]]
        assert len(items_of(cells)) == 2

    def test_repeated_headers_and_blank_rows(self):
        row = ["A-1", "Drill", "pc", 10]
        assert skipped([HEAD, row, [], HEAD, ["A-2", "Saw", "pc", 9]]) == {"header": 2, "blank": 1}

    def test_notes(self):
        cells = [
            HEAD,
            ["A-1", "Drill", "pc", 10],
            ["* while stocks last"],
            ["A-2", "Saw", "pc", 9],
            ["Call +49 30 1234567"],
        ]
        assert skipped(cells)["note"] == 2

    def test_further_ingredients_go_on_with_the_item_above(self):
        cells = [["Code", "Name", "Ingredient", "Price"], ["A-1", "Glue", "Resin", 10], ["", "", "Solvent", ""]]
        items = items_of([*cells, ["A-2", "Oil", "Linseed", 5]])
        assert [item.characteristics["Ingredient"] for item in items] == ["Resin; Solvent", "Linseed"]

    def test_a_name_that_goes_on_in_the_next_row(self):
        cells = [HEAD, ["A-1", "Steel pipe", "m", 10], ["", "with thread"], ["A-2", "Rod", "m", 5]]
        assert skipped(cells)["continuation"] == 1
        assert items_of(cells)[0].characteristics["Name"] == "with thread"


class TestMergedRows:
    def test_a_name_over_several_sizes(self):
        cells = [["Name", "Size", "Price"], ["Shirt", "S", 10], [None, "M", 11], ["Hat", "M", 5]]
        items = items_of(grid_of(cells, merges=[(2, 1, 3, 1)]))
        assert [item.name for item in items] == ["Shirt", "Shirt", "Hat"]
        assert len({item.supplier_sku for item in items}) == 3

    def test_a_price_over_several_rows_is_one_item(self):
        cells = [["Name", "Size", "Price"], ["Shirt", "S", 10], ["in cotton", None, None], ["Hat", "M", 5]]
        assert [item.price for item in items_of(grid_of(cells, merges=[(2, 3, 3, 3)]))] == [10, 5]

    def test_a_name_that_is_written_once_without_a_merge(self):
        cells = [
            ["Name", "Size", "Price"],
            ["Honey", "250 g", 5],
            ["", "500 g", 9],
            ["Pollen", "250 g", 8],
            ["", "1 kg", 14],
        ]
        assert [item.name for item in items_of(cells)] == ["Honey", "Honey", "Pollen", "Pollen"]

    def test_a_category_that_is_written_once(self):
        cells = [
            ["Category", "Code", "Name", "Price"],
            ["Pipes", "A-1", "Pipe", 9],
            ["", "A-2", "Rod", 8],
            ["Nuts", "B-1", "Nut", 1],
            ["", "B-2", "Wing nut", 2],
        ]
        assert [item.category_path for item in items_of(cells)] == [("Pipes",), ("Pipes",), ("Nuts",), ("Nuts",)]


class TestErrors:
    @pytest.mark.parametrize("price", [0, -5, None, "on request", CellError("#REF!"), Formula("=A1*2"), "1-2"])
    def test_a_row_without_a_usable_price(self, price):
        errors = errors_of([HEAD, ["A-1", "Drill", "pc", price], ["A-2", "Saw", "pc", 9], ["A-3", "Vice", "pc", 9]])
        assert [error.row_number for error in errors] == [2]
        assert errors[0].row_data["Name"] == "Drill"

    def test_zero_may_be_a_price(self):
        cells = [HEAD, ["A-1", "Drill", "pc", 0], ["A-2", "Saw", "pc", 9]]
        assert [item.price for item in items_of(cells, zero_is_price=True)] == [0, 9]

    def test_no_name(self):
        cells = [HEAD, ["A-1", "", "pc", 5], *[[f"B-{n}", f"Saw {n}", "pc", n] for n in range(1, 20)]]
        assert [error.row_number for error in errors_of(cells)] == [2]

    def test_a_code_is_missing_by_mistake(self):
        cells = [HEAD, ["", "Drill", "pc", 5], *[[f"B-{n}", f"Saw {n}", "pc", n] for n in range(1, 200)]]
        assert [error.row_number for error in errors_of(cells)] == [2]

    def test_codes_that_are_often_missing_are_derived(self):
        cells = [HEAD, ["", "Drill", "pc", 5], ["B-1", "Saw", "pc", 3], ["B-2", "Vice", "pc", 3]]
        assert [item.sku_is_derived for item in items_of(cells)] == [True, False, False]

    def test_a_code_shortened_by_a_spreadsheet(self):
        cells = [HEAD, ["8.71E+12", "Drill", "pc", 5], ["B-1", "Saw", "pc", 3]]
        assert "shortened" in str(errors_of(cells)[0].message)


def test_records_come_in_row_order_and_carry_their_rows():
    cells = [HEAD, ["A-1", "Drill", "pc", 5], ["A-2", "Saw", "pc", "call"], ["A-3", "Vice", "pc", Decimal(3) and 3.0]]
    records = list(reading_of(cells))
    assert [record.row_number for record in records] == [2, 3, 4]
    assert [isinstance(record, Item) for record in records] == [True, False, True]


def test_codes_keep_zeros_that_exist_only_in_the_number_format():
    grid = grid_of([HEAD, [42, "Drill", "pc", 5], [43, "Saw", "pc", 3]])
    grid.styles = {(row, 1): Style(number_format="00000") for row in (2, 3)}
    assert [item.supplier_sku for item in items_of(grid)] == ["00042", "00043"]


def test_stock_of_several_warehouses():
    cells = [["Code", "Name", "Price", "Stock 1", "Stock 2"], ["A-1", "Drill", 5, 3, 4], ["A-2", "Saw", 5, 0, 0]]
    assert [(item.stock.quantity, item.stock.availability) for item in items_of(cells) if item.stock] == [
        (7, "in_stock"),
        (0, "out_of_stock"),
    ]


class TestAnotherHeader:
    PUMPS = [["Pumps"], ["Code", "Name", "Price"], ["P-1", "Small pump", 10], ["P-2", "Large pump", 20]]

    def test_whose_columns_are_others_is_understood_anew(self):
        pipes = [["Pipes"], ["Code", "Name", "Diameter", "Price"], ["R-1", "Pipe", 25, 3], ["R-2", "Tube", 50, 4]]
        items = items_of([*self.PUMPS, *pipes])
        assert [(item.supplier_sku, item.price) for item in items] == [("P-1", 10), ("P-2", 20), ("R-1", 3), ("R-2", 4)]
        assert items[2].category_path == ("Pipes",)

    def test_that_is_not_understood_gives_errors_and_no_price(self):
        spares = [["Code", "Name", "Diameter", "Price"], ["R-1", "Pipe", 25, "call"], ["R-2", "Tube", 50, "call"]]
        cells = [*self.PUMPS, *spares]
        assert [item.supplier_sku for item in items_of(cells)] == ["P-1", "P-2"]
        assert [error.row_number for error in errors_of(cells)] == [6, 7]


class TestWithoutAHeader:
    ROWS = [["A-100", "Large pump", 1200.5], ["A-101", "Valve", 300.0], ["A-102", "Pipe", 12.5]]

    def test_the_title_of_the_list_is_no_section(self):
        cells = [["Example Ltd"], ["Prices of 01.02.2024"], *self.ROWS]
        assert {item.category_path for item in items_of(cells)} == {()}

    def test_where_sections_follow_the_first_title_is_one_too(self):
        cells = [["PUMPS"], *self.ROWS, ["FITTINGS"], ["B-1", "Elbow", 2.5]]
        assert [item.category_path for item in items_of(cells)] == [("PUMPS",)] * 3 + [("FITTINGS",)]
