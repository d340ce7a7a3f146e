"""Third stage: rows stream from the reading into one temporary table, and the list's own contradictions are settled."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext
from psycopg import Copy

from ingestion.errors import ErrorType
from ingestion.models import IngestionRun
from ingestion.pipeline.context import Context, Guarded, Staged
from ingestion.pipeline.guarding.guards import ignored
from ingestion.pipeline.guarding.plausibility import plausibility_of
from ingestion.pipeline.read import ReadTally
from ingestion.pipeline.statements import Statements, analyze, interruptible
from ingestion.pricegrid import RowKind
from ingestion.pricegrid.problems import codes
from ingestion.pricegrid.verdict import RowCounts, verdict_of
from ingestion.reader import Messages
from ingestion.texts import text_of

SQL = Statements(Path(__file__).parent / "sql")

# Local to the transaction. Sorts and hash tables of a hundred thousand rows fit into this memory; just-in-time
# compilation costs more than it saves on statements that run once; a small sample of a temporary table says enough; and
# a list touches a small part of a large catalog, found faster by index than by reading all of it.
SETTINGS = (
    "SET LOCAL work_mem = '128MB'; SET LOCAL jit = off; SET LOCAL default_statistics_target = 10; "
    "SET LOCAL random_page_cost = 1.1"
)


def stage(context: Context) -> Context:
    """Raises what the reading process raised: ListRefused, NeedsPerson."""
    with context.held.reader:
        tally = fill_stage(context.messages, context.report)
    context.held.watch.enter_context(interruptible(context.report))
    staged = refuse_unknown(settle_duplicates(staged_of(tally)), context.supplier_id)
    if staged.counts:
        index_failed()
    staged = replace(staged, ignored=ignored(context, staged))
    counts = RowCounts(staged.successful, staged.failed, staged.ignored)
    rows = verdict_of(context.bars, counts=counts).questions
    seems = plausibility_of(context.run, staged.successful)
    questions = tuple(map(text_of, (*rows, *seems.questions)))
    understanding = replace(
        tally.understanding,
        skipped=with_repetitions(tally, staged),
        questions=questions,
        likely_supplier=seems.likely_supplier,
    )
    return replace(
        context,
        staged=staged,
        understanding=understanding,
        next_day=date.fromisoformat(tally.next_day) if tally.next_day else None,
        guarded=Guarded(said=understanding.left_out),
        question=" ".join(questions),
        waits_for=IngestionRun.WaitsFor.QUALITY if rows else IngestionRun.WaitsFor.PLAUSIBILITY,
    )


def with_repetitions(tally: ReadTally, staged: Staged) -> dict[str, int]:
    """The rows that are no items, by their kind: which of them repeat others is known once all are staged."""
    skipped, repetitions = dict(tally.understanding.skipped), staged.skipped - tally.skipped
    if repetitions:
        skipped[RowKind.DUPLICATE] = skipped.get(RowKind.DUPLICATE, 0) + repetitions
    return skipped


def fill_stage(messages: Messages, report: Callable[[float], None]) -> ReadTally:
    """The stage with what the reading process sends."""
    create_stage()
    tally: ReadTally | None = None
    with connection.cursor() as cursor:
        cursor.execute(SETTINGS)
    with copy() as rows:
        for message in messages:
            if isinstance(message, bytes):
                rows.write(message)
            elif "tally" in message:
                tally = ReadTally.from_json(message["tally"])
            else:
                report(message["progress"])
    assert tally is not None
    if tally.unkeyed:
        make_keys()
    analyze("stage", "sku_key", "error_type", "category")  # what statements join and filter by
    return tally


def staged_of(tally: ReadTally) -> Staged:
    return Staged(
        tally.mode,
        frozenset(tally.has),
        skipped=tally.skipped,
        noted=tally.noted,
        successful=tally.items,
        failed=tally.failed,
        samples=tally.samples,
        counts=tally.errors,
    )


def settle_duplicates(staged: Staged) -> Staged:
    places = {"code": "%1$s", "row": "%2$s", "sheet": "%3$s"}  # PostgreSQL's format() fills them in
    messages = {
        "same_sheet": gettext(codes.REPEATED.template) % places,
        "other_sheet": gettext(codes.REPEATED_ELSEWHERE.template) % places,
    }
    repeated = duplicates(**messages, cause=codes.REPEATED.code, has=staged.has)
    return staged.without(repeated.exact).refused(repeated.collided, repeated.sample)


def refuse_unknown(staged: Staged, supplier_id: int) -> Staged:
    """Only a full list says enough of an item to make a new one."""
    if staged.mode == "full":
        return staged
    message = gettext(codes.UNKNOWN.template) % {"code": "%1$s"}
    return staged.refused(*unknown(supplier=supplier_id, message=message, cause=codes.UNKNOWN.code))


# The statements: each function runs the file of its name in `sql/`.


class Repeated(NamedTuple):
    """Rows whose code stands further up in the list already: told the same again, or something else."""

    exact: int
    collided: int
    sample: str | None  # the message of a collision


class RefusedRows(NamedTuple):
    """Rows that were items until now, and the message of one of them."""

    rows: int
    sample: str | None


def create_stage() -> None:
    """Makes the table."""
    SQL.execute("create_stage")


@contextmanager
def copy() -> Iterator[Copy]:
    """What is written to it goes into the stage."""
    with connection.cursor() as cursor, cursor.copy(SQL.text("copy")) as rows:
        yield rows


def make_keys() -> None:
    SQL.execute("make_keys")


def duplicates(*, same_sheet: str, other_sheet: str, cause: str, has: Collection[str]) -> Repeated:
    """Messages with places for PostgreSQL's format(): the code, the row and (on another sheet) the sheet."""
    error_type = ErrorType.VALIDATION
    params = {"error_type": error_type, "same_sheet": same_sheet, "other_sheet": other_sheet, "cause": cause}
    return Repeated(*SQL.row("duplicates", params, has))


def unknown(*, supplier: int, message: str, cause: str) -> RefusedRows:
    """A message with a place for PostgreSQL's format(): the code."""
    params = {"error_type": ErrorType.VALIDATION, "supplier": supplier, "message": message, "cause": cause}
    return RefusedRows(*SQL.row("unknown", params))


def index_failed() -> None:
    SQL.execute("index_failed")
