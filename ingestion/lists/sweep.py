"""Looks after what is stored: removes what belongs to nothing, and finds damage before somebody needs the list."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path, PurePosixPath

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from ingestion.errors import IngestionError
from ingestion.lists import temporary
from ingestion.lists.content import Stored
from ingestion.lists.storage import FOLDER, LOCKS, PREPARED, keeper, lock_key, verify
from ingestion.models import FileState, FileSweep, PreparedView, PriceList

OURS = re.compile(r"[0-9a-f]{64}")  # how the name of a list's file begins
ORPHAN_AFTER = timedelta(hours=24)
SWEEP_EVERY = timedelta(hours=24)
VIEW_IS_MADE = timedelta(hours=2)  # no view takes as long between its file and its row
CHECK_EVERY = timedelta(days=7)
CHECK_DAMAGED_EVERY = timedelta(hours=1)
SECONDS_OF_A_ROUND = 5.0
_BATCH = 1_000

logger = logging.getLogger(__name__)


@dataclass
class Swept:
    """What was found; unless `removed`, it is there still."""

    removed: bool
    files: int = 0
    orphans: list[str] = field(default_factory=list)
    temporary: list[str] = field(default_factory=list)
    orphan_bytes: int = 0


def keep_up(at: datetime | None = None, *, seconds: float = SECONDS_OF_A_ROUND) -> None:
    """The regular look: orphans once a day, and for some seconds at those lists that were not compared for longest."""
    at = at or timezone.now()
    try:
        if not FileSweep.objects.filter(at__gt=at - SWEEP_EVERY).exists():
            record_sweep(sweep(at, delete=True), at)
        check_files(at, older_than=CHECK_EVERY, seconds=seconds)
    except (IngestionError, OSError) as error:  # the next round tries again; runs do not wait for it
        logger.warning("The stored files could not be looked after: %s", error)


def record_sweep(found: Swept, at: datetime) -> None:
    FileSweep.objects.create(
        at=at,
        files=found.files,
        orphans=len(found.orphans),
        temporary=len(found.temporary),
        removed_bytes=found.orphan_bytes,
    )
    logger.info(
        "Of %s stored files %s belonged to no list, and %s to dead writers: removed",
        found.files,
        len(found.orphans),
        len(found.temporary),
    )


def sweep(at: datetime, *, delete: bool, older_than: timedelta = ORPHAN_AFTER) -> Swept:
    """Files that belong to no price list, and those of killed writers."""
    found, before = Swept(removed=delete), at - older_than
    stored = keeper().stored(FOLDER)
    while some := list(islice(stored, _BATCH)):
        found.files += len(some)
        for each in orphans_of(some, before):
            if not delete or remove_orphan(each):
                found.orphans.append(each.name)
                found.orphan_bytes += each.size
    for each in forgotten_views(min(before, at - VIEW_IS_MADE)):
        if delete:
            keeper().remove(each.name)
        found.orphans.append(each.name)
        found.orphan_bytes += each.size
    for path in dead_files(before):
        if delete:
            with suppress(FileNotFoundError):
                path.unlink()
        found.temporary.append(str(path))
    return found


def sweep_machine(at: datetime, *, older_than: timedelta = ORPHAN_AFTER) -> None:
    """What killed processes left on this machine's own disk."""
    for path in temporary.left_over(before=at - older_than):
        with suppress(OSError):
            path.unlink()
            logger.info("%s was left by a killed process: removed", path)


def dead_files(before: datetime) -> Iterator[Path]:
    for folder in (FOLDER, PREPARED):
        yield from keeper().dead_drafts(folder, before=before)
    yield from temporary.left_over(before=before)


def forgotten_views(before: datetime) -> Iterator[Stored]:
    """Files of prepared views whose maker was killed before it could say what they are."""
    for each in keeper().stored(PREPARED):
        owners = PreparedView.objects.filter(Q(file=each.name) | Q(**{f"params__{PreparedView.UPLOAD}": each.name}))
        if each.modified < before and not owners.exists():
            yield each


def orphans_of(stored: Iterable[Stored], before: datetime) -> list[Stored]:
    old = [each for each in stored if each.modified < before and content_name(each.name)]
    hashes = [content_name(each.name) for each in old]
    wanted = set(PriceList.objects.filter(sha256__in=hashes).values_list("file", flat=True).order_by())
    return [each for each in old if each.name not in wanted]


def content_name(name: str) -> str:
    """The hash in a file's name; empty where it is none of ours."""
    found = OURS.match(PurePosixPath(name).name)
    return found[0] if found else ""


@transaction.atomic
def remove_orphan(stored: Stored) -> bool:
    """Not while somebody stores this content, whose list is not committed yet (`storage.use_content`)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCKS, lock_key(content_name(stored.name))])
        (is_unused,) = cursor.fetchone()
    if not is_unused or PriceList.objects.filter(sha256=content_name(stored.name), file=stored.name).exists():
        return False
    keeper().remove(stored.name)
    return True


def check_files(at: datetime, *, older_than: timedelta, seconds: float | None = None) -> list[PriceList]:
    """Compares stored lists with their hashes, the longest unchecked first; the damaged ones."""
    end = time.monotonic() + seconds if seconds is not None else None
    damaged = []
    while (price_list := longest_unchecked(at, older_than)) and (end is None or time.monotonic() < end):
        if verify(price_list, quick=True) is not FileState.WHOLE:
            damaged.append(price_list)
        twins = PriceList.objects.of_file(price_list)
        twins.update(checked_at=at)
    return damaged


def longest_unchecked(at: datetime, older_than: timedelta) -> PriceList | None:
    """Damaged ones come up again soon: a folder that was not mounted may be."""
    of_damaged = min(older_than, CHECK_DAMAGED_EVERY)
    due = Q(checked_at=None) | Q(checked_at__lt=at - older_than)
    due |= ~Q(file_state=FileState.WHOLE) & Q(checked_at__lt=at - of_damaged)
    return PriceList.objects.filter(due).order_by(F("checked_at").asc(nulls_first=True)).first()
