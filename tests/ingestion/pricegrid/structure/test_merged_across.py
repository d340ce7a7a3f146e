from tests.ingestion.pricegrid.grids import errors_of, grid_of, items_of

HEAD = ["No.", "Author", "", "Title", "Pages", "Price"]


def books(count):
    return [[at, f"Author {at}", "", f"Waves, volume {at}", 100 + at, 200 + at] for at in range(1, count + 1)]


class TestNames:
    def test_a_name_in_the_column_beside_is_the_rows_own(self):
        rows = books(10)
        for at in (2, 3, 7):
            rows[at][2], rows[at][3] = rows[at][3], ""
        grid = grid_of([HEAD, *rows], merges=[(at + 2, 3, at + 2, 4) for at in (2, 3, 7)])
        assert [item.name for item in items_of(grid)] == [f"Waves, volume {at}" for at in range(1, 11)]

    def test_also_where_names_are_written_once_for_several_rows(self):
        rows = books(10)
        for at in (1, 2, 5, 6):
            rows[at][3] = ""
        rows[8][2], rows[8][3] = rows[8][3], ""
        grid = grid_of([HEAD, *rows], merges=[(10, 3, 10, 4)])
        names = {item.row_number: item.name for item in items_of(grid)}
        assert names[3] == names[4] == "Waves, volume 1"
        assert names[10] == "Waves, volume 9"

    def test_over_the_code_and_the_name(self):
        rows = [[f"A-{at}", f"Saw {at}", 5 + at] for at in range(10)]
        rows[4] = ["Saw without a code", "", 20]
        grid = grid_of([["Code", "Name", "Price"], *rows], merges=[(6, 1, 6, 2)])
        assert {item.row_number: item.name for item in items_of(grid)}[6] == "Saw without a code"

    def test_down_and_across(self):
        rows = books(10)
        for at in (4, 5):
            rows[at][3] = ""
        rows[4][2] = "Waves, both volumes"
        grid = grid_of([HEAD, *rows], merges=[(6, 3, 7, 4)])
        names = {item.row_number: item.name for item in items_of(grid)}
        assert names[6] == names[7] == "Waves, both volumes"

    def test_a_title_over_many_columns_stays_where_it_is(self):
        grid = grid_of([HEAD, *books(4), ["", "Antennas"], *books(8)[4:]], merges=[(6, 2, 6, 6)])
        assert items_of(grid)[-1].category_path == ("Antennas",)

    def test_the_name_of_the_item_above_is_not_carried_into_a_merged_cell(self):
        rows = [[f"A-{at}", f"Saw {at // 2}" if at % 2 == 0 else "", "steel", 5 + at] for at in range(10)]
        rows[7][0] = "A-7"
        rows[7][2] = ""
        grid = grid_of([["Code", "Name", "Material", "Price"], *rows], merges=[(9, 1, 9, 2)])
        assert 9 in {error.row_number for error in errors_of(grid)}
