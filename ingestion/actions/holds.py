"""What waits for a person: rows with suspicious prices, and runs in which too much has failed."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import SupplierItem
from catalog.offers import refresh_touched
from ingestion.actions.undo import SQL
from ingestion.models import Change, IngestionRun
from ingestion.pipeline.applying.changes import figures_of
from ingestion.runs import creation, life_cycle, queue
from ingestion.runs.supplier_lock import work_on
from suppliers.models import Supplier
from suppliers.revision import raise_revision

State = Change.State
TOUCHED = """
    SELECT i.product_id FROM ingestion_change c JOIN catalog_supplieritem i ON i.id = c.item_id
    WHERE c.run_id = %(run)s AND i.product_id IS NOT NULL
"""


@dataclass(frozen=True)
class Decided:
    """How many rows were decided on, how many were moot by then, and the runs that stored the accepted ones."""

    count: int
    moot: int
    runs: list[IngestionRun]


def open_holds() -> QuerySet[Change]:
    return Change.objects.held().select_related("run__source", "run__supplier").order_by("-run", "id")


def below(percent: float | Decimal) -> Q:
    """Changes of less than so many per cent, up or down; those in another currency have none."""
    return Q(percent__gt=-percent, percent__lt=percent)


def holds_of(*, run: int | None, cause: str | None, under: Decimal | None) -> QuerySet[Change]:
    """Open holds of a run, of a cause (an empty one is a cause, too), of less than so many per cent."""
    found = open_holds()
    if run is not None:
        found = found.filter(run=run)
    if cause is not None:
        found = found.filter(cause=cause)
    return found if under is None else found.filter(below(under))


def waiting_runs() -> QuerySet[IngestionRun]:
    """Runs that wait for a yes or no: because of the quality of their lists, or because they may be other lists."""
    asked = (IngestionRun.WaitsFor.QUALITY, IngestionRun.WaitsFor.PLAUSIBILITY)
    waiting = IngestionRun.objects.waiting().filter(waits_for__in=asked)
    return waiting.select_related("source", "supplier", "price_list").order_by("-id")


def accept(changes: QuerySet[Change], *, by: User | None, comment: str = "", at: datetime | None = None) -> Decided:
    """The rows go in as their lists said, one run for each supplier. Raises SupplierBusy while a list of it goes in."""
    decided = Decided(0, 0, [])
    by_supplier: dict[int, list[int]] = defaultdict(list)
    chosen = changes.filter(state=State.HELD).order_by()
    for pk, supplier_id in chosen.values_list("pk", "run__supplier_id"):
        if supplier_id is not None:
            by_supplier[supplier_id].append(pk)
    for supplier_id, ids in by_supplier.items():
        own = accept_of(supplier_id, ids, by=by, comment=comment, at=at or timezone.now())
        decided = Decided(decided.count + own.count, decided.moot + own.moot, decided.runs + own.runs)
    return decided


def accept_of(supplier_id: int, ids: list[int], *, by: User | None, comment: str, at: datetime) -> Decided:
    started = time.monotonic()
    with work_on(supplier_id), transaction.atomic():
        held = Change.objects.held().filter(pk__in=ids)
        there = SupplierItem.objects.filter(pk__in=held.values("item_id")).values("pk")
        moot = held.exclude(item_id__in=there).update(state=State.SUPERSEDED)
        accepted = list(held.values_list("pk", flat=True))
        if not accepted:
            return Decided(0, moot, [])
        supplier = Supplier.objects.get(pk=supplier_id)
        run = creation.create_done(IngestionRun.Kind.DECISION, supplier=supplier, by=by, at=at, comment=comment)
        params = {"run": run.pk, "accepted": accepted, "at": at}
        SQL.execute("insert_accepted", params)
        SQL.execute("insert_accepted_history", params)
        SQL.execute("set_accepted", params)
        Change.objects.filter(pk__in=accepted).update(
            state=State.ACCEPTED, decided_by=by, decided_at=at, comment=comment
        )
        refresh_touched(TOUCHED, {"run": run.pk})
        raise_revision(supplier_id)
        creation.sum_up(run, figures_of(run), seconds=time.monotonic() - started)
    return Decided(len(accepted), moot, [run])


def reject(changes: QuerySet[Change], *, by: User | None, comment: str = "", at: datetime | None = None) -> Decided:
    """The items stay as they are, also when a later list says the same again."""
    chosen = Change.objects.held().filter(pk__in=changes.order_by().values("pk"))
    count = chosen.update(state=State.REJECTED, decided_by=by, decided_at=at or timezone.now(), comment=comment)
    return Decided(count, 0, [])


@transaction.atomic
def take_in_anyway(run: IngestionRun, *, by: User, comment: str = "") -> None:
    """Its good rows go in, whatever share of the list failed, and whoever else it may be from."""
    text = _("Taken in anyway by %(person)s. %(comment)s") % {"person": by, "comment": comment}
    life_cycle.resume(run, quality_accepted=True, comment=text.strip())
    run.parsing_logs.all().delete()  # the run writes them again
    queue.enqueue(run, again=True)


@transaction.atomic
def refuse_list(run: IngestionRun, *, by: User, comment: str = "") -> None:
    IngestionRun.objects.filter(pk=run.pk).update(comment=comment)
    queue.cancel(run, by=by)
