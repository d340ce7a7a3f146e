import pytest

from ingestion.pricegrid.cells.grid import Merge, Style
from tests.ingestion.pricegrid.grids import Grid, errors_of, grid_of, items_of, reading_of

HEAD = ["Code", "Name", "Unit", "Price"]


def categories(grid, **hints):
    return {item.name: item.category_path for item in items_of(grid, **hints)}


def items(prefix, count, *, start=1, unit="pc"):
    return [[f"{prefix}-{at}", f"{prefix} item {at}", unit, 10 + at] for at in range(start, start + count)]


class TestMergedOverTheRow:
    @pytest.mark.parametrize("title", ["Winter2", "155 70 13", "13", "A-100", "2024", "M6x20"])
    def test_whatever_it_looks_like(self, title):
        cells = [HEAD, ["Tyres"], *items("A", 3), [title], *items("B", 3)]
        found = categories(grid_of(cells, merges=[(2, 1, 2, 4), (6, 1, 6, 4)]))
        assert found["A item 1"] == ("Tyres",)
        assert found["B item 1"] == (title,)

    def test_indented_levels(self):
        cells = [HEAD, ["1 Tyres"], ["13"], ["155 70 13"], ["Summer"], *items("A", 2), ["Winter2"], *items("B", 2)]
        styles = {(row, 1): Style(indent=indent) for row, indent in ((2, 0), (3, 2), (4, 4), (5, 6), (8, 6))}
        styles |= {(row, 1): Style(indent=8) for row in (6, 7, 9, 10)}
        merges = [(row, 1, row, 4) for row in (2, 3, 4, 5, 8)]
        found = categories(grid_of(cells, merges=merges, styles=styles))
        assert found["A item 1"] == ("1 Tyres", "13", "155 70 13", "Summer")
        assert found["B item 1"] == ("1 Tyres", "13", "155 70 13", "Winter2")

    def test_beside_a_running_number(self):
        head = ["No.", "Author", "Title", "Cover", "Price"]
        books = [[at, f"Author {at}", f"Waves, volume {at}", "hard", 100 + at] for at in range(2, 12)]
        cells = [head, [1, "RADIO"], *books[:5], [7, "ANTENNAS"], *books[5:]]
        found = categories(grid_of(cells, merges=[(2, 2, 2, 5), (8, 2, 8, 5)]))
        assert found["Waves, volume 2"] == ("RADIO",)
        assert found["Waves, volume 7"] == ("ANTENNAS",)

    def test_a_row_with_a_code_beside_it_is_an_error(self):
        cells = [HEAD, *items("A", 3), ["B-1", "Sold out until May"], *items("C", 3)]
        grid = grid_of(cells, merges=[(5, 2, 5, 4)])
        assert [error.row_number for error in errors_of(grid)] == [5]
        assert categories(grid)["C item 1"] == ()

    def test_in_a_list_of_stock(self):
        cells = [["Code", "Name", "Unit", "Stock"], ["Pumps"], *items("A", 5)]
        assert set(categories(grid_of(cells, merges=[(2, 1, 2, 4)])).values()) == {("Pumps",)}


class TestFillers:
    def test_what_stands_in_every_row_makes_no_item(self):
        head = ["Group", "Article", "per", "Price EUR", "Origin", "Factor"]
        rows = [[1, f"Carrots {at}", "kg", 3 + at, "Spain", "1,7"] for at in range(5)]
        more = [[2, f"Apples {at}", "kg", 3 + at, "Italy", "1,7"] for at in range(5)]
        cells = [head, *rows, ["", "FRUIT", "", "", " Origin", "1,7"], *more]
        found = categories(cells)
        assert found["Carrots 1"] == ()
        assert found["Apples 1"] == ("FRUIT",)

    def test_an_item_that_lacks_only_its_price_is_no_title(self):
        rows = [[f"Carrots {at}", 3 + at, "EUR"] for at in range(5)]
        grid = Grid([["Name", "Price", "Currency"], *rows, ["Leek", "", "EUR"], *rows], has_styles=True)
        assert next(error.row_number for error in errors_of(grid)) == 7


class TestPlaces:
    def test_in_the_unit_column(self):
        syrups = [[at, f"Tonic {at}", "450ml", 50 + at] for at in range(1, 6)]
        powders = [[at, f"Powder {at}", "100gm", 30 + at] for at in range(6, 11)]
        head = ["No.", "Medicines", "Unit", "Price"]
        found = categories([head, ["", "", "SYRUPS"], *syrups, ["", "", "POWDERS"], *powders])
        assert found["Tonic 1"] == ("SYRUPS",)
        assert found["Powder 6"] == ("POWDERS",)

    def test_what_goes_on_with_a_column_of_words_is_no_title(self):
        rows = [[f"A-{at}", f"Pill {at}", f"Substance {at}", 5 + at] for at in range(8)]
        cells = [["Code", "Name", "Ingredients", "Price"], *rows[:4], ["", "", "Potassium"], *rows[4:]]
        assert items_of(cells)[3].characteristics["Ingredients"] == "Substance 3; Potassium"

    def test_a_group_in_the_code_column_and_its_discount_in_that_of_names(self):
        pumps = [["5110", "VITA 25/6", 484], ["5111", "VITA 30/6", 500]]
        clutches = [["2120", "R1 clutch", 17], ["2121", "R2 clutch", 39]]
        cells = [["Code", "Name", "Price"], ["008_Vita", "PG1"], *pumps, ["007_ACC", "PG14"], *clutches]
        assert categories(cells)["VITA 25/6"] == ("008_Vita",)
        assert categories(cells)["R1 clutch"] == ("007_ACC",)
        assert errors_of(cells) == []

    def test_a_number_that_could_be_a_code_numbers_no_group(self):
        rows = [[str(at), f"Pump {at}", "pc", 5 + at] for at in range(100, 106)]
        cells = [HEAD, *rows[:3], ["110", "Pump without a price"], *rows[3:]]
        assert [error.row_number for error in errors_of(cells)] == [5]

    @pytest.mark.parametrize("numbers", [("I", "II"), ("1", "2"), ("1.", "1.1")])
    def test_numbers_that_count_up_where_items_have_codes(self, numbers):
        first, second = numbers
        cells = [HEAD, [first, "TYRES"], *items("A", 4), [second, "WHEELS"], *items("B", 4)]
        found = categories(Grid(cells, has_styles=True))
        assert found["A item 1"] == ("TYRES",)
        assert found["B item 1"][-1] == "WHEELS"

    @pytest.mark.parametrize("numbers", [("7", "5"), ("4", "4")])
    def test_numbers_that_do_not_are_codes(self, numbers):
        first, second = numbers
        cells = [HEAD, *items("A", 4), [first, "Tyre"], *items("B", 4), [second, "Wheel"], *items("C", 4)]
        assert [error.row_number for error in errors_of(Grid(cells, has_styles=True))] == [6, 11]

    def test_titles_in_lower_case(self):
        found = categories([HEAD, ["", "pumps"], *items("A", 2), ["", "filters"], *items("B", 2)])
        assert found["B item 1"] == ("filters",)

    def test_one_item_without_a_price_is_no_group(self):
        cells = [["Code", "Name", "Price"], ["5110", "VITA 25/6", 484], ["5111", "PG1"], ["5112", "VITA 40/6", 500]]
        assert [error.row_number for error in errors_of(cells)] == [3]


class TestNotes:
    @pytest.mark.parametrize("title", ["Obst", "Stand", "Stand mixers", "Plata", "Notebooks", "*** Tools ***"])
    def test_a_title_that_begins_like_a_note_of_another_language(self, title):
        found = categories([["Code", "Name", "Price"], ["A-1", "Leek", 2], ["", title], ["A-2", "Pear", 3]])
        assert found["Pear"] == (title,)

    @pytest.mark.parametrize(
        "note", ["Note: prices change weekly", "* on request", "All prices are net", "Achtung!", "Stand: 01.02.2026"]
    )
    def test_a_note(self, note):
        found = categories([["Code", "Name", "Price"], ["A-1", "Leek", 2], ["", note], ["A-2", "Pear", 3]])
        assert found["Pear"] == ()


class TestNothingVanishes:
    def test_a_code_alone_in_a_list_without_names(self):
        cells = [["No.", "SKU", "Price", "Unit"], [1, "BOX12X10", 990, "pc"], [2, "BOX13X10", 991, "pc"]]
        cells += [["", "LABEL SHEET"], ["", "BOX"], [3, "BOX14X10", 992, "pc"]]
        assert [error.row_number for error in errors_of(cells)] == [4, 5]

    @pytest.mark.parametrize(
        ("head", "lost"),
        [
            (["No.", "Name", "Unit", "Price", "Stock"], ["7", "Hose 7 m", "", "", ""]),
            (["Name", "Unit", "Stock", "Price", "Brand"], ["Hose 7 m", "", "12", "", ""]),
        ],
    )
    def test_a_number_beside_the_name_of_an_item_without_a_price(self, head, lost):
        def row(at):
            values = {"No.": at, "Name": f"Hose {at} m", "Unit": "pc", "Price": 3.5 + at, "Stock": 3 * at, "Brand": at}
            return [str(values[field]) for field in head]

        cells = [head, *map(row, range(1, 7)), lost, *map(row, range(8, 15))]
        assert [error.row_number for error in errors_of(Grid(cells, is_text=True))] == [8]

    def test_a_code_and_a_quantity_in_a_list_without_names(self):
        rows = [["Lumo", f"53{at}000", at, 100 + at] for at in range(6)]
        cells = [["Maker", "SKU", "Quantity", "Price"], *rows, ["", "101.0012", 4], ["", "101.0013", 1]]
        assert [error.row_number for error in errors_of(cells)] == [8, 9]

    @pytest.mark.parametrize("sign", [";", "|", "\t", ","])
    def test_a_row_in_one_cell(self, sign):
        cells = [HEAD, *items("A", 4), [sign.join(["B-1", "Drill", "pc", "12.50"])], *items("C", 4)]
        assert [error.message.code for error in errors_of(cells)] == ["row.collapsed"]
        assert categories(cells)["C item 1"] == ()

    def test_a_row_that_stands_mostly_in_one_cell(self):
        head = ["Date", "Code", "Name", "Colour", "Price"]
        rows = [[f"2{at}/02/2026", f"A-{at}", f"Saw {at}", f"red {at}", 5 + at] for at in range(8)]
        torn = ["24/02/2026 A-4 Saw with a long name 12.50", "", "", "and blue", ""]
        assert [error.message.code for error in errors_of([head, *rows[:4], torn, *rows[5:]])] == ["row.collapsed"]

    def test_a_title_with_commas_is_not_taken_apart(self):
        cells = [HEAD, *items("A", 4), ["", "Processors (sockets 1150, 1151, 2011, 2066)"], *items("C", 4)]
        assert errors_of(cells) == []

    def test_a_price_that_is_merged_down_counts_for_each_code(self):
        cells = [HEAD, ["A-1", "Saw S", "pc", 10], ["A-2", "Saw M", "pc"], ["A-3", "Saw L", "pc"], *items("B", 3)]
        found = {item.supplier_sku: item.price for item in items_of(grid_of(cells, merges=[(2, 4, 4, 4)]))}
        assert {code: str(found[code]) for code in ("A-1", "A-2", "A-3")} == {"A-1": "10", "A-2": "10", "A-3": "10"}

    def test_and_without_codes_for_each_name(self):
        head = ["No.", "Author", "Title", "Cover", "Price"]
        books = [[at, f"Author {at}", f"Waves, volume {at}", "hard", 100 + at] for at in range(8)]
        books[4][4] = None
        found = {item.name: str(item.price) for item in items_of(grid_of([head, *books], merges=[(5, 5, 6, 5)]))}
        assert found["Waves, volume 4"] == found["Waves, volume 3"] == "103"

    def test_what_goes_on_under_a_merged_price_is_kept(self):
        cells = [HEAD, ["A-1", "Saw", "pc", 10], ["", "with two blades"], *items("B", 3)]
        first = items_of(grid_of(cells, merges=[(2, 4, 3, 4)]))[0]
        assert first.characteristics["Name"] == "with two blades"

    def test_the_code_of_the_item_above_goes_on_with_it(self):
        head = ["Code", "Name", "Substance", "Price"]
        rows = [[f"70530{at}", f"Pill {at}", f"Substance {at}", 5 + at] for at in range(6)]
        cells = [head, *rows[:3], ["705302", "", "Aprepitant"], *rows[3:]]
        assert items_of(cells)[2].characteristics["Substance"] == "Substance 2; Aprepitant"


class TestAboveTheHeader:
    cells = [["Books 2026"], [], ["RADIO"], [], HEAD, *items("A", 3), ["ANTENNAS"], *items("B", 3)]

    def test_the_first_title_looks_like_the_others(self):
        grid = grid_of(self.cells, merges=[(1, 1, 1, 4), (3, 1, 3, 4), (9, 1, 9, 4)], bold=[1, 3, 9])
        found = categories(grid)
        assert found["A item 1"] == ("RADIO",)
        assert found["B item 1"] == ("ANTENNAS",)

    def test_another_look_is_none(self):
        grid = grid_of(self.cells, merges=[(1, 1, 1, 4), (3, 1, 3, 4), (9, 1, 9, 4)], bold=[1, 3])
        assert categories(grid)["A item 1"] == ()


class TestDepth:
    def test_titles_that_look_the_same_have_no_common_root(self):
        cells = [["Item", "Article", "Price"], ["Audio"], ["Fittings"], ["Stands"], ["Slim stand", "A-1", 5]]
        cells += [["Kitchen"], ["Hobs"], ["Gas hobs"], ["Hob Flame", "A-2", 7], ["Induction"], ["Hob Volt", "A-3", 8]]
        cells += [["Hoods"], ["Island hoods"], ["Hood Gale", "A-4", 9]]
        grid = grid_of(cells, bold=[2, 3, 4, 6, 7, 8, 10, 12, 13])
        assert categories(grid) == {
            "Slim stand": ("Audio", "Fittings", "Stands"),
            "Hob Flame": ("Kitchen", "Hobs", "Gas hobs"),
            "Hob Volt": ("Kitchen", "Hobs", "Induction"),
            "Hood Gale": ("Kitchen", "Hoods", "Island hoods"),
        }

    def test_both_titles_again_after_a_page_break(self):
        cells = [HEAD, ["", "Tools"], ["", "Saws"], *items("A", 2), ["", "Tools"], ["", "Saws"], *items("B", 2)]
        assert set(categories(cells).values()) == {("Tools", "Saws")}

    @pytest.mark.parametrize(
        "again", ["Tools (continued)", "Tools - Fortsetzung", "Tools (продолжение)", "Tools, suite", "Tools [cont.]"]
    )
    def test_continued_on_the_next_page(self, again):
        cells = [HEAD, ["", "Tools"], *items("A", 2), ["", again], *items("B", 2)]
        assert set(categories(cells).values()) == {("Tools",)}

    def test_blanks_before_a_title_tell_its_depth(self):
        rows = [["Name", "Unit", "Price"], ["Paper"], ["    Albums"], ["        albums A4"], ["Album 1", "pc", 5]]
        rows += [["    Pads"], ["        pads A5"], ["Pad 1", "pc", 6]]
        found = categories(Grid(rows, is_text=True))
        assert found == {"Album 1": ("Paper", "Albums", "albums A4"), "Pad 1": ("Paper", "Pads", "pads A5")}

    def test_the_title_of_the_list_is_no_root_where_its_items_have_titles(self):
        rows = [["Books of the press"], HEAD, ["", "Radio"], *items("A", 2), ["", "Waves"], *items("B", 2)]
        merges = [Merge(row, 1, row, 3) for row in (1, 3, 6)]
        assert {path[0] for path in categories(grid_of(rows, merges=merges)).values()} == {"Radio", "Waves"}

    def test_a_lower_case_title_that_looks_like_one_is_no_continuation(self):
        cells = [HEAD, ["", "JBL"], *items("A", 3), ["", "series TITAN"], *items("B", 3)]
        looks = {(row, 2): Style(bold=True, fill="FFFF00") for row in (2, 6)}
        assert categories(grid_of(cells, styles=looks))["B item 1"] == ("series TITAN",)


def test_whoever_reads_a_list_with_composed_names_is_told():
    rows = [["Radiator", f"1600{at}", f"300X{at}00", 100 + at] for at in range(4, 10)]
    reading = reading_of([["Category", "Code", "Size", "Price"], *rows])
    assert next(iter(reading)).name == "Radiator 300X400"
    assert [note.params for note in reading.notes] == [{"columns": "A, C"}]
