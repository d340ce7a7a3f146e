"""Doing what a dry run has shown."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ingestion.errors import ConfigurationError
from ingestion.models import IngestionRun
from ingestion.runs import creation, order, queue
from ingestion.runs.requests import UnderWay


class Applied(NamedTuple):
    """The queued run. Unless `is_current`, the catalog has changed since and it is another dry run."""

    run: IngestionRun
    is_current: bool


def can_be_applied(dry_run: IngestionRun) -> bool:
    """Once; an application that came to nothing does not count."""
    return has_shown(dry_run) and application_of(dry_run) is None


def has_shown(dry_run: IngestionRun) -> bool:
    """Whether it is a dry run that ended with a set of changes."""
    return dry_run.dry_run and dry_run.is_taken_in


def application_of(dry_run: IngestionRun) -> IngestionRun | None:
    """The run that applies it, or has applied it: also where the catalog had changed and it only showed that again."""
    return dry_run.applied_by.open_or_taken_in().order_by("id").first()


def is_current(dry_run: IngestionRun) -> bool:
    """Whether nothing has written the supplier's items since."""
    return dry_run.supplier is not None and dry_run.supplier.revision == dry_run.revision


@transaction.atomic
def apply_dry_run(dry_run: IngestionRun, *, by: User | None, at: datetime | None = None) -> Applied:
    """Queues the real run, read in the same way. Where the catalog changes before its turn, it turns into a dry run.

    Raises ConfigurationError where there is nothing to apply or a newer list is stored, UnderWay where a run applies it
    or has applied it already.
    """
    if not has_shown(dry_run):
        raise ConfigurationError(_("Run #%d is not a dry run that has succeeded.") % dry_run.pk)
    refuse_applied(dry_run)
    current = is_current(dry_run)
    if current:
        order.refuse_overtaken(dry_run.source_id, dry_run.price_list_id)
    run = creation.create_alike(
        dry_run,
        force=dry_run.force,
        dry_run=not current,
        applies=dry_run if current else None,
        by=by,
        at=at or timezone.now(),
    )
    queue.enqueue(run)
    return Applied(run, current)


def refuse_applied(dry_run: IngestionRun) -> None:
    """What it showed is done once; the database sees to it that of two who ask at once one is refused."""
    application = application_of(dry_run)
    if application is None:
        return
    if not application.is_taken_in:
        raise UnderWay(application)
    if application.dry_run:
        text = _("The catalog changed before dry run #%(dry)d was applied: run #%(run)d shows what it would do now.")
    else:
        text = _("Dry run #%(dry)d was applied already, by run #%(run)d. Run the list again to see what it does now.")
    raise UnderWay(application, text % {"dry": dry_run.pk, "run": application.pk})
