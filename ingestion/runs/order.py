"""In which order the lists of a source take force: that of their receipt, whatever is retried or answered late.

A list is received when it is uploaded or fetched, so its order is that of `PriceList.id`. The database is the judge:
it is asked when a run starts (`blocked_by`, `next_due`), and, by whoever holds the supplier, before its list is read
(`overtaken_by`).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import BigIntegerField, Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from ingestion.errors import ConfigurationError
from ingestion.models import IngestionRun

Priority, _Status = IngestionRun.Priority, IngestionRun.Status
NOT_FETCHED = 2**62  # the place of a sheet that will be fetched: behind every list that was received
FIRST_COME = Coalesce(F("price_list"), NOT_FETCHED, output_field=BigIntegerField())
URGENT_FIRST = (Priority.HIGH, Priority.NORMAL, Priority.LOW)
PLACE_FIELDS = ("pk", "status", "source_id", "price_list_id", "due_at", "priority")
BY_PRIORITY = Case(
    When(priority=Priority.HIGH, then=0),
    When(priority=Priority.NORMAL, then=1),
    default=2,
    output_field=IntegerField(),
)


def newer_than(source_id: int | None, price_list_id: int | None) -> IngestionRun | None:
    """The run that stored the newest list of the source, where that one is newer than this."""
    if source_id is None or price_list_id is None:
        return None
    newer = IngestionRun.objects.of_source(source_id).stored_lists().filter(price_list__gt=price_list_id)
    return newer.select_related("price_list").order_by("-price_list", "-id").first()


def overtaken_by(run: IngestionRun) -> IngestionRun | None:
    """The run because of which this one must not store its list; none where a person wants it all the same."""
    if run.dry_run or run.despite_newer:
        return None
    newer = newer_than(run.source_id, run.price_list_id)
    if newer is not None and run.takes_force_on and took_force_before(newer, run.takes_force_on):
        return None
    return newer


def took_force_before(run: IngestionRun, day: date) -> bool:
    """Of a list that was received later, but for the days until this one."""
    taken = run.takes_force_on or timezone.localdate(run.started_at or run.created_at)
    return taken < day


def refuse_overtaken(source_id: int | None, price_list_id: int | None) -> None:
    """Raises ConfigurationError where a newer list of the source is in: older prices must not come over newer ones."""
    newer = newer_than(source_id, price_list_id)
    if newer is not None:
        raise ConfigurationError(
            _(
                "A newer list of this source was taken in already (run #%(number)d): this one would bring older prices "
                "back. If it shall, press “Take it in all the same” on the page of its run."
            )
            % {"number": newer.pk}
        )


def overtaken_text(newer: IngestionRun) -> str:
    return _(
        "Nothing of this list was applied: the newer list “%(list)s” was stored before it, by run #%(number)d."
    ) % {
        "list": newer.price_list or newer.source,
        "number": newer.pk,
    }


def waiting_behind(newer: IngestionRun) -> QuerySet[IngestionRun]:
    """The runs of older lists of the same source that wait for a person."""
    waiting = IngestionRun.objects.of_source(newer.source_id).waiting().real()
    return waiting.filter(price_list__lt=newer.price_list_id, despite_newer=False)


def unfinished_before(run: IngestionRun) -> QuerySet[IngestionRun]:
    """The unfinished runs of the same source whose lists were received earlier: they go first, retries and all."""
    place = run.price_list_id or NOT_FETCHED
    unfinished = IngestionRun.objects.of_source(run.source_id).of_supplier(run.supplier_id).under_way()
    earlier = Q(place__lt=place) | Q(place=place, id__lt=run.pk)
    return unfinished.alias(place=FIRST_COME).filter(earlier).order_by("place", "id")


def blocked_by(run: IngestionRun) -> IngestionRun | None:
    """The run that this one has to wait for."""
    return unfinished_before(run).first() if run.source_id else None


def startable(*, at: datetime) -> QuerySet[IngestionRun]:
    """The queued runs whose time and turn has come, in the order in which they are to start."""
    earlier = IngestionRun.objects.of_source(OuterRef("source")).of_supplier(OuterRef("supplier")).under_way()
    first = Q(place__lt=OuterRef("place")) | Q(place=OuterRef("place"), id__lt=OuterRef("id"))
    due = IngestionRun.objects.due(at=at).alias(place=FIRST_COME)
    return due.filter(~Exists(earlier.alias(place=FIRST_COME).filter(first))).order_by(BY_PRIORITY, "id")


class QueuePlace(NamedTuple):
    """What the order of a supplier's unfinished runs follows from; read several times a list, so it is short."""

    pk: int
    status: str
    source_id: int | None
    price_list_id: int | None
    due_at: datetime
    priority: str

    @property
    def receipt(self) -> tuple[int, int]:
        return (self.price_list_id or NOT_FETCHED, self.pk)

    @property
    def line(self) -> tuple[int, int]:
        """The runs that start one after another: those of a source; a run without one stands alone."""
        return (self.source_id, 0) if self.source_id else (0, self.pk)

    @property
    def urgency(self) -> tuple[int, int]:
        return (URGENT_FIRST.index(self.priority), self.pk)


def unfinished_of(supplier_id: int) -> list[QueuePlace]:
    unfinished = IngestionRun.objects.of_supplier(supplier_id).under_way().order_by()
    return [QueuePlace(*row) for row in unfinished.values_list(*PLACE_FIELDS)]


def first_due(places: list[QueuePlace], *, at: datetime) -> int | None:
    """The run that whoever holds the supplier starts now, as `startable` would say."""
    heads: dict[tuple[int, int], QueuePlace] = {}
    for place in sorted(places, key=lambda place: place.receipt):
        heads.setdefault(place.line, place)
    due = [head for head in heads.values() if head.status == _Status.QUEUED and head.due_at <= at]
    return min(due, key=lambda place: place.urgency).pk if due else None


def next_due(supplier_id: int, *, at: datetime) -> IngestionRun | None:
    pk = first_due(unfinished_of(supplier_id), at=at)
    return IngestionRun.objects.filter(pk=pk).first() if pk else None
