"""The ways a person starts a run from what is there already, a source or an earlier run, and stops one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from ingestion.errors import ConfigurationError
from ingestion.models import IngestionRun
from ingestion.runs import creation, life_cycle, order, queue, requests
from ingestion.texts import text_of
from suppliers.models import PriceListSource

Chosen = TypeVar("Chosen")


class Started(NamedTuple):
    """The runs that were put on the queue, how many were refused and why (in words), and which do it already."""

    runs: list[IngestionRun]
    refused: Counter[str]
    under_way: list[IngestionRun]


def ingest_now(sources: Iterable[PriceListSource], *, by: User, dry_run: bool = False) -> Started:
    """One run per source: of a sheet as it is now, of an upload its newest list."""
    return start_each(sources, lambda source: start_source(source, by=by, dry_run=dry_run))


def run_each_again(ended: Iterable[IngestionRun], *, by: User) -> Started:
    return start_each(ended, lambda run: run_again(run, by=by))


def start_each(chosen: Iterable[Chosen], start_one: Callable[[Chosen], IngestionRun]) -> Started:
    """One that is refused does not keep the others from starting."""
    started = Started([], Counter(), [])
    for each in chosen:
        try:
            started.runs.append(start_one(each))
        except ConfigurationError as refusal:
            if isinstance(refusal, requests.UnderWay) and refusal.run:
                started.under_way.append(refusal.run)
            started.refused[text_of(refusal.message)] += 1
    return started


def start_source(source: PriceListSource, *, by: User, dry_run: bool = False) -> IngestionRun:
    """Raises ConfigurationError where there is nothing to run, UnderWay where an unfinished run does it already."""
    if not source.is_active or not source.supplier.is_active:
        raise ConfigurationError(_("“%s” is not active.") % source)
    with transaction.atomic():
        run = creation.create_run(source=source, by=by, dry_run=dry_run)
        queue.enqueue(run)
    return run


def run_again(run: IngestionRun, *, by: User, force: bool = False, dry_run: bool = False) -> IngestionRun:
    """The same list once more, as a run of its own; `force` processes it even if its content is known.

    Whoever does so has seen that the first one failed: it leaves the dead letters. Raises ConfigurationError where the
    run has not ended, its list cannot be run any more or a newer one is stored; UnderWay where that is being done.
    """
    if run.is_under_way:
        raise ConfigurationError(_("Run #%d has not ended yet.") % run.pk)
    if run.status == IngestionRun.Status.SCHEDULED and not dry_run:
        text = _("Run #%d waits for its day. Take its list in now, or cancel it first.")
        raise ConfigurationError(text % run.pk)
    if not dry_run:
        order.refuse_overtaken(run.source_id, run.price_list_id)
    with transaction.atomic():
        again = creation.create_run(
            source=run.source, supplier=run.supplier, price_list=run.price_list, by=by, force=force, dry_run=dry_run
        )
        queue.enqueue(again)
        life_cycle.forget_dead_letter(run.task_id)
    return again


def take_in_all_the_same(run: IngestionRun, *, by: User) -> IngestionRun:
    """An older list over a newer one, because a person wants so: read as its run was to read it, and on record.

    Raises ConfigurationError where no newer list is stored, UnderWay where it is being done.
    """
    newer = order.newer_than(run.source_id, run.price_list_id)
    if newer is None or run.is_under_way or run.status == IngestionRun.Status.WAITING:
        raise ConfigurationError(_("No newer list of its source stands in the way of run #%d.") % run.pk)
    text = _("Taken in by %(person)s despite the newer list of run #%(number)d.")
    with transaction.atomic():
        forced = creation.create_alike(
            run,
            by=by,
            force=True,
            despite_newer=True,
            comment=text % {"person": by, "number": newer.pk},
        )
        queue.enqueue(forced)
        life_cycle.forget_dead_letter(run.task_id)
    return forced


def take_in_before_its_day(run: IngestionRun, *, by: User) -> IngestionRun:
    """A list whose prices are in force from a day to come, now, because a person wants so.

    Raises ConfigurationError where the run does not wait for its day any more, UnderWay where it is being done.
    """
    text = _("Taken in by %s before its day.") % by
    if run.takes_force_on is None:  # the rest of the list is in force, or was before a newer one
        raise ConfigurationError(_("Run #%d is for prices of a day to come only.") % run.pk)
    try:
        with transaction.atomic():
            life_cycle.awaken(run, comment=text)
            queue.enqueue(run)
    except life_cycle.RunMoved as moved:
        raise ConfigurationError(_("Run #%d does not wait for its day any more.") % run.pk) from moved
    return run


class Cancelled(NamedTuple):
    """How many runs were cancelled, and how many had ended by then."""

    cancelled: int
    ended: int


def cancel_each(runs: Iterable[IngestionRun], *, by: User) -> Cancelled:
    """One that has ended meanwhile does not keep the others going."""
    found = Counter(_cancel(run, by=by) for run in runs)
    return Cancelled(found[True], found[False])


def _cancel(run: IngestionRun, *, by: User) -> bool:
    """False where it has ended."""
    try:
        queue.cancel(run, by=by)
    except life_cycle.RunMoved:
        return False
    return True
