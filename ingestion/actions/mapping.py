"""Saving a mapping with its source, going back to an older one, and taking lists in as a person has said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ingestion.errors import ConfigurationError
from ingestion.lists import sources
from ingestion.models import IngestionRun, PriceList
from ingestion.runs import creation, life_cycle, order, queue
from ingestion.views.understood import Understood, understood
from suppliers.models import MappingProfile, PriceListSource

_Status = IngestionRun.Status


def bound(settings: Mapping[str, Any], seen: Understood) -> dict[str, Any]:
    """The settings with every column that was seen to be right; what was said expressly comes last.

    A letter that was said becomes the header there, if that is enough: then a column that moves is found again.
    """
    said = {seen.letters.get(key, key): field for key, field in settings.get("column_mapping", {}).items()}
    mapping = seen.mapping | said
    return {**settings, "column_mapping": mapping} if mapping else dict(settings)


@transaction.atomic
def save(
    price_list: PriceList,
    settings: Mapping[str, Any],
    *,
    by: User,
    seen: Understood | None = None,
    made_from: int | None = None,
    at: datetime | None = None,
) -> MappingProfile:
    """The profile that the source's lists are read with from now on, made on one of them.

    `seen` is what `understood` gives; whoever has it already need not have the list read again. `made_from` is what
    `version` said when the person began: where somebody saved another profile since, ConfigurationError is raised.
    """
    assert price_list.source is not None
    seen = seen or understood(price_list, settings)
    source = PriceListSource.objects.select_for_update(no_key=True).get(pk=price_list.source.pk)
    if made_from is not None and made_from != version(source):
        _refuse_other(source)
    return price_list.source.profiles.create(
        settings=bound(settings, seen), fingerprint=seen.fingerprint, saved_by=by, saved_at=at or timezone.now()
    )


def version(source: PriceListSource | None) -> int:
    """Of the mapping in force; 0 where nobody has saved one."""
    profile = source.profile if source else None
    return profile.pk if profile else 0


def _refuse_other(source: PriceListSource) -> None:
    now = source.profile
    text = _(
        "%(by)s saved another mapping for “%(source)s” meanwhile: yours was not saved. Compare what they give "
        "(“Try on the last lists”), and save again to put yours in its place."
    )
    raise ConfigurationError(text % {"by": (now and now.saved_by) or "-", "source": source})


def go_back(profile: MappingProfile, *, by: User, at: datetime | None = None) -> MappingProfile:
    """An older profile is in force again, as a new one: what was in between stays on record."""
    return profile.source.profiles.create(
        settings=profile.settings, fingerprint=profile.fingerprint, saved_by=by, saved_at=at or timezone.now()
    )


@transaction.atomic
def ingest_with(price_list: PriceList, settings: Mapping[str, Any], *, by: User) -> IngestionRun:
    """Takes the list in with exactly these settings: its run that waits goes on, or a new one is made."""
    run = price_list.runs.waiting().first()
    if run is None or not run.despite_newer:
        order.refuse_overtaken(price_list.source_id, price_list.pk)
    config = sources.with_source(price_list.source, settings)
    sources.parser_of(price_list.source, price_list).check(config)
    if run is None:
        run = creation.create_run(
            supplier=price_list.supplier, price_list=price_list, config=config, by=by, force=True, is_confirmed=True
        )
        queue.enqueue(run)
    else:
        answer_waiting_run(run, config)
        queue.enqueue(run, again=True)
    return run


def answer_waiting_run(run: IngestionRun, config: Mapping[str, Any]) -> None:
    try:
        life_cycle.answer(run, config)
    except life_cycle.RunMoved:
        raise ConfigurationError(_("Somebody else has answered this run meanwhile, or cancelled it.")) from None


def to_bind(run: IngestionRun) -> tuple[PriceList, dict[str, Any]]:
    """The list of a run that drifted, and the settings that fit it. Raises ConfigurationError where there are none."""
    settings = run.drifted().settings
    if run.status != _Status.WAITING or settings is None or run.price_list is None:
        raise ConfigurationError(_("There is nothing to bind anew: open the mapping and say what is what."))
    return run.price_list, dict(settings)


@transaction.atomic
def bind_anew(run: IngestionRun, *, by: User, seen: Understood | None = None) -> IngestionRun:
    """The settings that fit the changed list become the source's profile, and the run goes on."""
    price_list, settings = to_bind(run)
    profile = save(price_list, settings, by=by, seen=seen)
    return ingest_with(price_list, profile.settings, by=by)
