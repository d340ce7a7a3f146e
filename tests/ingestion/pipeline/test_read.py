"""What the reading process says of a list besides its rows."""

from ingestion.models.facts import Understanding
from ingestion.pipeline.read import understanding_of
from ingestion.pricegrid import Message, SheetUnderstanding
from ingestion.pricegrid.problems import lists
from tests.ingestion.price_lists import ListReading


def test_a_sheet_that_was_left_out_with_items_of_its_own_is_told_apart() -> None:
    reading = ListReading({})
    left_out = lists.SHEET_LEFT_OUT.message(sheet="Old", count=7, reason=Message("it is older"))
    notes = [Message("Something else."), left_out]
    reading.sheets = [SheetUnderstanding("New", chosen=True, reason=Message("a list"), notes=notes)]
    found = understanding_of(reading)
    assert found.left_out == ("The sheet “Old” was not read (it is older); 7 of its items stand nowhere else.",)
    assert Understanding.from_json(found.to_json()) == found
