"""What a storage of price lists must do: keep content under a name, and say whether it is still that content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, NamedTuple, Protocol

from ingestion.models import FileState

_BLOCK = 1 << 20


class Content(NamedTuple):
    """What identifies bytes."""

    sha256: str
    size: int


class Kept(StrEnum):
    """What keeping found under the name."""

    NEW = "new"
    KNOWN = "known"
    REPLACED = "replaced"  # other bytes, of a writer that died or of a damaged disk


class Stored(NamedTuple):
    """One file of the storage."""

    name: str
    size: int
    modified: datetime


class ContentStorage(Protocol):
    """Raises IngestionError where the storage itself gives up: full, not reachable."""

    def keep(self, name: str, file: IO[bytes], content: Content) -> Kept:
        """When it returns, the name leads to exactly this content, and a power cut does not change that."""

    def state(self, name: str, content: Content, *, quick: bool = False) -> FileState:
        """Whether the name leads to this content; `quick` takes the storage's own hash for it, where it has one."""

    def open_whole(self, name: str, content: Content) -> IO[bytes] | FileState:
        """The verified bytes, to be closed by the caller, with a path of this machine as `name`; else what is wrong."""

    def stored(self, folder: str) -> Iterator[Stored]:
        """Whatever lies under a folder, without files that are being written."""

    def dead_drafts(self, folder: str, *, before: datetime) -> Iterator[Path]:
        """Files that were being written when their writer was killed."""

    def remove(self, name: str) -> None:
        """No error where it is gone already."""


def content_of(file: IO[bytes], into: IO[bytes] | None = None) -> Content:
    """Reads from the start to the end; what is read is written on the way `into` another file."""
    file.seek(0)
    return hash_on(file, into)


def hash_on(file: IO[bytes], into: IO[bytes] | None = None) -> Content:
    """The same from where the file stands."""
    digest, size = hashlib.sha256(), 0
    while block := file.read(_BLOCK):
        digest.update(block)
        size += len(block)
        if into is not None:
            into.write(block)
    return Content(digest.hexdigest(), size)
