"""First stage: the raw bytes are there, stored once per content, so that any run can be explained or repeated later."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from django.contrib.auth.models import User
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from ingestion.errors import ConfigurationError
from ingestion.models import IngestionRun, PriceList
from ingestion.parsers.registry import get_parser
from suppliers.models import PriceListSource, Supplier

FOLDER = "price_lists"
BLOCK = 1 << 20


def receive(run: IngestionRun, *, at: datetime) -> PriceList:
    """The price list of a run: uploaded before, or fetched now and kept with the run."""
    parser = get_parser(run.parser_type)
    parser.check(run.source_config)
    if run.price_list is None:
        if not parser.is_remote:
            raise ConfigurationError(_("The file of this run was deleted: upload the price list again."))
        fetched = parser.fetch(run.source_config)
        with fetched.content as content:
            run.price_list = store(
                content, fetched.file_name, supplier=run.supplier, source=run.source, by=run.started_by, at=at
            )
        run.save(update_fields=["price_list"])
    return run.price_list


def store(
    content: IO[bytes],
    file_name: str,
    *,
    supplier: Supplier | None,
    source: PriceListSource | None,
    by: User | None,
    at: datetime,
) -> PriceList:
    """Keeps the bytes, once per content, and the fact that they were received."""
    digest = hashlib.sha256()
    size = 0
    content.seek(0)
    while block := content.read(BLOCK):
        digest.update(block)
        size += len(block)
    original_name = shown_name(file_name)
    name = f"{FOLDER}/{digest.hexdigest()[:2]}/{digest.hexdigest()}{Path(original_name).suffix.lower()[:10]}"
    if not default_storage.exists(name):
        content.seek(0)
        name = default_storage.save(name, File(content))
    return PriceList.objects.create(
        supplier=supplier,
        source=source,
        file=name,
        original_name=original_name,
        size=size,
        sha256=digest.hexdigest(),
        received_by=by,
        received_at=at,
    )


def shown_name(file_name: str) -> str:
    """A file's name as it can be stored, shown and sent in a header, whatever bytes its system had in it."""
    text = Path(file_name).name.encode(errors="replace").decode()
    return "".join(char if char.isprintable() else " " for char in text)[-255:]


@contextmanager
def local_path(price_list: PriceList) -> Iterator[Path]:
    """The bytes as a file on this machine: the stored one itself, or a copy where the storage is elsewhere."""
    try:
        path = Path(price_list.file.path)
    except NotImplementedError:
        with (
            tempfile.NamedTemporaryFile(suffix=Path(price_list.original_name).suffix) as copy,
            price_list.file.open() as stored,
        ):
            shutil.copyfileobj(stored, copy, BLOCK)
            copy.flush()
            yield Path(copy.name)
        return
    yield path


def is_known(run: IngestionRun, price_list: PriceList) -> bool:
    """Whether this content, read in the same way, is what the source's last run has taken in."""
    statuses = (IngestionRun.Status.SUCCESS, IngestionRun.Status.PARTIAL_SUCCESS)
    earlier = (
        IngestionRun.objects.filter(supplier=run.supplier_id, source=run.source_id, status__in=statuses, dry_run=False)
        .filter(kind__in=(IngestionRun.Kind.INGESTION, IngestionRun.Kind.UNDO))
        .order_by("-id")
        .values("price_list__sha256", "parser_type", "source_config")
        .first()
    )
    now = {"price_list__sha256": price_list.sha256, "parser_type": run.parser_type, "source_config": run.source_config}
    return earlier is not None and dict(earlier) == now
