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
from ingestion.runs import life_cycle, order, queue


class Applied(NamedTuple):
    """The queued run. Unless `is_current`, the catalog has changed since and it is another dry run."""

    run: IngestionRun
    is_current: bool


def is_current(dry_run: IngestionRun) -> bool:
    """Whether nothing has written the supplier's items since."""
    return dry_run.supplier is not None and dry_run.supplier.revision == dry_run.revision


@transaction.atomic
def apply_dry_run(dry_run: IngestionRun, *, by: User | None, at: datetime | None = None) -> Applied:
    """Queues the real run, read in the same way. Where the catalog changes before its turn, it turns into a dry run.

    Raises ConfigurationError where there is nothing to apply or a newer list is stored, UnderWay where it is or was
    applied already.
    """
    if not dry_run.dry_run or not dry_run.is_taken_in:
        raise ConfigurationError(_("Run #%d is not a dry run that has succeeded.") % dry_run.pk)
    current = is_current(dry_run)
    if current:
        order.refuse_overtaken(dry_run.source_id, dry_run.price_list_id)
    run = life_cycle.create_alike(
        dry_run,
        force=dry_run.force,
        dry_run=not current,
        applies=dry_run if current else None,
        by=by,
        at=at or timezone.now(),
    )
    queue.enqueue(run)
    return Applied(run, current)
