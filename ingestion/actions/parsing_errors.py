"""Parsing errors as work that ends: grouped by cause, corrected, or ignored from now on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ingestion.errors import ConfigurationError
from ingestion.lists import corrections
from ingestion.models import Correction, IgnoredCause, IngestionRun, ParsingLog
from ingestion.pricegrid.cells import CellPlace
from ingestion.texts import text_of
from suppliers.models import PriceListSource


@dataclass(frozen=True)
class ErrorGroup:
    """Rows that failed for one reason in one column (empty where unknown); the sample is one of their messages."""

    cause: str
    column: str
    error_type: str
    is_ignored: bool
    count: int
    sample: str
    first_row: int | None


def error_groups(run: IngestionRun) -> list[ErrorGroup]:
    """The largest first, what nobody wants to see last."""
    logs = run.parsing_logs.order_by()
    found = logs.values("cause", "column", "error_type", "is_ignored").annotate(
        count=Count("id"), sample=Min("message"), first_row=Min("row_number")
    )
    return sorted((ErrorGroup(**group) for group in found), key=lambda group: (group.is_ignored, -group.count))


def of_group(run: IngestionRun, cause: str, column: str) -> QuerySet[ParsingLog]:
    return run.parsing_logs.filter(cause=cause, column=column).order_by("id")


def sample_of(run: IngestionRun, cause: str) -> str:
    """One of its messages."""
    return run.parsing_logs.filter(cause=cause).values_list("message", flat=True).first() or ""


def is_ignored(run: IngestionRun, cause: str) -> bool:
    return IgnoredCause.objects.filter(source=run.source_id, cause=cause).exists()


@transaction.atomic
def ignore(
    source: PriceListSource, cause: str, *, by: User | None, comment: str = "", at: datetime | None = None
) -> IgnoredCause:
    """Still counted and logged in the lists of this source, but not work any more."""
    ignored, _made = IgnoredCause.objects.get_or_create(
        source=source, cause=cause, defaults={"comment": comment, "by": by, "at": at or timezone.now()}
    )
    ParsingLog.objects.of_cause(source, cause).update(is_ignored=True)
    return ignored


@transaction.atomic
def heed_again(source: PriceListSource, cause: str, *, by: User | None) -> None:
    IgnoredCause.objects.filter(source=source, cause=cause).delete()
    ParsingLog.objects.of_cause(source, cause).update(is_ignored=False)


def correct(
    log: ParsingLog, column: str, value: str, *, by: User | None, seen: str | None = None, at: datetime | None = None
) -> Correction:
    """What should have stood in the row; a re-run of the same list (`starts.run_again(..., force=True)`) reads it."""
    if log.run is None or log.row_number is None:
        raise ConfigurationError(_("An error of a whole list has no cell to correct."))
    place = CellPlace(log.sheet, log.row_number, column)
    return corrections.correct_cell(log.run.price_list, place, value, by=by, seen=seen, at=at)


class _Kept(NamedTuple):
    """How many corrections were kept, and what stands in the way of the others (in words)."""

    kept: int
    clashes: list[str]


def correct_each(
    logs: QuerySet[ParsingLog], column: str, values: Mapping[int, str], *, by: User | None, seen: Mapping[int, str]
) -> _Kept:
    """Values by the numbers of their logs; one that somebody else was faster with does not keep the others back."""
    count, clashes = 0, []
    for pk, log in logs.in_bulk(values).items():
        try:
            correct(log, column, values[pk], by=by, seen=seen.get(pk, ""))
            count += 1
        except corrections.CorrectedMeanwhile as clash:
            clashes.append(text_of(clash.message))
    return _Kept(count, clashes)
