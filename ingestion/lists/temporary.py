"""Copies of lists on this machine's own disk, and what killed processes leave of them."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, cast

from django.conf import settings

COPY = "price-list-"  # how our own copies begin
UPLOAD = "tmp*.upload*"  # Django's name for a file while it arrives


def named_copy(suffix: str) -> IO[bytes]:
    """A file with a path, gone when it is closed; locked, so that the sweep knows those whose process was killed."""
    copy = tempfile.NamedTemporaryFile(prefix=COPY, suffix=suffix)  # noqa: SIM115 - handed out
    fcntl.flock(copy, fcntl.LOCK_SH)
    return cast("IO[bytes]", copy)


def left_over(*, before: datetime) -> Iterator[Path]:
    """Copies and uploads of killed processes, on this machine."""
    arriving = Path(settings.FILE_UPLOAD_TEMP_DIR or tempfile.gettempdir())
    for folder, pattern in ((Path(tempfile.gettempdir()), f"{COPY}*"), (arriving, UPLOAD)):
        for path in folder.glob(pattern):
            if is_abandoned(path, before=before):
                yield path


def is_abandoned(path: Path, *, before: datetime) -> bool:
    """Old, ours, and locked by nobody."""
    try:
        with path.open("rb") as file:
            facts = os.fstat(file.fileno())
            if facts.st_uid != os.getuid() or datetime.fromtimestamp(facts.st_mtime, tz=UTC) >= before:
                return False
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # locked by its writer, renamed meanwhile, or not ours to read
        return False
    return True
