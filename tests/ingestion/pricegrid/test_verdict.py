"""One verdict: what is asked, what is refused, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.memory import Profile, fingerprint
from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.records import ColumnGuess, Item, ListRefused, Message, SheetUnderstanding
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.verdict import Bars, Examined, RowCounts, Verdict, VerdictKind, examine, verdict_of
from tests.ingestion.pricegrid.grids import GridBook, grid_of

HEAD: list[Cell] = ["Code", "Name", "Price"]
ROWS: list[list[Cell]] = [[f"A-{number}", f"Garden hose {number} m", number + 0.5] for number in range(1, 20)]
ASKED = Message("Which?")


def sheet(*, confidence: float = 1, doubts: Sequence[Message] = (), chosen: bool = True) -> SheetUnderstanding:
    guess = ColumnGuess("C", "Price", Field.PRICE, confidence, Message("it is a usual header"))
    return SheetUnderstanding("List", chosen=chosen, reason=ASKED, columns=[guess], doubts=list(doubts))


def examined(*rows: Sequence[Cell], profile: Profile | None = None, **bars: Any) -> Examined:
    return examine(GridBook([grid_of([*rows])]), Hints(default_currency="EUR"), Bars(**bars), profile)


def verdict(found: Examined) -> Verdict:
    rows = found.taken()
    list(rows)
    return found.verdict(rows.counts)


def test_a_list_without_doubts_is_stored() -> None:
    assert verdict(examined(HEAD, *ROWS, confidence={"price": 0.6}, failed_percent=20)) == Verdict(VerdictKind.STORED)


def test_an_unsure_column_is_asked_about() -> None:
    found = verdict_of(Bars({"price": 0.9}), sheets=[sheet(confidence=0.7)])
    assert found.kind is VerdictKind.ASKS
    assert "was taken for the price, but that is only 70 % sure (it is a usual header)" in str(found.questions[0])


def test_what_a_sheet_doubts_is_asked_once_and_only_of_sheets_that_are_read() -> None:
    doubting = sheet(doubts=[ASKED])
    assert verdict_of(Bars(), sheets=[doubting, doubting]).questions == (ASKED,)
    assert verdict_of(Bars(), sheets=[sheet(doubts=[ASKED], chosen=False)]).kind is VerdictKind.STORED


def test_nobody_is_asked_again_how_a_list_is_read() -> None:
    bars = Bars({"price": 0.9}, is_confirmed=True)
    assert verdict_of(bars, sheets=[sheet(confidence=0.1, doubts=[ASKED])]).kind is VerdictKind.STORED
    refusal = ListRefused(ASKED, answerable=True)
    assert verdict_of(bars, refusal=refusal) == Verdict(VerdictKind.REFUSED, reason=ASKED)


@pytest.mark.parametrize(
    ("answerable", "said"),
    [(True, Verdict(VerdictKind.ASKS, (ASKED,))), (False, Verdict(VerdictKind.REFUSED, reason=ASKED))],
)
def test_what_a_person_can_answer_is_no_refusal(answerable: bool, said: Verdict) -> None:
    assert verdict_of(Bars(), refusal=ListRefused(ASKED, answerable=answerable)) == said


@pytest.mark.parametrize("is_confirmed", [False, True])
def test_a_currency_that_nothing_says_is_asked_for(is_confirmed: bool) -> None:
    lacking = sheet()
    lacking.lacks_currency = True
    bars = Bars(needs_currency=True, is_confirmed=is_confirmed)
    found = verdict_of(bars, sheets=[lacking])
    assert [question.code for question in found.questions] == ["list.no_currency"]
    assert "column C “Price”" in str(found.questions[0])
    assert verdict_of(Bars(), sheets=[lacking]).kind is VerdictKind.STORED  # it is not known who sends the list
    lacking.chosen = False
    assert verdict_of(bars, sheets=[lacking]).kind is VerdictKind.STORED


def test_while_the_currency_is_asked_for_no_row_fails_for_want_of_it() -> None:
    book = GridBook([grid_of([HEAD, *ROWS])])
    found = examine(book, Hints(), Bars(needs_currency=True, failed_percent=20))
    rows = list(found.taken())
    assert {(type(row), row.currency) for row in rows if isinstance(row, Item)} == {(Item, None)}
    assert len(rows) == len(ROWS)
    assert found.verdict().kind is VerdictKind.ASKS


def test_a_list_without_a_usable_row_is_refused() -> None:
    found = verdict(examined(HEAD, *ROWS[:3], needs_currency=True))
    assert found.kind is VerdictKind.STORED
    nothing = verdict_of(Bars(failed_percent=20), counts=RowCounts(failed=30))
    assert nothing.kind is VerdictKind.REFUSED
    assert nothing.reason
    assert nothing.reason.code == "list.no_usable_row"


@pytest.mark.parametrize(
    ("counts", "kind"),
    [
        (RowCounts(items=8, failed=2), VerdictKind.STORED),
        (RowCounts(items=7, failed=3), VerdictKind.ASKS),
        (RowCounts(items=7, failed=3, ignored=1), VerdictKind.STORED),
        (RowCounts(items=5, failed=4), VerdictKind.STORED),  # too few rows to say
    ],
)
def test_the_share_of_failed_rows(counts: RowCounts, kind: VerdictKind) -> None:
    found = verdict_of(Bars(failed_percent=20), counts=counts)
    assert found.kind is kind
    assert verdict_of(Bars(failed_percent=None), counts=counts).kind is VerdictKind.STORED
    if found.questions:
        assert "3 of 10 rows failed, more than 20 %" in str(found.questions[0])


def test_no_row_matters_before_it_is_answered_how_they_are_read() -> None:
    found = verdict_of(Bars(failed_percent=20), sheets=[sheet(doubts=[ASKED])], counts=RowCounts(failed=30))
    assert found == Verdict(VerdictKind.ASKS, (ASKED,))


def test_a_list_that_drifted_is_asked_about() -> None:
    before = examined(HEAD, *ROWS)
    profile = Profile(fingerprint(before.sheets), {"column_mapping": {"Price": "price"}})
    assert examined(HEAD, *ROWS, profile=profile).verdict().kind is VerdictKind.STORED
    found = examined(["Code", "Name", "Qty", "Price"], *[[*row[:2], 7, row[2]] for row in ROWS], profile=profile)
    asked = found.verdict().questions
    assert "does not look as it did" in str(asked[0])
    assert "moved from C to D" in str(asked[1])


def test_of_a_list_that_is_not_understood_nothing_is_taken() -> None:
    found = examined(["Code", "Name", "Width"], *[[*row[:2], 7.5] for row in ROWS])
    assert found.reading is None
    assert list(found.taken()) == []
    assert [each.name for each in found.sheets] == ["Sheet1"]
    assert found.verdict().kind is VerdictKind.ASKS


@pytest.mark.parametrize("more", [{}, {"Colour": "red"}, {"Stock": 5}, {"Zqwrtx": 0}])
def test_nobody_is_asked_for_the_price_where_nothing_could_be_one(more: dict[str, Cell]) -> None:
    rows = [[row[1], *more.values()] for row in ROWS]
    found = examined(["Name", *more], *rows).verdict()
    assert (found.kind, [each.code for each in found.said]) == (VerdictKind.REFUSED, [lists.WITHOUT_PRICES.code])
