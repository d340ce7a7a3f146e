"""Keeping a list on a real disk: while its writer is killed, raced, or the disk is full."""

from __future__ import annotations

import io
import os
import random
import resource
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from ingestion.lists.content import Content, Kept, content_of
from ingestion.lists.folder import FolderStorage
from ingestion.lists.problems import StorageFailed
from ingestion.models import FileState

NAME = "price_lists/ab/abcd.csv"
LARGE = random.Random(7).randbytes(12 << 20)
KILLS = 30


@pytest.fixture
def folder(tmp_path) -> FolderStorage:
    return FolderStorage(location=tmp_path / "files")


def content() -> Content:
    return content_of(io.BytesIO(LARGE))


def in_a_process(work: Callable[[], object]) -> int:
    """The id of a process that does this and nothing else."""
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
        os._exit(0)
    except BaseException:  # noqa: BLE001 - whatever it is, this process must not go on as the test
        os._exit(1)


def files_in(folder: FolderStorage) -> list[str]:
    return sorted(path.name for path in Path(folder.location).rglob("*") if path.is_file())


def end_of(pid: int) -> int:
    return os.waitpid(pid, 0)[1]


def now() -> datetime:
    return datetime.now(tz=UTC)


def test_a_name_leads_to_the_whole_content_or_to_nothing_whenever_its_writer_is_killed(folder):
    wanted, dice, ends = content(), random.Random(11), set()
    for _kill in range(KILLS):
        writer = in_a_process(lambda: folder.keep(NAME, io.BytesIO(LARGE), wanted))
        time.sleep(dice.uniform(0, 0.1))
        os.kill(writer, signal.SIGKILL)
        end_of(writer)
        found = folder.state(NAME, wanted)
        assert found in {FileState.MISSING, FileState.WHOLE}
        ends.add(found)
        folder.delete(NAME)
    assert FileState.MISSING in ends
    for draft in list(folder.dead_drafts("price_lists", before=now())):
        draft.unlink()
    assert files_in(folder) == []
    assert folder.keep(NAME, io.BytesIO(LARGE), wanted) is Kept.NEW


def test_many_writers_of_the_same_content_end_with_one_whole_file(folder):
    wanted = content()
    for _round in range(5):
        writers = [in_a_process(lambda: folder.keep(NAME, io.BytesIO(LARGE), wanted)) for _ in range(4)]
        time.sleep(0.02)
        os.kill(writers[0], signal.SIGKILL)
        ends = [end_of(writer) for writer in writers]
        assert ends[1:] == [0, 0, 0]
        assert folder.state(NAME, wanted) is FileState.WHOLE
        folder.delete(NAME)


@pytest.mark.parametrize("there", [LARGE[:5_000_000], b"", LARGE[:-1] + b"?"], ids=["half", "empty", "altered"])
def test_a_name_that_exists_is_not_trusted(folder, there):
    path = Path(folder.path(NAME))
    path.parent.mkdir(parents=True)
    path.write_bytes(there)
    assert folder.state(NAME, content()) is FileState.ALTERED
    assert folder.keep(NAME, io.BytesIO(LARGE), content()) is Kept.REPLACED
    assert path.read_bytes() == LARGE
    assert folder.keep(NAME, io.BytesIO(LARGE), content()) is Kept.KNOWN


def test_a_full_disk_is_said_and_leaves_nothing(small_disk):
    folder = FolderStorage(location=small_disk("2m"))
    with pytest.raises(StorageFailed, match="The disk of the price lists is full"):
        folder.keep(NAME, io.BytesIO(LARGE), content())
    assert files_in(folder) == []
    little = b"a;b\n"
    assert folder.keep(NAME, io.BytesIO(little), content_of(io.BytesIO(little))) is Kept.NEW


def test_other_files_are_whole_or_not_there_too(small_disk):
    folder = FolderStorage(location=small_disk("2m"))
    with pytest.raises(StorageFailed, match="is full"):
        folder.save("prepared/a.xlsx", ContentFile(LARGE))
    assert files_in(folder) == []
    name = folder.save("prepared/a.xlsx", ContentFile(b"whole"))
    assert folder.save("prepared/a.xlsx", ContentFile(b"another")) != name
    assert Path(folder.path(name)).read_bytes() == b"whole"


def test_a_limit_on_files_is_said_and_leaves_nothing(folder):
    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
        with pytest.raises(StorageFailed, match="nothing was stored"):
            folder.keep(NAME, io.BytesIO(LARGE), content())

    assert end_of(in_a_process(limited)) == 0
    assert files_in(folder) == []


def test_bytes_that_change_while_they_are_stored_are_not_kept(folder):
    with pytest.raises(StorageFailed, match="nothing was stored"):
        folder.keep(NAME, io.BytesIO(LARGE[:-1]), content())
    assert files_in(folder) == []


def test_the_file_of_a_living_writer_is_not_swept(folder):
    reached, go_on = os.pipe(), os.pipe()

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                os.write(reached[1], b"!")
                os.read(go_on[0], 1)
            return super().read(size)

    writer = in_a_process(lambda: folder.keep(NAME, Slow(LARGE[: 2 << 20]), content_of(io.BytesIO(LARGE[: 2 << 20]))))
    os.read(reached[0], 1)
    assert list(folder.dead_drafts("price_lists", before=now() + timedelta(minutes=1))) == []
    os.write(go_on[1], b"!!!!")
    assert end_of(writer) == 0
    assert files_in(folder) == ["abcd.csv"]
