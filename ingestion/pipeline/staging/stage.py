"""Third stage: rows stream from the reading into one temporary table, and the list's own contradictions are settled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.db import connection
from django.utils.translation import gettext

from ingestion.pipeline.context import Context, Staged
from ingestion.pipeline.guarding.guards import ignored
from ingestion.pipeline.read import ReadTally
from ingestion.pipeline.staging import queries
from ingestion.pipeline.statements import analyze
from ingestion.pipeline.watch import interruptible
from ingestion.pricegrid import RowKind
from ingestion.pricegrid.problems import codes
from ingestion.pricegrid.verdict import RowCounts, verdict_of
from ingestion.reader import Messages
from ingestion.texts import text_of

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
        queries.index_failed()
    staged = replace(staged, ignored=ignored(context, staged))
    counts = RowCounts(staged.successful, staged.failed, staged.ignored)
    questions = tuple(map(text_of, verdict_of(context.bars, counts=counts).questions))
    understanding = replace(tally.understanding, skipped=with_repetitions(tally, staged), questions=questions)
    return replace(
        context,
        staged=staged,
        understanding=understanding,
        question=" ".join(questions),
    )


def with_repetitions(tally: ReadTally, staged: Staged) -> dict[str, int]:
    """The rows that are no items, by their kind: which of them repeat others is known once all are staged."""
    skipped, repetitions = dict(tally.understanding.skipped), staged.skipped - tally.skipped
    if repetitions:
        skipped[RowKind.DUPLICATE] = skipped.get(RowKind.DUPLICATE, 0) + repetitions
    return skipped


def fill_stage(messages: Messages, report: Callable[[float], None]) -> ReadTally:
    """The stage with what the reading process sends."""
    queries.create_stage()
    tally: ReadTally | None = None
    with connection.cursor() as cursor:
        cursor.execute(SETTINGS)
    with queries.copy() as rows:
        for message in messages:
            if isinstance(message, bytes):
                rows.write(message)
            elif "tally" in message:
                tally = ReadTally.from_json(message["tally"])
            else:
                report(message["progress"])
    analyze("stage", "supplier_sku", "error_type", "category")  # what statements join and filter by
    assert tally is not None
    return tally


def staged_of(tally: ReadTally) -> Staged:
    return Staged(
        tally.mode,
        frozenset(tally.has),
        skipped=tally.skipped,
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
    repeated = queries.duplicates(**messages, cause=codes.REPEATED.code)
    return staged.without(repeated.exact).refused(repeated.collided, repeated.sample)


def refuse_unknown(staged: Staged, supplier_id: int) -> Staged:
    """Only a full list says enough of an item to make a new one."""
    if staged.mode == "full":
        return staged
    message = gettext(codes.UNKNOWN.template) % {"code": "%1$s"}
    return staged.refused(*queries.unknown(supplier=supplier_id, message=message, cause=codes.UNKNOWN.code))
