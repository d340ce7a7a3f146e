"""Third stage: rows stream from the reading into one temporary table, and the list's own contradictions are settled."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils.translation import gettext

from ingestion.errors import ErrorType
from ingestion.pipeline.read import Outcome
from ingestion.pipeline.staging import queries
from ingestion.pipeline.statements import analyze
from ingestion.pricegrid.problems import codes

Progress = Callable[[float], None]


# Local to the transaction. Sorts and hash tables of a hundred thousand rows fit into this memory; just-in-time
# compilation costs more than it saves on statements that run once; a small sample of a temporary table says enough; and
# a list touches a small part of a large catalog, found faster by index than by reading all of it.
SETTINGS = (
    "SET LOCAL work_mem = '128MB'; SET LOCAL jit = off; SET LOCAL default_statistics_target = 10; "
    "SET LOCAL random_page_cost = 1.1"
)


@dataclass
class Staged:
    """What is in the stage, in numbers."""

    mode: str
    has: frozenset[str] = frozenset()  # the optional changes (`columns.OPTIONAL`) that the list tells
    ignored: int = 0  # of the failed rows, those of causes that nobody wants to see
    skipped: int = 0
    successful: int = 0
    failed: int = 0
    samples: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def add_errors(self, count: int, sample: str | None) -> None:
        """Rows that were items until now."""
        if count:
            self.successful -= count
            self.failed += count
            self.counts[ErrorType.VALIDATION] = self.counts.get(ErrorType.VALIDATION, 0) + count
            self.samples.setdefault(ErrorType.VALIDATION, sample or "")


def settle(outcome: Outcome, *, supplier_id: int) -> Staged:
    """What of the staged rows can be taken."""
    staged = Staged(
        outcome.mode,
        frozenset(outcome.has),
        skipped=outcome.skipped,
        successful=outcome.items,
        failed=outcome.failed,
        samples=outcome.samples,
        counts=outcome.errors,
    )
    settle_duplicates(staged)
    if staged.mode != "full":
        refuse_unknown(staged, supplier_id)
    return staged


def stage_rows(messages: Iterable[bytes | dict[str, Any]], progress: Progress) -> Outcome:
    """Fills the stage with what the reading process sends."""
    queries.stage()
    outcome: Outcome | None = None
    with connection.cursor() as cursor:
        cursor.execute(SETTINGS)
    with queries.copy() as rows:
        for message in messages:
            if isinstance(message, bytes):
                rows.write(message)
            elif "outcome" in message:
                outcome = Outcome.from_json(message["outcome"])
            else:
                progress(message["progress"])
    analyze("stage", "supplier_sku", "error_type", "category")  # what statements join and filter by
    assert outcome is not None
    return outcome


def settle_duplicates(staged: Staged) -> None:
    places = {"code": "%1$s", "row": "%2$s", "sheet": "%3$s"}  # PostgreSQL's format() fills them in
    messages = {
        "same_sheet": gettext(codes.REPEATED.template) % places,
        "other_sheet": gettext(codes.REPEATED_ELSEWHERE.template) % places,
    }
    repeated = queries.duplicates(**messages, cause=codes.REPEATED.code)
    staged.successful -= repeated.exact
    staged.skipped += repeated.exact
    staged.add_errors(repeated.collided, repeated.sample)


def refuse_unknown(staged: Staged, supplier_id: int) -> None:
    message = gettext(codes.UNKNOWN.template) % {"code": "%1$s"}
    staged.add_errors(*queries.unknown(supplier=supplier_id, message=message, cause=codes.UNKNOWN.code))
