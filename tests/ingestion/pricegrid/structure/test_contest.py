"""The question about two ways to read a sheet."""

from __future__ import annotations

from collections.abc import Sequence

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.structure.competition import Outcome
from ingestion.pricegrid.structure.contest import CONTESTED_ROWS, contest_of
from ingestion.pricegrid.structure.evidence import Evidence, Looked, figures
from ingestion.pricegrid.structure.header import find_header
from ingestion.pricegrid.structure.interpretations import DiffersIn, Interpretation, first_choice, proposals
from ingestion.pricegrid.structure.sample import take_sample
from ingestion.pricegrid.structure.under_header import UnderHeader
from tests.ingestion.pricegrid.grids import grid_of, reading_of

ROWS: list[list[Cell]] = [["Code", "Name", "Price", "Zqwrtx"]]
ROWS += [[f"A-{i}", f"Drill of {i * 10} mm", 20.5 + i, 31.25 + i] for i in range(12)]


def under(rows: Sequence[Sequence[Cell]]) -> UnderHeader:
    sample = take_sample(grid_of(rows))
    return UnderHeader(sample, find_header(sample, Hints()), Hints())


def with_another_price(found: UnderHeader) -> Interpretation:
    return next(each for each in proposals(found) if each.change is DiffersIn.PRICE)


def test_the_columns_that_differ_are_shown_with_rows_of_each() -> None:
    found = under(ROWS)
    outcome = Outcome(first_choice(found), 0.3, with_another_price(found), Looked(found.sample))
    message = contest_of(outcome)
    assert message is not None
    assert message.code == lists.TWO_READINGS.code
    assert (message.params["first"], message.params["second"]) == ("C “Price”", "D “Zqwrtx”")
    assert message.params["first_rows"] == "2: 20.5; 3: 21.5; 4: 22.5"
    assert str(message.params["second_rows"]).count(";") == CONTESTED_ROWS - 1
    assert message.params["percent"] == 30


def test_where_the_columns_are_the_same_the_headers_are_named() -> None:
    found = under([["Code", "Name", "Price", "Zqwrtx"], [], *ROWS])
    first = first_choice(found)
    below = take_sample(grid_of([["", "", "", ""], [], *ROWS]))
    other = first_choice(UnderHeader(below, find_header(below, Hints()), Hints()))
    message = contest_of(Outcome(first, 0.3, other, Looked(found.sample)))
    assert message is not None
    assert message.code == lists.TWO_HEADERS.code
    assert {message.params["first"], message.params["second"]} == {"1", "3"}


def test_without_another_one_the_price_itself_is_doubted() -> None:
    found = under(ROWS)
    message = contest_of(Outcome(first_choice(found), 0.3, None, Looked(found.sample)))
    assert message is not None
    assert message.code == lists.DOUBTED.code
    assert "2: 20.5" in str(message)


def test_what_people_have_set_is_not_contested() -> None:
    assert contest_of(Outcome(first_choice(under(ROWS)), 1.0)) is None


def test_a_list_of_stocks_that_may_have_prices_is_contested() -> None:
    rows: list[list[Cell]] = [["Code", "Name", "Stock", "Zqwrtx"]]
    rows += [[f"A-{i}", f"Drill of {i} mm", i, i % 3] for i in range(1, 13)]
    found = under(rows)
    outcome = Outcome(first_choice(found), 0.3, with_another_price(under(ROWS)), Looked(found.sample))
    assert outcome.best.price is None
    message = contest_of(outcome)
    assert message is not None
    assert (message.params["first"], message.params["first_rows"]) == ("-", "-")
    assert reading_of(rows).sheets[0].mode == "stock"


def test_a_column_that_is_not_what_it_was_in_the_last_list_is_asked_about() -> None:
    rows: list[list[Cell]] = [["Code", "Name", "Price 03.2026", "Your price"], *ROWS[1:]]
    sheet = reading_of(rows, earlier_columns={"Price 02.2026": "price", "Name": "name"}).sheets[0]
    assert [doubt.code for doubt in sheet.doubts] == [lists.NOT_AS_BEFORE.code]
    assert "column C “Price 03.2026” was the price" in str(sheet.doubts[0])
    assert "now D “Your price” would be it" in str(sheet.doubts[0])
    assert reading_of(rows, earlier_columns={"Your price": "price"}).sheets[0].doubts == []
    mapped = reading_of(rows, earlier_columns={"Price 02.2026": "price"}, column_mapping={"D": "price"})
    assert mapped.sheets[0].doubts == []


def test_a_reading_that_agrees_with_the_last_list_is_surer() -> None:
    alone, known = (reading_of(ROWS, earlier_columns=earlier).sheets[0] for earlier in ({}, {"Price": "price"}))
    assert known.confidence >= alone.confidence
    assert known.contest is not None
    figures = [figures_of_memory({"Price": "price"}), figures_of_memory({"Zqwrtx": "price"}), figures_of_memory({})]
    assert figures == [(1.0, 0.0), (0.0, 1.0), (None, None)]


def figures_of_memory(earlier: dict[str, str]) -> tuple[float | None, float | None]:
    sample = take_sample(grid_of(ROWS))
    hints = Hints(earlier_columns=earlier)
    found = figures(Evidence(Looked(sample), first_choice(UnderHeader(sample, find_header(sample, hints), hints))))
    return found.get("earlier_same"), found.get("earlier_other")
