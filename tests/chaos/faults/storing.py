"""The process that keeps a file is killed in the middle of it; then the same file comes again."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

import psutil

from config.processes import spawn
from suppliers.models import Supplier
from tests.chaos.arena import NOW
from tests.chaos.faults.base import Fault
from tests.chaos.lists import large
from tests.chaos.trials import Case, Trial
from tests.stack.processes import kill, kill_tree
from tests.stack.site import ROOT

KILOBYTES = 8_000
SECONDS = 20  # until the first byte of the file is seen in the storage
LONGEST_PAUSE = 0.03  # mostly a few milliseconds: the bytes are kept sooner than that


class KillsWhileStoring(Fault):
    cases_each: ClassVar[int] = 1

    def strike(self, trial: Trial) -> None:
        (case,) = trial.cases
        content = large(case.variant, NOW, self.arena.number(), kilobytes=KILOBYTES)
        before = self.sizes()
        if trial.outcome.number % 2:
            self.kill_web(case, content)
        else:
            self.kill_command(case, content)
        trial.strikes(self.how_far(case, {*self.sizes().items()} - {*before.items()}, len(content)))
        self.arena.site.heal()
        trial.heal()
        self.arena.find_runs(case, NOW)
        self.arena.post(case, NOW, content)

    def kill_web(self, case: Case, content: bytes) -> None:
        tab = self.arena.client.twin()
        upload = threading.Thread(target=tab.upload, args=(case.supplier, "week.csv", content), daemon=True)
        before = self.sizes()
        upload.start()
        self.wait_for_another_file(before, upload.is_alive)
        for server in psutil.Process(self.arena.site.web).children():
            kill(server.pid)
        upload.join()

    def kill_command(self, case: Case, content: bytes) -> None:
        path = self.arena.folder / "week.csv"
        path.write_bytes(content)
        name = Supplier.objects.get(pk=case.supplier).name
        words = [sys.executable, "manage.py", "ingest", str(path), "--supplier", name, "--queue"]
        before = self.sizes()
        with (self.arena.folder / "ingest.log").open("ab") as log:
            command = spawn(words, cwd=ROOT, env=os.environ, output=log)
        self.wait_for_another_file(before, lambda: command.poll() is None)
        kill_tree(command.pid)
        command.wait()

    def how_far(self, case: Case, new: set[tuple[Path, int]], whole: int) -> str:
        if set(self.arena.runs_of(case)) - set(case.runs):
            return "received"
        sizes = {size for _path, size in new}
        return "all bytes kept" if whole in sizes else "half kept" if sizes else "not kept"

    def sizes(self) -> dict[Path, int]:
        found = {}
        for path in self.arena.media.rglob("*"):
            with suppress(FileNotFoundError):  # renamed or removed meanwhile
                if path.is_file():
                    found[path] = path.stat().st_size
        return found

    def wait_for_another_file(self, before: dict[Path, int], is_alive: Callable[[], bool]) -> None:
        deadline = time.monotonic() + SECONDS
        while self.sizes().keys() <= before.keys() and time.monotonic() < deadline and is_alive():
            time.sleep(0.0005)
        time.sleep(LONGEST_PAUSE * self.arena.random.random() ** 3)
