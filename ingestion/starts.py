"""The ways a person starts a run from what is there already: a source, or an earlier run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from ingestion import queue, runs
from ingestion.errors import ConfigurationError
from ingestion.models import IngestionRun
from ingestion.texts import text_of
from suppliers.models import PriceListSource


class Started(NamedTuple):
    """The runs that were put on the queue, and how many sources were refused and why (in words)."""

    runs: list[IngestionRun]
    refused: Counter[str]


def ingest_now(sources: Iterable[PriceListSource], *, by: User) -> Started:
    """One run per source: of a sheet as it is now, of an upload its newest list."""
    started = Started([], Counter())
    for source in sources:
        try:
            started.runs.append(start(source, by=by))
        except ConfigurationError as refusal:
            started.refused[text_of(refusal.message)] += 1
    return started


def start(source: PriceListSource, *, by: User) -> IngestionRun:
    """Raises ConfigurationError where there is nothing to run, or a run is under way already."""
    if not source.is_active or not source.supplier.is_active:
        raise ConfigurationError(_("“%s” is not active.") % source)
    if source.runs.filter(status__in=runs.UNFINISHED).exists():
        raise ConfigurationError(_("A run of “%s” is under way already.") % source)
    with transaction.atomic():
        run = runs.create_run(source=source, by=by)
        queue.enqueue(run)
    return run


def run_again(run: IngestionRun, *, by: User, force: bool = False) -> IngestionRun:
    """The same list once more, as a run of its own; `force` processes it even if its content is known."""
    with transaction.atomic():
        again = runs.create_run(source=run.source, supplier=run.supplier, price_list=run.price_list, by=by, force=force)
        queue.enqueue(again)
    return again
