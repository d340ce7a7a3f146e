"""Whether a list is stored, a person is asked, or it is refused: one verdict, whoever reads it. Public.

examined = examine(book, hints, Bars(confidence={"price": 0.6}, failed_percent=20), profile)
rows = examined.taken()
for row in rows: ...            # items that can be stored, and errors
examined.verdict(rows.counts)   # Verdict(VerdictKind.ASKS, questions=(Message(...),))
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ingestion.pricegrid.cells.grid import Book, Sheet
from ingestion.pricegrid.fields import FIELDS, Field
from ingestion.pricegrid.memory.drift import Drifted, Profile
from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.reading import SheetReading, understand
from ingestion.pricegrid.records import ListRefused, Message, Reading, SheetUnderstanding
from ingestion.pricegrid.rows.duplicates import OnRepetition
from ingestion.pricegrid.rows.taken import RowCounts, TakenRows
from ingestion.pricegrid.rows.tally import OnSkip
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.structure.in_force import is_for_later

__all__ = [
    "USUAL_CONFIDENCE",
    "USUAL_FAILED_PERCENT",
    "USUAL_READING_CONFIDENCE",
    "Bars",
    "Examined",
    "RowCounts",
    "Verdict",
    "VerdictKind",
    "examine",
    "verdict_of",
]

USUAL_CONFIDENCE: Mapping[str, float] = {"price": 0.6, "supplier_sku": 0.6, "name": 0.5}
USUAL_READING_CONFIDENCE = 0.4  # of a sheet as a whole
USUAL_FAILED_PERCENT = 50  # all as those who run the system have them, unless they say otherwise
FEWEST_ROWS = 10  # a share of fewer rows says nothing


class VerdictKind(StrEnum):
    STORED = "stored"
    ASKS = "asks"
    REFUSED = "refused"


@dataclass(frozen=True)
class Verdict:
    """`questions` where a person is asked, `reason` where the list is refused; neither where it is stored."""

    kind: VerdictKind
    questions: tuple[Message, ...] = ()
    reason: Message | None = None

    @property
    def said(self) -> tuple[Message, ...]:
        return self.questions or ((self.reason,) if self.reason else ())


@dataclass(frozen=True)
class Bars:
    """What a list must come up to, so that nobody is asked."""

    confidence: Mapping[str, float] = field(default_factory=dict)  # the least that a column must have, by field, 0..1
    failed_percent: int | None = None  # of the rows, that may fail; None: all
    ignored: AbstractSet[str] = frozenset()  # causes of row errors that count for nothing there
    is_confirmed: bool = False  # a person has said how the list is read: nothing about that is asked
    needs_currency: bool = False  # it is known who charges the prices: each is in some currency
    reading: float = USUAL_READING_CONFIDENCE  # the least that the reading of a sheet as a whole must have, 0..1


def verdict_of(
    bars: Bars,
    *,
    sheets: Sequence[SheetUnderstanding] = (),
    drifted: Drifted | None = None,
    refusal: ListRefused | None = None,
    counts: RowCounts | None = None,
) -> Verdict:
    """The verdict on what is known of a list: how it was understood, and `counts` once its rows have been read.

    What a person has to answer before it can be read comes first: no row matters before that.
    """
    about_reading = () if bars.is_confirmed else questions_of(bars, sheets, drifted, refusal)
    questions = distinct((*about_reading, *currency_questions(bars, sheets)))
    if questions:
        return Verdict(VerdictKind.ASKS, questions)
    if refusal is not None:
        return Verdict(VerdictKind.REFUSED, reason=refusal.message)
    if counts is None:
        return Verdict(VerdictKind.STORED)
    if not counts.items:
        return Verdict(VerdictKind.REFUSED, reason=lists.NO_USABLE_ROW.message())
    if too_many_failed(bars, counts):
        facts = {"failed": counts.heeded, "total": counts.total, "limit": bars.failed_percent}
        return Verdict(VerdictKind.ASKS, (lists.TOO_MANY_FAILED.message(**facts),))
    return Verdict(VerdictKind.STORED)


def questions_of(
    bars: Bars, sheets: Sequence[SheetUnderstanding], drifted: Drifted | None, refusal: ListRefused | None
) -> Iterator[Message]:
    """What changed since a person saw such a list explains all else, so it is asked alone."""
    if drifted is not None and drifted.drifts:
        yield lists.DRIFTED.message()
        yield from (drift.message for drift in drifted.drifts)
    elif refusal is not None:
        if refusal.answerable:
            yield refusal.message
    else:
        for sheet in sheets:
            if sheet.chosen:
                yield from unsure(sheet, bars)


def unsure(sheet: SheetUnderstanding, bars: Bars) -> Iterator[Message]:
    yield from sheet.doubts
    if sheet.contest is not None and sheet.confidence < bars.reading and not sheet.doubts:
        yield sheet.contest
    for guess in sheet.columns:
        if guess.confidence < bars.confidence.get(guess.field, 0):
            yield lists.UNSURE.message(
                letter=guess.letter,
                header=guess.header,
                field=Message(FIELDS.get(guess.field, Field.CHARACTERISTIC).traits.label),  # a plug-in may say any
                percent=round(100 * guess.confidence),
                reason=guess.reason,
            )


def currency_questions(bars: Bars, sheets: Sequence[SheetUnderstanding]) -> Iterator[Message]:
    """Asked also of a list that is confirmed: who said which column is the price has not said in which currency."""
    for sheet in sheets:
        if bars.needs_currency and sheet.chosen and sheet.lacks_currency:
            price = next(guess for guess in sheet.columns if guess.field == Field.PRICE)
            yield lists.NO_CURRENCY.message(column=price.letter, header=price.header)


def too_many_failed(bars: Bars, counts: RowCounts) -> bool:
    limit, total = bars.failed_percent, counts.total
    return limit is not None and total >= FEWEST_ROWS and counts.heeded * 100 > limit * total


def distinct(messages: Iterable[Message]) -> tuple[Message, ...]:
    """Several sheets may raise the same question."""
    return tuple({str(message): message for message in messages}.values())


@dataclass(frozen=True)
class Examined:
    """How a list was understood. `reading` is None where it was not: then `refusal` says why."""

    bars: Bars
    reading: Reading | None = None
    refusal: ListRefused | None = None
    drifted: Drifted | None = None
    hints: Hints = field(default_factory=Hints)  # that it was understood with

    @property
    def sheets(self) -> Sequence[SheetUnderstanding]:
        if self.reading is not None:
            return self.reading.sheets
        return self.refusal.sheets if self.refusal is not None else ()

    @property
    def notes(self) -> Sequence[Message]:
        """What has to be said of the list; complete once its rows have been read."""
        later = self.takes_force_on
        of_day = (lists.LATER.message(day=later.isoformat()),) if later else ()
        return (*of_day, *self.reading.notes) if self.reading is not None else ()

    @property
    def takes_force_on(self) -> date | None:
        """The day from which on its prices are in force, where that is still to come."""
        days = [
            sheet.valid_from for sheet in self.sheets if sheet.chosen and is_for_later(sheet.valid_from, self.hints)
        ]
        return min((day for day in days if day), default=None)

    def verdict(self, counts: RowCounts | None = None) -> Verdict:
        """What is to become of it; without `counts`, if nothing is wrong with its rows."""
        return verdict_of(self.bars, sheets=self.sheets, drifted=self.drifted, refusal=self.refusal, counts=counts)

    def taken(
        self,
        *,
        on_skip: OnSkip | None = None,
        on_repetition: OnRepetition | None = None,
    ) -> TakenRows:
        """The rows as they are stored; none where the list was not understood. `on_skip` is told of the others.

        `on_repetition` is told the items that repeat an earlier one exactly.
        """
        if isinstance(self.reading, SheetReading):
            self.reading.on_skip = on_skip
        return TakenRows(
            self.reading or (),
            needs_currency=self.bars.needs_currency and not any(currency_questions(self.bars, self.sheets)),
            ignored=self.bars.ignored,
            on_skip=on_skip,
            on_repetition=on_repetition,
        )

    def close(self) -> None:
        if self.reading is not None:
            self.reading.close()


def examine(book: Book, hints: Hints, bars: Bars, profile: Profile | None = None) -> Examined:
    """Understands a book, and looks whether it still fits what a person has said of lists like it."""

    def drift(sheets: Sequence[Sheet]) -> Drifted | None:
        return profile.drifted(sheets, hints) if profile else None

    try:
        reading = understand(book, hints)
    except ListRefused as refusal:
        visible = [sheet for sheet in book.sheets if sheet.state == "visible"]
        return Examined(bars, refusal=refusal, drifted=drift(visible), hints=hints)
    chosen = [sheet for sheet, found in zip(book.sheets, reading.sheets, strict=True) if found.chosen]
    return Examined(bars, reading, drifted=drift(chosen), hints=hints)
