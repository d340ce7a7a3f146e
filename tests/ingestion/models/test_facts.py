"""What a run says of itself comes back as it was said, and what is not there has its default."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.models import IngestionRun
from ingestion.models.facts import (
    ChangeSummary,
    ColumnLook,
    ColumnUnderstood,
    DriftedColumn,
    DriftReport,
    ErrorCount,
    PriceBar,
    RemovedCategory,
    RunCounts,
    SheetUnderstood,
    Understanding,
    errors_from_json,
    errors_to_json,
)
from tests.factories import RunFactory

texts = st.text(max_size=8)
counts = st.integers(0, 10**9)
shares = st.floats(0, 1)
modes = st.sampled_from(["full", "prices", "stock", None])


def tuples(each: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(each, max_size=3).map(tuple)


columns = st.builds(ColumnUnderstood, texts, texts, texts, shares, texts)
sheets = st.builds(
    SheetUnderstood,
    name=st.none() | texts,
    chosen=st.booleans(),
    reason=texts,
    header_rows=tuples(counts),
    data_start_row=st.none() | counts,
    columns=tuples(columns),
    currency=st.none() | texts,
    decimal_sign=st.none() | texts,
    mode=modes,
    confidence=shares,
    notes=tuples(texts),
)
understandings = st.builds(Understanding, modes, tuples(texts), st.dictionaries(texts, counts), tuples(sheets))
bars = st.builds(PriceBar, st.none() | st.integers(-50, 100), st.none() | st.integers(-50, 100), counts)
summaries = st.builds(
    ChangeSummary,
    buckets=st.dictionaries(texts, counts),
    histogram=tuples(bars),
    movers=tuples(counts),
    median=st.none() | st.decimals(-100, 100, places=2),
    guards=tuples(texts),
    new_span=st.none() | st.tuples(counts, counts),
    is_complete=st.booleans(),
    categories=tuples(st.builds(RemovedCategory, counts, st.none() | counts, texts)),
)
looks = st.builds(ColumnLook, texts, texts, tuples(texts))
drifts = st.builds(DriftedColumn, texts, texts, st.none() | texts, texts, st.none() | looks, st.none() | looks)
reports = st.builds(DriftReport, tuples(drifts), st.none() | st.dictionaries(texts, texts))


@given(understandings | summaries | reports)
def test_facts_come_back_from_json(facts):
    kept = json.loads(json.dumps(facts.to_json()))
    assert type(facts).from_json(kept) == facts


@given(st.dictionaries(texts, st.builds(ErrorCount, counts, texts)))
def test_errors_come_back_from_json(errors):
    assert errors_from_json(json.loads(json.dumps(errors_to_json(errors)))) == errors


@pytest.mark.parametrize("kind", [Understanding, ChangeSummary, DriftReport])
def test_nothing_kept_is_nothing_said(kind):
    assert kind.from_json({}) == kind()


def test_what_another_version_kept_is_readable():
    sheet = {"sheet": "Old", "chosen": True, "columns": [{"letter": "A", "colour": "red"}], "weather": "fine"}
    found = Understanding.from_json({"sheets": [sheet], "mood": 1})
    assert found.read == [SheetUnderstood("Old", chosen=True, columns=(ColumnUnderstood("A"),))]
    report = DriftReport.from_json({"changes": [{"message": "It moved.", "old": {"letter": "B"}, "why": 1}]})
    assert report.changes == (DriftedColumn("", "It moved.", old=ColumnLook("B")),)


def test_only_some_sheets_are_read():
    read, left = SheetUnderstood("A", chosen=True), SheetUnderstood("B")
    assert Understanding(sheets=(left, read)).read == [read]


def test_conflicts_are_no_changes():
    assert ChangeSummary(buckets={"price_up": 2, "new": 1, "conflict": 5}).changed == 3


def test_the_columns_of_a_run_bear_the_names_of_its_counts():
    names = {field.name for field in IngestionRun._meta.get_fields()}
    assert set(RunCounts.__dataclass_fields__) <= names


@pytest.mark.django_db
class TestOfARun:
    def test_says_what_is_in_its_columns(self):
        understanding = Understanding("full", ("A note",), {"blank": 1}, (SheetUnderstood("A", chosen=True),))
        summary = ChangeSummary({"new": 1}, (PriceBar(None, -50, 0),), median=Decimal("1.50"), new_span=(1, 2))
        report = DriftReport((DriftedColumn("moved", "It moved.", new=ColumnLook("C", "Price", ("1",))),), {"a": "b"})
        run = RunFactory(
            understanding=understanding.to_json(),
            summary=summary.to_json(),
            drift=report.to_json(),
            error_counts=errors_to_json({"ParserError": ErrorCount(1, "no")}),
        )
        run.refresh_from_db()
        assert (run.understood(), run.summed_up(), run.drifted()) == (understanding, summary, report)
        assert run.errors() == {"ParserError": ErrorCount(1, "no")}
        assert run.has_change_set

    def test_that_has_not_ended_says_nothing(self):
        run = RunFactory()
        assert (run.understood(), run.summed_up(), run.drifted(), run.errors()) == (
            Understanding(),
            None,
            DriftReport(),
            {},
        )
