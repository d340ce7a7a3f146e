"""Third stage: rows stream from the reading into one temporary table, and the list's own contradictions are settled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.db import connection
from django.utils.translation import gettext

from ingestion.errors import ErrorType
from ingestion.pipeline.lines import COLUMNS, Lines
from ingestion.pipeline.statements import execute, select
from ingestion.sheet.batch import Part, parts_of
from ingestion.sheet.records import Reading, gettext_noop

WORTH_SENDING = 100_000  # characters
COPY = f"COPY stage ({', '.join(COLUMNS)}) FROM STDIN WITH (NULL '')"

REPEATED = gettext_noop(
    "The code “%(code)s” stands in row %(row)s already, with other values: that row was taken, not this one."
)
REPEATED_ELSEWHERE = gettext_noop(
    "The code “%(code)s” stands in row %(row)s of the sheet “%(sheet)s” already, with other values: "
    "that row was taken, this one was not."
)
UNKNOWN = gettext_noop(
    "The code “%(code)s” is not known: a list without names or without prices only updates items that are in the "
    "catalog already. Take in the supplier's full list first."
)

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
    has_stock: bool = False
    has_retail: bool = False
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


def stage(reading: Reading, *, supplier_id: int, progress: Callable[[], None]) -> Staged:
    """Fills the stage; `progress` is called every few hundred rows."""
    lines = Lines(reading.mode or "full")
    execute("stage")
    copy_rows(parts_of(reading), lines, progress)
    staged = Staged(
        lines.mode,
        lines.has_stock,
        lines.has_retail,
        skipped=sum(reading.skipped.values()),
        successful=lines.items,
        failed=lines.failed,
        samples=lines.samples,
        counts=dict(lines.errors),
    )
    settle_duplicates(staged)
    if staged.mode != "full":
        refuse_unknown(staged, supplier_id)
    return staged


def copy_rows(parts: Iterable[Part], lines: Lines, progress: Callable[[], None]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SETTINGS)
        with cursor.copy(COPY) as copy:
            for block in blocks(map(lines.of, parts)):
                copy.write(block)
                progress()
        cursor.execute("ANALYZE stage (supplier_sku, error_type, category)")  # what statements join and filter by


def blocks(lines: Iterable[str]) -> Iterator[bytes]:
    """Lines at once that are worth sending; a lone surrogate, which no encoding has, becomes a question mark."""
    held: list[str] = []
    size = 0
    for some in lines:
        held.append(some)
        size += len(some)
        if size >= WORTH_SENDING:
            yield encoded(held)
            held, size = [], 0
    if held:
        yield encoded(held)


def encoded(lines: Iterable[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def settle_duplicates(staged: Staged) -> None:
    places = {"code": "%1$s", "row": "%2$s", "sheet": "%3$s"}  # PostgreSQL's format() fills them in
    messages = {"same_sheet": gettext(REPEATED) % places, "other_sheet": gettext(REPEATED_ELSEWHERE) % places}
    repetitions, collisions, sample = select(
        "duplicates", {"error_type": ErrorType.VALIDATION, "cause": REPEATED, **messages}
    )
    staged.successful -= repetitions
    staged.skipped += repetitions
    staged.add_errors(collisions, sample)


def refuse_unknown(staged: Staged, supplier_id: int) -> None:
    message = gettext(UNKNOWN) % {"code": "%1$s"}
    params = {"error_type": ErrorType.VALIDATION, "message": message, "cause": UNKNOWN, "supplier": supplier_id}
    staged.add_errors(*select("unknown", params))
