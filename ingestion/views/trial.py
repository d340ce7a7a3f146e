"""What some settings give on a list, without storing anything: as a run would read it, to the same verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from django.conf import settings as django_settings

from ingestion.pricegrid import Item, RowError, RowKind
from ingestion.pricegrid.problems import cause_of
from ingestion.pricegrid.verdict import Examined, RowCounts, VerdictKind
from ingestion.texts import text_of
from ingestion.views.seen import SheetSeen, seen

Place = tuple[str | None, int]  # a sheet's name and a row's number
SAMPLE_ITEMS = 5
SAMPLE_ROWS = 5


class Offer(NamedTuple):
    code: str
    price: Decimal | None
    currency: str | None


class Mark(NamedTuple):
    """What became of a row: item, error, or why it was skipped."""

    kind: str
    text: str = ""


@dataclass
class Cause:
    """Errors that have the same reason; `sample` is the message of the first."""

    sample: str
    count: int = 0
    rows: list[int] = field(default_factory=list)


@dataclass
class Trial:
    """`refusal` says why nothing came out. Unless `complete`, only the first rows were tried."""

    refusal: str = ""
    verdict: str = VerdictKind.REFUSED  # that of a run that reads these rows
    questions: list[str] = field(default_factory=list)
    sheets: list[SheetSeen] = field(default_factory=list)
    samples: list[Item] = field(default_factory=list)
    causes: dict[str, Cause] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)
    offers: dict[Place, Offer] = field(default_factory=dict)
    marks: dict[Place, Mark] = field(default_factory=dict)
    rows_read: int = 0
    complete: bool = True

    @property
    def items(self) -> int:
        return len(self.offers)

    @property
    def errors(self) -> int:
        return sum(cause.count for cause in self.causes.values())


def try_list(examined: Examined) -> Trial:
    trial = Trial(sheets=[seen(sheet) for sheet in examined.sheets])
    verdict = examined.verdict(_read(examined, trial) if examined.reading else None)
    trial.verdict, trial.questions = verdict.kind, [text_of(question) for question in verdict.questions]
    why_not = examined.refusal.message if examined.refusal else verdict.reason
    trial.refusal = text_of(why_not) if why_not else ""
    return trial


def _read(examined: Examined, trial: Trial) -> RowCounts:
    def skip(sheet: str | None, row: int, kind: str) -> None:
        trial.marks[sheet, row] = Mark(kind)

    rows = examined.taken(on_skip=skip)
    for record in rows:
        place = record.sheet, record.row_number or 0
        if isinstance(record, Item):
            _note_item(trial, place, record)
        else:
            _note_error(trial, place, record)
        trial.rows_read = len(trial.marks)  # the reading itself is some hundred rows ahead
        if trial.rows_read >= django_settings.MAPPING_TRIED_ROWS:
            trial.complete = False
            break
    trial.skipped = dict(rows.skipped)  # of a Counter a template would read the count of "items"
    return rows.counts


def _note_item(trial: Trial, place: Place, item: Item) -> None:
    trial.offers[place] = Offer(item.supplier_sku, item.price, item.currency)
    trial.marks[place] = Mark(RowKind.ITEM)
    if len(trial.samples) < SAMPLE_ITEMS:
        trial.samples.append(item)


def _note_error(trial: Trial, place: Place, error: RowError) -> None:
    text = text_of(error.message)
    trial.marks[place] = Mark(RowKind.ERROR, text)
    cause = trial.causes.setdefault(cause_of(error.message), Cause(text))
    cause.count += 1
    if error.row_number and len(cause.rows) < SAMPLE_ROWS:
        cause.rows.append(error.row_number)
