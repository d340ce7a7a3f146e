"""Reading that asks instead of guessing: whatever is not beyond doubt becomes a question, before anything is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from ingestion.errors import NeedsPerson
from ingestion.lists.opened import OpenedList, Profile
from ingestion.models.facts import ColumnLook, DriftedColumn, DriftReport
from ingestion.pricegrid import Book, Hints, ListRefused, Message, Reading, Sheet, SheetUnderstanding, understand
from ingestion.pricegrid.memory import Drifted, SeenColumn, find_drift
from ingestion.pricegrid.problems import lists
from ingestion.texts import field_label, text_of


def read_beyond_doubt(opened: OpenedList, path: Path) -> Reading:
    reading = opened.reading(path, partial(understood, profile=opened.profile))
    try:
        ask_what_is_unsure(reading.sheets)
    except NeedsPerson:
        reading.close()
        raise
    return reading


def understood(book: Book, hints: Hints, *, profile: Profile | None) -> Reading:
    """What the source's profile no longer fits is asked first, also where that is why nothing is understood."""
    try:
        reading = understand(book, hints)
    except ListRefused as refusal:
        ask_what_changed(profile, [sheet for sheet in book.sheets if sheet.state == "visible"], hints)
        if refusal.answerable:
            question = NeedsPerson(refusal.message)
            question.sheets = refusal.sheets
            raise question from refusal
        raise
    chosen = [sheet for sheet, found in zip(book.sheets, reading.sheets, strict=True) if found.chosen]
    ask_what_changed(profile, chosen, hints)
    return reading


def ask_what_changed(profile: Profile | None, sheets: Sequence[Sheet], hints: Hints) -> None:
    if profile is None:
        return
    found = find_drift(profile.fingerprint, sheets, profile.settings, hints)
    if found.drifts:
        changes = " ".join(text_of(drift.message) for drift in found.drifts)
        text = _("The list does not look as it did when its mapping was saved. %(changes)s") % {"changes": changes}
        raise NeedsPerson(text, report_of(found).to_json())


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


def ask_what_is_unsure(sheets: Sequence[SheetUnderstanding]) -> None:
    questions = [text_of(message) for sheet in sheets if sheet.chosen for message in unsure(sheet)]
    if questions:
        question = NeedsPerson(" ".join(dict.fromkeys(questions)))
        question.sheets = sheets
        raise question


def unsure(sheet: SheetUnderstanding) -> Iterator[Message]:
    yield from sheet.doubts
    for guess in sheet.columns:
        if guess.confidence < settings.INGESTION_CONFIDENCE.get(guess.field, 0):
            yield lists.UNSURE.message(
                letter=guess.letter,
                header=guess.header,
                field=field_label(guess.field),
                percent=round(100 * guess.confidence),
                reason=guess.reason,
            )
