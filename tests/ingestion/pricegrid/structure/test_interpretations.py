from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.structure.header import find_header
from ingestion.pricegrid.structure.interpretations import DiffersIn, proposals
from ingestion.pricegrid.structure.sample import take_sample
from ingestion.pricegrid.structure.under_header import UnderHeader
from tests.ingestion.pricegrid.grids import grid_of

ROWS = [["Code", "Name", "Price", "Zqwrtx", "Type"]] + [
    [f"A-{i}", f"Drill of {i * 10} mm", 20.5 + i, 31.25 + i, "Hand tools"] for i in range(12)
]


def proposed(rows, **hints):
    sample = take_sample(grid_of(rows))
    return proposals(UnderHeader(sample, find_header(sample, Hints(**hints)), Hints(**hints)))


def test_the_first_is_that_of_first_choice():
    first = proposed(ROWS)[0]
    assert (first.change, first.price, first.name, first.code) == (DiffersIn.NONE, 2, 1, 0)


def test_each_other_one_differs_in_one_thing():
    first, *others = proposed(ROWS)
    assert {other.change for other in others} >= {DiffersIn.PRICE, DiffersIn.CODE}
    prices = [other for other in others if other.change is DiffersIn.PRICE]
    assert [(other.price, other.name, other.code) for other in prices] == [(3, 1, 0)]
    assert prices[0].columns.guesses[2].field is Field.PRICE_TIER
    assert first.columns.guesses[2].field is Field.PRICE


def test_another_row_that_holds_header_words_is_a_header_too():
    above = [["Code", "Price", "Name"]]
    assert any(each.change is DiffersIn.HEADER for each in proposed([*above, [], *ROWS]))


def test_what_people_have_set_stays():
    assert all(each.price == 2 for each in proposed(ROWS, column_mapping={"C": "price"}))
