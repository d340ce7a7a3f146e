"""A list that is not read beyond doubt: the run asks instead of guessing, before anything is stored."""

from __future__ import annotations

from ingestion.errors import NeedsPerson
from ingestion.models.facts import ColumnLook, DriftedColumn, DriftReport
from ingestion.pricegrid import Reading
from ingestion.pricegrid.memory import Drifted, SeenColumn
from ingestion.pricegrid.verdict import Examined, Verdict, VerdictKind
from ingestion.texts import text_of


def beyond_doubt(examined: Examined) -> Reading:
    """Raises ListRefused where the list cannot be read, NeedsPerson where it is not beyond doubt how."""
    verdict = examined.verdict()
    if verdict.kind is VerdictKind.ASKS:
        raise question_of(examined, verdict) from examined.refusal
    if examined.reading is None:
        assert examined.refusal is not None
        raise examined.refusal
    return examined.reading


def question_of(examined: Examined, verdict: Verdict) -> NeedsPerson:
    asked = [text_of(message) for message in verdict.questions]
    question = NeedsPerson(" ".join(asked), report_of(examined.drifted).to_json() if examined.drifted else None)
    question.questions, question.sheets = asked, examined.sheets
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
