"""The ways a person starts a run from what is there already: a source, or an earlier run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from ingestion import queue, runs
from ingestion.errors import ConfigurationError
from ingestion.models import IngestionRun
from ingestion.texts import text_of
from suppliers.models import PriceListSource

Chosen = TypeVar("Chosen")


class Started(NamedTuple):
    """The runs that were put on the queue, and how many sources were refused and why (in words)."""

    runs: list[IngestionRun]
    refused: Counter[str]


def ingest_now(sources: Iterable[PriceListSource], *, by: User, dry_run: bool = False) -> Started:
    """One run per source: of a sheet as it is now, of an upload its newest list."""
    return start_each(sources, lambda source: start(source, by=by, dry_run=dry_run))


def run_each_again(ended: Iterable[IngestionRun], *, by: User) -> Started:
    return start_each(ended, lambda run: run_again(run, by=by))


def start_each(chosen: Iterable[Chosen], start_one: Callable[[Chosen], IngestionRun]) -> Started:
    """One that is refused does not keep the others from starting."""
    started = Started([], Counter())
    for each in chosen:
        try:
            started.runs.append(start_one(each))
        except ConfigurationError as refusal:
            started.refused[text_of(refusal.message)] += 1
    return started


def start(source: PriceListSource, *, by: User, dry_run: bool = False) -> IngestionRun:
    """Raises ConfigurationError where there is nothing to run, or a run is under way already."""
    if not source.is_active or not source.supplier.is_active:
        raise ConfigurationError(_("“%s” is not active.") % source)
    if source.runs.filter(status__in=runs.UNFINISHED).exists():
        raise ConfigurationError(_("A run of “%s” is under way already.") % source)
    with transaction.atomic():
        run = runs.create_run(source=source, by=by, dry_run=dry_run)
        queue.enqueue(run)
    return run


def run_again(run: IngestionRun, *, by: User, force: bool = False, dry_run: bool = False) -> IngestionRun:
    """The same list once more, as a run of its own; `force` processes it even if its content is known.

    Whoever does so has seen that the first one failed: it leaves the dead letters. Raises ConfigurationError where the
    run has not ended, or its list cannot be run any more.
    """
    if run.status in runs.UNFINISHED:
        raise ConfigurationError(_("Run #%d has not ended yet.") % run.pk)
    with transaction.atomic():
        again = runs.create_run(
            source=run.source, supplier=run.supplier, price_list=run.price_list, by=by, force=force, dry_run=dry_run
        )
        queue.enqueue(again)
        transaction.on_commit(lambda: queue.forget_dead_letters(run.task_id))
    return again
