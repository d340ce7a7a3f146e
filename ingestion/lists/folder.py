"""Price lists in a folder, which several machines may share."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

from ingestion.lists.content import Content, Kept, Stored, content_of
from ingestion.lists.problems import as_storage_failure, failure_of
from ingestion.lists.temporary import is_abandoned
from ingestion.models import FileState

BEGINNING, ENDING = ".", ".part"  # of a file that is being written


class FolderStorage(FileSystemStorage):
    """Nothing is written under a list's name: a name appears with its whole content, or not at all."""

    def keep(self, name: str, file: IO[bytes], content: Content) -> Kept:
        path = Path(self.path(name))
        with as_storage_failure():
            make_folder(path.parent)
            found = self.state(name, content)
            if found is not FileState.WHOLE:
                self._write(path, file, content)
            _settle(path.parent)  # also of a known file, whose writer may have died before
        return {FileState.WHOLE: Kept.KNOWN, FileState.MISSING: Kept.NEW, FileState.ALTERED: Kept.REPLACED}[found]

    def _write(self, path: Path, file: IO[bytes], content: Content) -> None:
        with draft_beside(path) as (draft, its_path):
            content_of(file, into=draft)
            draft.flush()
            if content_of(draft) != content:
                raise OSError(f"{path.name} was written, but other bytes are read")
            self._publish(draft, its_path, path)

    def _save(self, name: str, content: File[Any]) -> str:
        """Other files than lists: whole or not at all, too. Their names are new (`get_available_name`)."""
        path = Path(self.path(name))
        with as_storage_failure():
            make_folder(path.parent)
            with draft_beside(path) as (draft, its_path):
                for chunk in content.chunks():
                    draft.write(chunk.encode() if isinstance(chunk, str) else chunk)
                self._publish(draft, its_path, path)
        return name

    def _publish(self, draft: IO[bytes], its_path: Path, path: Path) -> None:
        draft.flush()
        if self.file_permissions_mode is not None:
            os.fchmod(draft.fileno(), self.file_permissions_mode)
        os.fsync(draft.fileno())
        its_path.replace(path)

    def state(self, name: str, content: Content, *, quick: bool = False) -> FileState:
        found = self.open_whole(name, content)
        if isinstance(found, FileState):
            return found
        found.close()
        return FileState.WHOLE

    def open_whole(self, name: str, content: Content) -> IO[bytes] | FileState:
        try:
            file = Path(self.path(name)).open("rb")  # noqa: SIM115 - handed out
        except FileNotFoundError:
            return FileState.MISSING
        except OSError as error:
            raise failure_of(error) from error
        try:
            is_whole = os.fstat(file.fileno()).st_size == content.size and content_of(file) == content
        except OSError:  # a disk that cannot read its own blocks
            is_whole = False
        if is_whole:
            file.seek(0)
            return file
        file.close()
        return FileState.ALTERED

    def stored(self, folder: str) -> Iterator[Stored]:
        top, location = Path(self.path(folder)), Path(self.location)
        for path in top.rglob("*"):
            with suppress(FileNotFoundError):
                if path.is_file() and not is_draft(path):
                    facts = path.stat()
                    modified = datetime.fromtimestamp(facts.st_mtime, tz=UTC)
                    yield Stored(path.relative_to(location).as_posix(), facts.st_size, modified)

    def remove(self, name: str) -> None:
        self.delete(name)

    def dead_drafts(self, folder: str, *, before: datetime) -> Iterator[Path]:
        """Files whose writer was killed: old, and locked by nobody."""
        for path in Path(self.path(folder)).rglob(f"{BEGINNING}*{ENDING}"):
            if is_abandoned(path, before=before):
                yield path


def make_folder(folder: Path) -> None:
    """With its parents; each is on the disk before something is put into it."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _settle(folder.parent)


def _settle(folder: Path) -> None:
    """The names in a folder survive a power cut from now on."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def draft_beside(path: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """A file to write, in the folder of what it becomes: locked while its writer lives, and gone unless renamed."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{BEGINNING}{path.name[:16]}-", suffix=ENDING)
    its_path = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file, its_path
    finally:
        its_path.unlink(missing_ok=True)


def is_draft(path: Path) -> bool:
    return path.name.startswith(BEGINNING) and path.name.endswith(ENDING)
