"""Reads of lists, runs and what they left behind, named by meaning."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import OuterRef

from ingestion.models import states
from ingestion.models.states import RunStatus
from suppliers.models import PriceListSource, Supplier

if TYPE_CHECKING:
    from ingestion.models.change import Change  # noqa: F401
    from ingestion.models.log import ParsingLog  # noqa: F401
    from ingestion.models.matching import MatchingTask  # noqa: F401
    from ingestion.models.prepared import PreparedView  # noqa: F401
    from ingestion.models.received import PriceList
    from ingestion.models.run import IngestionRun


class PriceListQuerySet(models.QuerySet["PriceList"]):
    def damaged(self) -> Self:
        """Lists whose stored bytes are not those that were received, or are gone."""
        return self.exclude(file_state="")

    def with_content(self, sha256: str) -> Self:
        return self.filter(sha256=sha256)

    def of_file(self, price_list: PriceList) -> Self:
        """The list and all others that are the same stored file."""
        return self.with_content(price_list.sha256).filter(file=price_list.file.name)


class IngestionRunQuerySet(models.QuerySet["IngestionRun"]):
    def of_source(self, source: PriceListSource | OuterRef | int | None) -> Self:
        return self.filter(source=source)

    def of_supplier(self, supplier: Supplier | OuterRef | int | None) -> Self:
        return self.filter(supplier=supplier)

    def queued(self) -> Self:
        return self.filter(status=RunStatus.QUEUED)

    def due(self, *, at: datetime) -> Self:
        """Queued runs whose time has come, whether or not another one goes first."""
        return self.queued().filter(due_at__lte=at)

    def running(self) -> Self:
        """Runs that say so; of a dead worker's run only who holds the supplier can tell."""
        return self.filter(status=RunStatus.RUNNING)

    def under_way(self) -> Self:
        """Runs that a worker has, or will have."""
        return self.filter(status__in=states.UNDER_WAY)

    def waiting(self) -> Self:
        """Runs that go on once a person has answered."""
        return self.filter(status=RunStatus.WAITING)

    def waiting_for(self, what: IngestionRun.WaitsFor) -> Self:
        return self.waiting().filter(waits_for=what)

    def scheduled(self, *, at: datetime | None = None) -> Self:
        """Runs whose lists take force on a day to come; with `at`, those whose day has come."""
        scheduled = self.filter(status=RunStatus.SCHEDULED)
        return scheduled.filter(due_at__lte=at) if at else scheduled

    def looking_ahead_of(self, run: IngestionRun, day: date) -> Self:
        """Dry runs of a list that waits for its day, the newest first."""
        ahead = self.taken_in().filter(dry_run=True, price_list=run.price_list_id, takes_force_on=day)
        return ahead.order_by("-id")

    def taken_in(self) -> Self:
        """Runs whose lists, all of them or their good rows, went in; of a dry run: would have."""
        return self.filter(status__in=states.TAKEN_IN)

    def open_or_taken_in(self) -> Self:
        """Runs that came to something, or still can."""
        return self.filter(status__in=(*states.OPEN, *states.TAKEN_IN))

    def real(self) -> Self:
        return self.filter(dry_run=False)

    def stored(self) -> Self:
        """Runs that wrote what they found, also those that were undone since."""
        return self.taken_in().real()

    def stored_lists(self) -> Self:
        """Runs whose lists are in force, or were before a newer one."""
        return self.stored().filter(undone_by=None, kind="ingestion")

    def of_full_lists(self) -> Self:
        """Runs whose lists had codes, names and prices: neither stock nor prices alone."""
        return self.filter(understanding__mode="full")

    def complete(self) -> Self:
        """Runs whose lists said by their silence what is missing."""
        return self.filter(summary__is_complete=True)

    def dead_letters(self) -> Self:
        """What failed for good, and nobody has seen to."""
        return self.filter(is_dead_letter=True)


class ParsingLogQuerySet(models.QuerySet["ParsingLog"]):
    def of_cause(self, source: PriceListSource, cause: str) -> Self:
        """In all lists of the source."""
        return self.filter(run__source=source, cause=cause)


class ChangeQuerySet(models.QuerySet["Change"]):
    def held(self) -> Self:
        """What waits for a person's decision."""
        return self.filter(state="held")

    def in_force_of(self, item_id: int) -> Self:
        """What lists and people made of an item and nobody took back, the newest first."""
        return self.filter(item_id=item_id, state="applied").exclude(run__kind="undo").order_by("-id")

    def planned_prices(self, runs: Iterable[IngestionRun]) -> Self:
        """What dry runs found of the prices of items that are there."""
        return self.filter(run__in=list(runs), state="planned", item_id__isnull=False, new__has_key="current_price")

    def conflicts(self) -> Self:
        """What an undo has left alone."""
        return self.filter(kind="conflict")


class PreparedViewQuerySet(models.QuerySet["PreparedView"]):
    def open(self) -> Self:
        """Views that wait for a worker, or that one is making."""
        return self.filter(status__in=states.VIEW_OPEN)

    def closed(self) -> Self:
        return self.exclude(status__in=states.VIEW_OPEN)


class MatchingTaskQuerySet(models.QuerySet["MatchingTask"]):
    def due(self, *, at: datetime) -> Self:
        """What waits, and whose time has come."""
        return self.filter(status=states.TaskStatus.WAITING, due_at__lte=at)

    def open(self) -> Self:
        """What waits, or is under way."""
        return self.filter(status__in=states.TASK_OPEN)

    def working(self) -> Self:
        return self.filter(status=states.TaskStatus.WORKING)

    def trainings(self) -> Self:
        return self.filter(run__isnull=True)
