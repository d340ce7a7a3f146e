"""Facts as a person reads them, from lists of our own in many languages; and what must never become one."""

from ingestion.pricegrid.problems import notes
from ingestion.pricegrid.records import NO_FACTS
from tests.ingestion.pricegrid.facts.score import own_lists, score, total
from tests.ingestion.pricegrid.grids import items_of as items_of_grids


def items_of(*rows):
    return items_of_grids(list(rows), default_currency="EUR")


def test_own_lists_are_read_as_a_person_reads_them(tmp_path):
    found = total([score(each) for each in own_lists(tmp_path)])
    assert found.said > 350
    assert found.differences == []


HEADER = ["Code", "Name", "Price", "EAN"]
GOOD = [["A-1", "Cup", "2.00", "4006381333931"], ["A-2", "Jug", "3.00", "5901234123457"]]


def test_an_invalid_barcode_is_a_text_with_a_note():
    *_, wrong = items_of(HEADER, *GOOD, ["A-3", "Pot", "4.00", "4006381333932"])
    assert wrong.facts is NO_FACTS
    assert wrong.characteristics["EAN"] == "4006381333932"
    assert [note.code for note in wrong.notes] == [notes.BARCODE.code]


def test_an_item_without_a_barcode_has_no_note():
    *_, without = items_of(HEADER, *GOOD, ["A-3", "Pot", "4.00", None])
    assert without.notes == ()
    assert without.facts is NO_FACTS


def test_numbers_under_the_header_of_barcodes_are_none_where_their_check_digits_are_wrong():
    rows = [[f"A-{place}", f"Cup {place}", "2.00", str(4006381333000 + place)] for place in range(10)]
    assert not any(item.facts.barcode for item in items_of(HEADER, *rows))


def test_what_goods_are_known_by_may_be_their_barcode():
    first, *_ = items_of(["EAN", "Name", "Price"], *([code, name, price] for _, name, price, code in GOOD))
    assert first.supplier_sku == "4006381333931"
    assert first.facts.barcode == "04006381333931"


def test_weights_without_a_unit_are_no_fact():
    first, _ = items_of([*HEADER[:3], "Weight"], ["A-1", "Cup", "2.00", "250"], ["A-2", "Jug", "3.00", "700"])
    assert first.facts is NO_FACTS
    assert first.characteristics == {"Weight": "250"}


def test_no_header_makes_a_fact_of_what_is_none():
    first, _ = items_of([*HEADER[:3], "Country"], ["A-1", "Cup", "2.00", "north"], ["A-2", "Jug", "3.00", "south"])
    assert first.facts is NO_FACTS
    assert first.characteristics == {"Country": "north"}


def test_the_strength_of_a_medicine_is_neither_its_unit_nor_for_how_many_its_price_is():
    header = ["Code", "Medicine", "Strength", "Unit", "Pack Size", "Price"]
    rows = [
        ["701-1", "Fluorescein", "25", "%", "12", "2640.77"],
        ["701-2", "Ibuprofen", "200", "mg", "24", "3.20"],
        ["701-3", "Amoxicillin", "125", "mg/5ml", "1", "4.10"],
        ["701-4", "Insulin", "100", "IU/ml", "5", "41.00"],
    ]
    items = items_of(header, *rows)
    assert [(item.per_quantity, item.facts.unit, item.facts.pack_size) for item in items] == [
        (1, None, 12), (1, None, 24), (1, None, 1), (1, None, 5),
    ]  # fmt: skip
    assert items[0].characteristics["Unit"] == "%"


def test_a_label_of_quality_is_no_brand():
    items = items_of(["Nr", "Bezeichnung", "Einheit", "Label", "Preis"], ["1", "Äpfel", "kg", "Bioland", "3.20"])
    assert (items[0].facts.brand, items[0].facts.unit) == (None, "kg")
