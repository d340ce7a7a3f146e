"""What belongs to nothing is removed, what is needed is not, and damage is found before somebody needs the list."""

from __future__ import annotations

import io
import json
import os
import signal
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from config.gunicorn import post_worker_init
from ingestion.lists import sweep
from ingestion.lists.storage import store
from ingestion.lists.temporary import named_copy
from ingestion.models import FileSweep, PriceList
from ingestion.worker.reconcile import reconcile_runs
from tests.ingestion.lists.damage import alter, delete, kept, path_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey")]

OLD = timedelta(days=2)


@pytest.fixture(autouse=True)
def _own_temporary_files(tmp_path, monkeypatch):
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))


def make_old(path: Path) -> None:
    at = (timezone.now() - OLD).timestamp()
    os.utime(path, (at, at))


def orphan(source, content: bytes = b"no list is of this") -> Path:
    """As a killed upload leaves it: kept, but its list was never committed."""
    price_list = store(io.BytesIO(content), "x.csv", supplier=None, source=source, by=None, at=timezone.now())
    PriceList.objects.filter(pk=price_list.pk).delete()
    return path_of(price_list)


def swept(*words: str) -> dict[str, Any]:
    out, code = io.StringIO(), 0
    try:
        call_command("sweep_files", "--json", *words, stdout=out)
    except SystemExit as end:
        code = int(end.code or 0)
    return {**json.loads(out.getvalue()), "exit": code}


def test_old_files_without_a_list_are_removed_and_others_are_not(source):
    old, young, used = orphan(source), orphan(source, b"another"), kept(source)
    foreign = old.parent / "readme.txt"
    foreign.write_text("not ours")
    for path in (old, path_of(used), foreign):
        make_old(path)
    assert swept()["orphans"] == [name_of(old)]
    assert old.exists()
    removed = {"removed": True, "files": 4, "orphans": [name_of(old)], "orphan_bytes": 18, "temporary": []}
    assert swept("--delete") == {**removed, "damaged": [], "exit": 0}
    assert (old.exists(), young.exists(), path_of(used).exists(), foreign.exists()) == (False, True, True, True)
    assert (FileSweep.objects.get().orphans, FileSweep.objects.get().removed_bytes) == (1, 18)


def name_of(path: Path) -> str:
    return path.relative_to(default_storage.path("")).as_posix()


def test_a_file_that_an_uncommitted_upload_counts_on_is_left_alone(source):
    path = orphan(source)
    make_old(path)
    with transaction.atomic():
        store(io.BytesIO(path.read_bytes()), "x.csv", supplier=None, source=source, by=None, at=timezone.now())
        pid = os.fork()
        if not pid:
            connection.connect()  # the parent's is not ours
            found = sweep.sweep(timezone.now(), delete=True)
            os._exit(0 if not found.orphans else 1)
        assert os.waitpid(pid, 0)[1] == 0
    assert path.exists()
    assert sweep.sweep(timezone.now(), delete=True).orphans == []


def test_files_of_killed_processes_are_removed(source, tmp_path):
    path_of(kept(source))
    folder = Path(default_storage.path("")) / "price_lists" / "ab"
    folder.mkdir(exist_ok=True)
    draft, upload = folder / ".abcdef-x.part", tmp_path / "tmp" / "tmpabc12345.upload.csv"
    for path in (draft, upload):
        path.write_bytes(b"half")
        make_old(path)
    ready = os.pipe()
    pid = os.fork()
    if not pid:
        theirs = named_copy(".csv")
        os.write(ready[1], theirs.name.encode())
        time.sleep(60)
    copy = Path(os.read(ready[0], 1000).decode())
    make_old(copy)
    assert sorted(swept("--delete")["temporary"]) == sorted(map(str, (draft, upload)))
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    assert swept("--delete")["temporary"] == [str(copy)]
    assert not any(path.exists() for path in (draft, upload, copy))


def test_the_file_of_a_view_that_was_never_finished_is_removed(source):
    for name in ("prepared/forgotten.xlsx", "prepared/young.xlsx"):
        default_storage.save(name, io.BytesIO(b"half"))
    make_old(Path(default_storage.path("prepared/forgotten.xlsx")))
    assert swept("--delete", "--hours", "0")["orphans"] == ["prepared/forgotten.xlsx"]
    assert default_storage.listdir("prepared")[1] == ["young.xlsx"]


def test_a_new_web_process_removes_what_the_killed_one_left(source, tmp_path):
    used, upload = orphan(source), tmp_path / "tmp" / "tmpabc12345.upload.csv"
    upload.write_bytes(b"half")
    for path in (used, upload):
        make_old(path)
    post_worker_init(None)
    assert (used.exists(), upload.exists()) == (True, False)


def test_damage_is_found_and_the_exit_code_says_so(source):
    assert swept()["exit"] == 0
    changed, gone = kept(source), kept(source, "other.txt")
    kept(source)
    alter(changed)
    delete(gone)
    found = swept()
    assert found["exit"] == 1
    assert {each["file"]: each["state"] for each in found["damaged"]} == {
        changed.file.name: "altered",
        gone.file.name: "missing",
    }
    assert PriceList.objects.filter(file_state="altered").count() == 2


def test_workers_look_after_the_files(source):
    price_list, lost = kept(source), orphan(source)
    make_old(lost)
    alter(price_list)
    reconcile_runs()
    price_list.refresh_from_db()
    assert (price_list.file_state, price_list.checked_at is not None, lost.exists()) == ("altered", True, False)
    path_of(price_list).unlink()
    reconcile_runs()
    assert FileSweep.objects.count() == 1
    price_list.refresh_from_db()
    assert price_list.file_state == "altered"  # a damaged one is looked at once an hour
    reconcile_runs(at=timezone.now() + timedelta(minutes=61))
    price_list.refresh_from_db()
    assert price_list.file_state == "missing"
