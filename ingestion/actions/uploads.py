"""Price lists that people upload: checked in the form, stored, and put on the queue."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ingestion.lists import sources
from ingestion.lists.arriving import NotKept
from ingestion.lists.storage import store
from ingestion.models import IngestionRun, PriceList
from ingestion.parsers.registry import refusal_of
from ingestion.pricegrid import HEAD_BYTES
from ingestion.runs import creation, queue
from ingestion.texts import text_of
from suppliers.models import PriceListSource, Supplier


def check_upload(file: File[Any], source: PriceListSource | None = None) -> None:
    """Raises ValidationError, for the field of a form, where a look at the file shows that it is no price list.

    The parser that will read it is asked, and sees no more than the first bytes.
    """
    if isinstance(file, NotKept):
        raise ValidationError(text_of(file.why.message), code="not_kept")
    check_size(file)
    file.seek(0)
    head: bytes = file.read(HEAD_BYTES)
    file.seek(0)
    parser = sources.parser_of_file(source, file.name or "", lambda: head)
    if refusal := refusal_of(parser, head):
        raise ValidationError(text_of(refusal.message), code="not_a_list") from refusal


def check_size(file: File[Any]) -> None:
    if file.size > settings.PRICE_LIST_MAX_BYTES:
        sizes = {"size": filesizeformat(file.size), "limit": filesizeformat(settings.PRICE_LIST_MAX_BYTES)}
        message = _("The file has %(size)s, more than the %(limit)s allowed. Split the list, or leave pictures out.")
        raise ValidationError(message, code="too_large", params=sizes)


@transaction.atomic
def receive_upload(
    *,
    file: File[Any],
    supplier: Supplier | None = None,
    source: PriceListSource | None = None,
    by: User | None = None,
    force: bool = False,
    dry_run: bool = False,
    priority: str = IngestionRun.Priority.NORMAL,
    at: datetime | None = None,
) -> IngestionRun:
    """Stores an upload and its queued run in one transaction; the message goes out after the commit."""
    at = at or timezone.now()
    source = source or own_source(supplier)
    price_list = keep_upload(file=file, source=source, by=by, at=at)
    run = creation.create_run(
        source=source, price_list=price_list, by=by, force=force, dry_run=dry_run, priority=priority, at=at
    )
    queue.enqueue(run)
    return run


def own_source(supplier: Supplier | None) -> PriceListSource:
    assert supplier is not None, "an upload belongs to a supplier"
    return sources.upload_source(supplier)


def keep_upload(
    *, file: File[Any], source: PriceListSource, by: User | None = None, at: datetime | None = None
) -> PriceList:
    """Stores an upload without starting anything, for looking at it first."""
    return store(file, file.name or "", supplier=source.supplier, source=source, by=by, at=at or timezone.now())
