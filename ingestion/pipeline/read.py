"""Second stage: the parser understands the list, in a process of its own; what it understood is kept with the run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction

from ingestion.errors import NeedsPerson, TakesForceLater
from ingestion.lists.opened import OpenedList, open_for_run
from ingestion.models.facts import (
    ColumnLook,
    ColumnUnderstood,
    DriftedColumn,
    DriftReport,
    SheetUnderstood,
    Understanding,
)
from ingestion.pipeline.context import Context
from ingestion.pipeline.staging.lines import Lines, blocks
from ingestion.pricegrid import ColumnGuess, Message, Reading, SheetUnderstanding, parts_of
from ingestion.pricegrid.memory import Drifted, SeenColumn
from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.verdict import Examined, Verdict, VerdictKind
from ingestion.reader import apart, limits_for
from ingestion.texts import text_of

READ_SHARE = 70  # per cent of a run's progress; the rest is for the statements
# Notes that say that something of the list did not go in, or not as it is meant.
LEFT_OUT = (lists.SHEET_LEFT_OUT.code, lists.SOME_LATER.code, lists.WITHDRAWN.code, lists.BASIS_OF_ROW.code)
TYPICAL_ROWS = 20_000  # where the length of the list is not known


@dataclass(frozen=True)
class ReadTally:
    """What there is to say of a list when all its rows have been read."""

    mode: str
    has: list[str]  # the optional changes (`columns.OPTIONAL`) that the list tells
    items: int
    failed: int
    skipped: int
    noted: int  # items with notes
    unkeyed: int  # items whose keys PostgreSQL has to make
    samples: dict[str, str]
    errors: dict[str, int]
    next_day: str | None  # ISO 8601: when the first of the prices that are not in force yet is
    understanding: Understanding

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "understanding": self.understanding.to_json()}

    @classmethod
    def from_json(cls, sent: Mapping[str, Any]) -> ReadTally:
        return cls(**{**sent, "understanding": Understanding.from_json(sent["understanding"])})


def read(context: Context) -> Context:
    """Begins the transaction, and starts the process that reads: it sends while `stage` writes."""
    opened, held = open_for_run(context.run), context.held
    path = held.run.enter_context(opened.file())
    held.run.enter_context(transaction.atomic())
    work = partial(told, opened, path, is_dry=context.run.dry_run)
    reader = apart(work, limits=limits_for(path), on_wait=context.report)
    return replace(context, bars=opened.bars, messages=held.reader.enter_context(reader))


def told(opened: OpenedList, path: Path, *, is_dry: bool = False) -> Iterator[bytes | dict[str, Any]]:
    """The work of the reading process: lines for COPY, how far it is after each block of them, at last the tally.

    Raises ListRefused where the list cannot be read, NeedsPerson where it is not beyond doubt how, TakesForceLater
    where its day is still to come; what it will change then, a dry run shows now.
    """
    with opened.examined(path) as examined:
        reading = beyond_doubt(examined)
        if examined.takes_force_on is not None and not is_dry:
            raise later_of(examined, examined.takes_force_on)
        lines = Lines(reading.mode or "full")
        for block in blocks(map(lines.of, parts_of(reading))):
            yield block
            yield {"progress": progress_of(reading)}
        yield {"tally": tally_of(reading, lines).to_json()}


def progress_of(reading: Reading) -> float:
    """How far the reading is, in per cent of the run."""
    rows = reading.rows_read
    expected = reading.rows_expected or rows + TYPICAL_ROWS
    return READ_SHARE * min(rows / max(expected, 1), 1)


def tally_of(reading: Reading, lines: Lines) -> ReadTally:
    return ReadTally(
        mode=lines.mode,
        has=sorted(lines.has),
        items=lines.items,
        failed=lines.failed,
        skipped=sum(reading.skipped.values()),
        noted=lines.noted,
        unkeyed=lines.keys.left,
        samples=lines.samples,
        errors=dict(lines.errors),
        next_day=day.isoformat() if (day := getattr(reading, "next_day", None)) else None,
        understanding=understanding_of(reading),
    )


def understanding_of(reading: Reading) -> Understanding:
    return Understanding(
        mode=reading.mode,
        notes=tuple(map(text_of, reading.notes)),
        skipped=dict(reading.skipped),
        sheets=tuple(map(sheet_understood, reading.sheets)),
        left_out=tuple(text_of(note) for note in all_notes_of(reading) if note.code in LEFT_OUT),
    )


def all_notes_of(reading: Reading) -> Iterator[Message]:
    """Also those that several sheets have."""
    seen = [note for sheet in reading.sheets for note in sheet.notes]
    yield from seen
    yield from (note for note in reading.notes if note not in seen)


def sheet_understood(sheet: SheetUnderstanding) -> SheetUnderstood:
    return SheetUnderstood(
        name=sheet.name,
        chosen=sheet.chosen,
        reason=text_of(sheet.reason),
        header_rows=tuple(sheet.header_rows),
        data_start_row=sheet.data_start_row,
        columns=tuple(map(column_understood, sheet.columns)),
        currency=sheet.currency,
        decimal_sign=sheet.decimal_sign,
        mode=sheet.mode,
        confidence=sheet.confidence,
        notes=tuple(map(text_of, sheet.notes)),
    )


def column_understood(column: ColumnGuess) -> ColumnUnderstood:
    confidence = round(column.confidence, 3)
    return ColumnUnderstood(column.letter, column.header, column.field, confidence, text_of(column.reason))


# A list that is not read beyond doubt: the run asks instead of guessing, before anything is stored.


def beyond_doubt(examined: Examined) -> Reading:
    """Raises ListRefused where the list cannot be read, NeedsPerson where it is not beyond doubt how."""
    verdict = examined.verdict()
    if verdict.kind is VerdictKind.ASKS:
        raise question_of(examined, verdict) from examined.refusal
    if examined.reading is None:
        assert examined.refusal is not None
        raise examined.refusal
    return examined.reading


def later_of(examined: Examined, day: date) -> TakesForceLater:
    later = TakesForceLater(lists.LATER.message(day=day.isoformat()), day.isoformat())
    later.sheets = examined.sheets
    return later


def question_of(examined: Examined, verdict: Verdict) -> NeedsPerson:
    asked = [text_of(message) for message in verdict.questions]
    question = NeedsPerson(" ".join(asked), report_of(examined.drifted).to_json() if examined.drifted else None)
    question.questions, question.sheets = asked, examined.sheets
    question.codes = [message.code for message in verdict.questions]
    return question


def report_of(found: Drifted) -> DriftReport:
    """What is kept with the run, for its page and for binding anew."""
    changes = (
        DriftedColumn(
            kind=str(drift.kind),
            message=text_of(drift.message),
            sheet=drift.sheet,
            field=drift.old.field if drift.old else "",
            old=column_look(drift.old),
            new=column_look(drift.new),
        )
        for drift in found.drifts
    )
    return DriftReport(tuple(changes), found.settings)


def column_look(column: SeenColumn | None) -> ColumnLook | None:
    return ColumnLook(column.letter, column.header, tuple(column.samples)) if column else None
