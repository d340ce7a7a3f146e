"""New runs: queued ones of a list, and the records of what a person's click has done already."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ingestion.errors import ConfigurationError
from ingestion.lists import sources
from ingestion.models import IngestionRun, PriceList
from ingestion.models.facts import ChangeSummary
from ingestion.parsers.registry import get_parser
from ingestion.runs import life_cycle
from ingestion.runs.requests import UnderWay, one_of_its_kind, request_key
from suppliers.models import PriceListSource, Supplier


class RunOptions(TypedDict, total=False):
    """What may be said of a new run, besides which list it is of and how that is read."""

    force: bool  # also where the content is known
    dry_run: bool
    applies: IngestionRun | None  # the dry run
    despite_newer: bool  # an older list over a newer one
    comment: str
    priority: str
    takes_force_on: date | None  # the day for which it is read


def create_run(
    *,
    supplier: Supplier | None = None,
    source: PriceListSource | None = None,
    price_list: PriceList | None = None,
    parser_type: str = "",
    config: Mapping[str, Any] | None = None,
    is_confirmed: bool = False,
    by: User | None = None,
    at: datetime | None = None,
    **options: Unpack[RunOptions],
) -> IngestionRun:
    """A queued run of a price list, or of what its source has now: the newest upload, or the sheet when it is fetched.

    `config` goes over the source's own reading settings; of a confirmed run it is all there is. Raises
    ConfigurationError where there is nothing to read or the settings are wrong, UnderWay where an unfinished run does
    the same already: the database decides, however many ask at once.
    """
    source = source or (price_list.source if price_list else None)
    supplier = supplier or supplier_of(source)
    price_list = price_list or newest_upload(source)
    parser = get_parser(parser_type) if parser_type else sources.parser_of(source, price_list)
    source_config = dict(config or {}) if is_confirmed else {**sources.config_of(source), **(config or {})}
    parser.check(source_config)
    at = at or timezone.now()
    how = {"parser_type": parser.name, "source_config": source_config, "is_confirmed": is_confirmed}
    run = IngestionRun(supplier=supplier, source=source, price_list=price_list, **how, **options)
    run.task_id, run.supplier_name, run.started_by = uuid.uuid4().hex, supplier.name, by
    run.created_at = run.due_at = at
    run.request = request_key(run)
    with one_of_its_kind(run, run.request), transaction.atomic():
        run.save(force_insert=True)
    return run


def supplier_of(source: PriceListSource | None) -> Supplier:
    if source is None:
        raise ConfigurationError(
            gettext_lazy("The supplier of this price list was deleted; upload it for another one.")
        )
    return source.supplier


def newest_upload(source: PriceListSource | None) -> PriceList | None:
    """None of a sheet: it is fetched when its run starts."""
    if source is None or source.kind != PriceListSource.Kind.UPLOAD:
        return None
    newest = source.price_lists.first()
    if newest is None:
        raise ConfigurationError(_("“%s” has no price list yet: upload one first.") % source)
    return newest


def create_alike(
    run: IngestionRun, *, by: User | None, at: datetime | None = None, **options: Unpack[RunOptions]
) -> IngestionRun:
    """A queued run of the same list, read in the same way. Raises what `create_run` does."""
    return create_run(
        supplier=run.supplier,
        source=run.source,
        price_list=run.price_list,
        parser_type=run.parser_type,
        config=run.source_config,
        is_confirmed=run.is_confirmed,
        by=by,
        at=at,
        **options,
    )


def create_for_later(run: IngestionRun, day: date) -> IngestionRun:
    """The same list once more on a day on which further prices of it begin; unless a newer one is stored by then."""
    later = create_alike(run, by=run.started_by, force=True)
    comment = _("Further prices of the list begin on %(day)s: run #%(number)d has left them out.")
    life_cycle.put_off(later, day, comment=comment % {"day": day.isoformat(), "number": run.pk})
    return later


def look_ahead(run: IngestionRun, day: date) -> None:
    """A dry run of the list for a day to come, by which people see its prices before; whoever works off the supplier
    comes to it next."""
    comment = _("What the list of run #%(number)d will change on %(day)s.")
    said = comment % {"day": day.isoformat(), "number": run.pk}
    with suppress(UnderWay):
        create_alike(run, by=run.started_by, force=True, dry_run=True, takes_force_on=day, comment=said)


def create_done(
    kind: IngestionRun.Kind,
    *,
    supplier: Supplier | None,
    source: PriceListSource | None = None,
    undoes: IngestionRun | None = None,
    by: User | None,
    at: datetime,
    comment: str = "",
) -> IngestionRun:
    """A run that a person's click has done already: an undo, a decision, an edit by hand."""
    assert supplier is not None
    return IngestionRun.objects.create(
        task_id=uuid.uuid4().hex,
        kind=kind,
        supplier=supplier,
        supplier_name=supplier.name,
        source=source,
        undoes=undoes,
        status=IngestionRun.Status.SUCCESS,
        started_by=by,
        created_at=at,
        started_at=at,
        finished_at=at,
        progress=100,
        comment=comment,
    )


def sum_up(run: IngestionRun, summary: ChangeSummary, *, seconds: float) -> None:
    """What such a run has changed, in figures."""
    run.summary = summary.to_json()
    run.processing_seconds = seconds
    run.changed_items = summary.changed
    run.save(update_fields=["summary", "processing_seconds", "changed_items"])
