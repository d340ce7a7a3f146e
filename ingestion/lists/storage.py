"""Stored price lists: kept under the hash of their content, and never read unless that hash still holds.

price_list = store(file, "week.xlsx", supplier=..., source=..., by=..., at=...)
with local_path(price_list) as path:
    ...  # these are the bytes that were received
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from django.contrib.auth.models import User
from django.core.files.storage import storages
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from ingestion.lists.content import Content, ContentStorage, Kept, content_of
from ingestion.lists.problems import ListDamaged
from ingestion.models import FileState, PriceList
from suppliers.models import PriceListSource, Supplier

FOLDER = "price_lists"
PREPARED = "prepared"  # what is made of lists for people, for a day
LONGEST_SUFFIX = 10
LOCKS = 0x0F11E5  # first half of an advisory lock's key; the second is the beginning of the content's hash

logger = logging.getLogger(__name__)


@transaction.atomic
def store(
    file: IO[bytes],
    file_name: str,
    *,
    supplier: Supplier | None,
    source: PriceListSource | None,
    by: User | None,
    at: datetime,
) -> PriceList:
    """Keeps the bytes, once per content, and the fact that they were received.

    Raises IngestionError where the storage is full or out of order; then nothing is stored.
    """
    content, original_name = content_of(file), shown_name(file_name)
    name = _name_of(content, original_name)
    use_content(content.sha256)
    for each in {name, *names_of(content)}:  # a damaged twin of another suffix is mended, too
        if keeper().keep(each, file, content) is Kept.REPLACED:
            logger.error("The stored file %s was damaged; it was replaced by the same list, received again", each)
        PriceList.objects.with_content(content.sha256).filter(file=each).damaged().update(file_state=FileState.WHOLE)
    return PriceList.objects.create(
        supplier=supplier,
        source=source,
        file=name,
        original_name=original_name,
        size=content.size,
        sha256=content.sha256,
        received_by=by,
        received_at=at,
    )


def keeper() -> ContentStorage:
    return cast("ContentStorage", storages["default"])


def _name_of(content: Content, original_name: str) -> str:
    suffix = Path(original_name).suffix.lower()[:LONGEST_SUFFIX]
    return f"{FOLDER}/{content.sha256[:2]}/{content.sha256}{suffix}"


def names_of(content: Content) -> set[str]:
    return set(PriceList.objects.with_content(content.sha256).values_list("file", flat=True).order_by().distinct())


def use_content(sha256: str) -> None:
    """Until the transaction ends nobody takes the file of this content for one that belongs to nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [LOCKS, lock_key(sha256)])


def lock_key(sha256: str) -> int:
    return int.from_bytes(bytes.fromhex(sha256[:8]), signed=True)


def shown_name(file_name: str) -> str:
    """A file's name as it can be stored, shown and sent in a header, whatever bytes its system had in it."""
    text = Path(file_name).name.encode(errors="replace").decode()
    return "".join(char if char.isprintable() else " " for char in text)[-255:]


def open_whole(price_list: PriceList) -> IO[bytes]:
    """The bytes as they were received, to be closed by the caller. Raises ListDamaged: others are never handed out."""
    found = keeper().open_whole(str(price_list.file), content_in(price_list))
    if isinstance(found, FileState):
        note_state(price_list, found)
        raise damaged(price_list, found)
    note_state(price_list, FileState.WHOLE)
    return found


@contextmanager
def local_path(price_list: PriceList) -> Iterator[Path]:
    """The verified bytes as a file on this machine: the stored one itself, or a copy where the storage is elsewhere."""
    with open_whole(price_list) as whole:
        yield Path(whole.name)


def verify(price_list: PriceList, *, quick: bool = False) -> FileState:
    """Looks whether the stored bytes are those received, and keeps the answer with every list of this file."""
    state = keeper().state(str(price_list.file), content_in(price_list), quick=quick)
    note_state(price_list, state)
    return state


def content_in(price_list: PriceList) -> Content:
    return Content(price_list.sha256, price_list.size)


def note_state(price_list: PriceList, state: FileState) -> None:
    if price_list.file_state == state:
        return
    price_list.file_state = state
    PriceList.objects.of_file(price_list).update(file_state=state)
    if state is not FileState.WHOLE:
        logger.error("The stored file %s of price list %s is %s", price_list.file.name, price_list.pk, state)


def damaged(price_list: PriceList, state: FileState) -> ListDamaged:
    facts: dict[str, Any] = {"name": price_list.original_name, "number": price_list.pk}
    if state is FileState.MISSING:
        text = _("The stored file of “%(name)s” (price list %(number)s) is gone from the storage. %(cure)s")
    else:
        text = _("The stored file of “%(name)s” (price list %(number)s) is damaged and was not read. %(cure)s")
    return ListDamaged(text % {**facts, "cure": cure_of(price_list)})


def cure_of(price_list: PriceList) -> str:
    source = price_list.source
    if source and source.kind == PriceListSource.Kind.GOOGLE_SHEET:
        return str(_("Run its source: the sheet is fetched again."))
    return str(_("Upload the same file again: it takes this one's place."))
