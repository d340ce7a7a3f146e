"""What a run says of itself in the end."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace

import pytest
from django.db import connection
from django.utils import timezone

from ingestion.models import IngestionRun
from ingestion.models.facts import ChangeSummary, ErrorCount, RunCounts, Understanding
from ingestion.pipeline.context import Context, Differences, Guarded, Held, Staged
from ingestion.pipeline.outcome import asking, ended, nothing_to_do
from ingestion.runs.supplier_lock import Presence

SEEN = Understanding("full")
SUMMARY = ChangeSummary({"new": 2})
MIXED = Staged(
    "full", skipped=4, successful=5, failed=1, samples={"ValidationError": "no"}, counts={"ValidationError": 1}
)
FOUND = Differences(new=2, changed=1, missing=3, held=1)


def context(staged: Staged, **run) -> Context:
    held = Held(ExitStack(), ExitStack(), ExitStack())
    knows = Context(IngestionRun(**run), Presence(connection), held, 1, timezone.now(), revision=7, found=FOUND)
    return replace(knows, staged=staged, understanding=SEEN)


def end(staged: Staged, said: tuple[str, ...] = (), found: Differences = FOUND, **run):
    return ended(replace(context(staged, **run), guarded=Guarded(said=said), found=found), SUMMARY)


def test_some_rows_failed():
    outcome = end(MIXED)
    assert (outcome.status, outcome.message, outcome.revision) == ("partial_success", "", 7)
    assert (outcome.understanding, outcome.summary) == (SEEN, SUMMARY)
    assert outcome.errors == {"ValidationError": ErrorCount(1, "no")}
    assert outcome.counts == RunCounts(
        total_rows=6, successful_rows=5, failed_rows=1, skipped_rows=4, new_items=2, changed_items=1, unchanged_items=1,
        missing_items=3, new_drafts=2, held_items=1,
    )  # fmt: skip


def test_all_is_well():
    outcome = end(Staged("full", successful=5), found=Differences(new=2))
    assert (outcome.status, outcome.message) == ("success", "")


def test_held_prices_are_no_plain_success():
    outcome = end(Staged("full", successful=5), ("1 price is held.",))
    assert (outcome.status, outcome.message, outcome.counts.held_items) == ("partial_success", "1 price is held.", 1)
    assert end(Staged("full", successful=5)).status == "partial_success"


def test_items_with_notes_are_counted():
    outcome = end(Staged("full", successful=5, noted=2), found=Differences(new=2))
    assert (outcome.status, outcome.message) == ("success", "2 items carry notes: see them.")


def test_what_a_guard_left_out_is_no_plain_success():
    outcome = end(Staged("full", successful=5), ("3 items were not marked missing.",), Differences(changed=1))
    assert (outcome.status, outcome.message) == ("partial_success", "3 items were not marked missing.")


def test_not_one_row_is_a_failure():
    outcome = end(Staged("full", failed=2, samples={"ParserError": "no"}, counts={"ParserError": 2}))
    assert (outcome.status, outcome.error_type) == ("failure", "ParserError")
    assert "No row of the list could be used" in outcome.message
    assert end(Staged("full")).error_type == "ValidationError"


@pytest.mark.parametrize("run", [{"dry_run": True}, {"applies_id": 1}])
def test_dry_run_that_was_to_apply_another_says_why_it_is_one(run):
    assert not end(MIXED, **run).message
    assert "changed since the dry run" in end(MIXED, dry_run=True, applies_id=1).message


def test_too_many_rows_failed():
    outcome = asking(replace(context(MIXED), question="Take it in?", waits_for="quality", found=Differences()))
    assert (outcome.status, outcome.waits_for, outcome.error_type) == ("waiting", "quality", "ValidationError")
    assert (outcome.message, outcome.summary, outcome.understanding) == ("Take it in?", None, SEEN)
    assert (outcome.counts.successful_rows, outcome.counts.unchanged_items) == (5, 0)


def test_nothing_was_to_be_done():
    outcome = nothing_to_do()
    assert (outcome.status, outcome.understanding, outcome.counts) == ("success", None, RunCounts())
    assert "the same" in outcome.message
