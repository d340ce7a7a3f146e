from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.structure.competition import agree, chances, compete, entries
from ingestion.pricegrid.structure.header import find_header
from ingestion.pricegrid.structure.sample import take_sample
from ingestion.pricegrid.structure.under_header import UnderHeader
from ingestion.pricegrid.verdict import Bars, VerdictKind, verdict_of
from tests.ingestion.pricegrid.grids import grid_of, items_of, reading_of

RANKED = [["Code", "Name", "Best price (1 = best)", "Price"]] + [
    [f"A-{i}", f"Drill of {i * 10} mm", 1 + i * 5 % 12, 20.5 + i * 7 % 40] for i in range(12)
]


def under(rows, **hints):
    sample = take_sample(grid_of(rows))
    return UnderHeader(sample, find_header(sample, Hints(**hints)), Hints(**hints))


def test_chances_are_a_share_each_and_that_of_no_list_is_one_of_them():
    _, found = entries(under(RANKED))
    assert abs(sum(chances(found)) - 1) < 1e-9
    assert found[-1].evidence is None


def test_a_reading_agrees_with_itself_alone_where_columns_differ():
    _, found = entries(under(RANKED))
    assert agree(found[0], found[0])
    assert not agree(found[0], found[1])


def test_a_plain_list_is_beyond_doubt():
    rows = [["Code", "Name", "Price"]] + [[f"A-{i}", f"Drill of {i * 10} mm", 20.5 + i * 7 % 40] for i in range(12)]
    assert compete(under(rows)).confidence > 0.9
    assert verdict_of(Bars(), sheets=reading_of(rows).sheets).kind is VerdictKind.STORED


def test_ranks_are_never_the_price_unasked():
    reading = reading_of(RANKED)
    is_asked = verdict_of(Bars(), sheets=reading.sheets).kind is VerdictKind.ASKS
    assert is_asked or [item.price for item in items_of(RANKED)][:2] == [20.5, 27.5]


def test_what_people_have_set_is_not_contested():
    outcome = compete(under(RANKED, column_mapping={"C": "price"}))
    assert (outcome.best.price, outcome.confidence, outcome.second) == (2, 1.0, None)


def test_the_question_shows_both_ways_with_rows_of_each():
    contest = reading_of(RANKED).sheets[0].contest
    assert contest is not None
    assert contest.code in {lists.TWO_READINGS.code, lists.DOUBTED.code}
    assert verdict_of(Bars(reading=1.1), sheets=reading_of(RANKED).sheets).questions
