from ingestion.pricegrid.cells.merges import SheetRow
from ingestion.pricegrid.records import Message
from ingestion.pricegrid.rows.habits import Habits
from ingestion.pricegrid.structure.header import Header
from ingestion.pricegrid.structure.layout import Layout

HEADER = Header((1,), (("Code",), ("Name",), ("Unit",), ("Origin",), ("Price",)), 2, 1.0, Message(""))
LAYOUT = Layout(None, "full", HEADER, 5, ("Code", "Name", "Unit", "Origin", "Price"), price=4, code=0, names=(1,))
ITEMS = [SheetRow(at, [f"A-{at}", f"Saw {at}", f"{at} kg", "Spain", 5 + at]) for at in range(2, 12)]
GROUPS = [SheetRow(20, ["Pumps", "RG 1"]), SheetRow(25, ["Taps", "RG 2"])]


def habits(sample=(), items=ITEMS):
    return Habits(LAYOUT, lambda cell: "" if cell is None else str(cell).strip(), [*items, *sample], items)


class TestWithoutFillers:
    def test_what_every_item_holds(self):
        assert habits().without_fillers({1: "Saws", 3: "Spain"}) == {1: "Saws"}

    def test_a_header_above_its_own_column(self):
        assert habits().without_fillers({1: "Saws", 3: "  ORIGIN"}) == {1: "Saws"}
        assert habits().without_fillers({1: "Origin"}) == {1: "Origin"}

    def test_of_two_items_nothing_is_usual(self):
        assert habits(items=ITEMS[:2]).without_fillers({3: "Spain"}) == {3: "Spain"}


class TestOutOfPlace:
    def test_a_word_where_amounts_stand(self):
        assert habits().is_out_of_place(2, "SYRUPS")
        assert not habits().is_out_of_place(2, "2 kg")
        assert not habits().is_out_of_place(2, "or more")

    def test_another_word_where_one_word_always_stands(self):
        assert habits().is_out_of_place(3, "Fruit")

    def test_a_name_is_in_its_place(self):
        rows = [row._replace(cells=[*row.cells[:2], f"alloy {'x' * row.number}", *row.cells[3:]]) for row in ITEMS]
        assert not habits(items=rows).is_out_of_place(2, "Steel")


class TestOverfull:
    def test_a_whole_row_where_a_short_value_stands(self):
        assert habits().is_overfull(2, "A-12;Saw 12;12 kg;Spain;17")
        assert not habits().is_overfull(2, "or more than that")
        assert not habits().is_overfull(2, "120 kg")


class TestDiscountGroups:
    def test_several_with_one_word(self):
        assert habits(GROUPS).is_discount_group("RG 14")
        assert not habits(GROUPS).is_discount_group("Saw 2")

    def test_one_alone_is_none(self):
        assert not habits(GROUPS[:1]).is_discount_group("RG 1")

    def test_not_a_word_that_items_have(self):
        items = [*ITEMS, SheetRow(30, ["A-30", "RG 7", "1 kg", "Spain", 9])]
        assert not habits(GROUPS, items).is_discount_group("RG 1")
