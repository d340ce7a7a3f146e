"""What a press of a button asks for: while a run of it is unfinished, a second press makes no other one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from django.db import IntegrityError
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from ingestion.errors import ConfigurationError
from ingestion.models import IngestionRun, PriceList

ONE_EACH = ("run_once_per_request", "run_dry_run_applied_once")  # the constraints


class UnderWay(ConfigurationError):
    """What was asked for is being done already, by an unfinished run, or was done: where there is one, `run`."""

    def __init__(self, run: IngestionRun | None, message: str = "") -> None:
        super().__init__(message or under_way_text(run))
        self.run = run


def under_way_text(run: IngestionRun | None) -> str:
    if run is None:
        return _("This is under way already.")
    return _("This is under way already: run #%(number)d.") % {"number": run.pk}


def request_key(run: IngestionRun) -> str:
    """What a press of a button asks for, in a word: while a run of it is unfinished, a second one makes no other.

    The same content received twice in a row, to be read in the same way, is one request: a form that was sent twice.
    """
    if run.source_id is None:
        return ""
    how = [run.parser_type, run.source_config, run.is_confirmed, run.force, run.dry_run, run.despite_newer]
    said = json.dumps([content_and_place(run), *how], sort_keys=True, default=str)
    return f"{run.source_id}:{sha256(said.encode()).hexdigest()}"


def content_and_place(run: IngestionRun) -> list[object]:
    """The content, and after which other one it came; nothing where it is still to be fetched."""
    price_list = run.price_list
    if price_list is None:
        return []
    others = PriceList.objects.filter(source=run.source_id, id__lt=price_list.pk).exclude(sha256=price_list.sha256)
    return [price_list.sha256, others.order_by("-id").values_list("pk", flat=True).first()]


@contextmanager
def one_of_its_kind(run: IngestionRun, request: str) -> Iterator[None]:
    """Tells the constraints that two presses of a button run into from those that would be a mistake of ours."""
    try:
        yield
    except IntegrityError as error:
        if not isinstance(error.__cause__, UniqueViolation) or error.__cause__.diag.constraint_name not in ONE_EACH:
            raise
        same = IngestionRun.objects.under_way().filter(request=request)
        if run.applies_id:
            same |= IngestionRun.objects.open_or_taken_in().filter(applies=run.applies_id)
        raise UnderWay(same.exclude(pk=run.pk).order_by("id").first()) from error
