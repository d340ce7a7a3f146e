"""What is to be done, and the lanes that do it: each takes the next wave when it is through with one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import deque
from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from typing import Any

from config.processes import spawn, stop
from tests.chaos.kinds import KINDS, Kind
from tests.chaos.trials import Outcome, Tally
from tests.stack.site import ROOT

DONE = "done"
STOP_SECONDS = 30
Wave = tuple[Kind, list[int]]


def plan(only: Iterable[str] = (), *, times: int | None = None, short: bool = False) -> list[Wave]:
    """Every kind in waves; those that take longest first, so that the lanes end together."""
    wanted = {*only} or {kind.module for kind in KINDS}
    waves = []
    for kind in (kind for kind in KINDS if kind.module in wanted):
        count = times or (max(kind.times // 10, 1) if short else kind.times)
        numbers = list(range(1, count + 1))
        waves += [(kind, numbers[start : start + kind.wave]) for start in range(0, count, kind.wave)]
    return waves


class Progress:
    """What is left to do and what came of the rest; the lanes share it."""

    def __init__(self, waves: list[Wave]) -> None:
        self.tallies = {kind.module: Tally(kind.name) for kind, _numbers in waves}
        self.problems = 0
        self.total = sum(len(numbers) for _kind, numbers in waves)
        self._waves, self._lock, self._done = deque(waves), Lock(), 0

    def next(self) -> Wave | None:
        with self._lock:
            return self._waves.popleft() if self._waves else None

    def add(self, kind: Kind, outcome: Outcome) -> None:
        with self._lock:
            self._done += 1
            self.tallies[kind.module].add(outcome)
            word = f"skipped, {outcome.skipped}" if outcome.skipped else "FAILED" if outcome.problems else "ok"
            where = f"{kind.name} #{outcome.number} {outcome.struck_at}".strip()
            print(f"[{self._done}/{self.total}] {where}: {word}, {outcome.recovery:.1f} s", flush=True)
            self.note(f"{kind.name} #{outcome.number}: {problem}" for problem in outcome.problems)

    def note(self, problems: Iterable[str]) -> None:
        for problem in problems:
            print(f"    {problem}", flush=True)
            self.problems += 1


class Lane:
    """A process with a stack of its own. To be started in the main thread: it ends with the thread that started it."""

    def __init__(self, folder: Path, seed: str) -> None:
        self.log = folder / "lane.log"
        command = [sys.executable, "-m", "tests.chaos.lane", str(folder), seed]
        self.log.touch()
        self.process = spawn(command, cwd=ROOT, stdin=subprocess.PIPE, output=subprocess.PIPE)

    def work(self, progress: Progress) -> None:
        while wave := progress.next():
            kind, numbers = wave
            try:
                self._tell({"kind": kind.module, "numbers": numbers})
                self._hear(kind, progress)
            except (OSError, ValueError) as problem:
                last = self.log.read_text(errors="replace")[-3000:]
                progress.note([f"a lane ended in the wave {kind.name} {numbers} ({problem}): {last}"])
                return

    def _tell(self, wave: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(wave).encode() + b"\n")
        self.process.stdin.flush()

    def _hear(self, kind: Kind, progress: Progress) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            text = line.decode().strip()
            if text == DONE:
                return
            progress.add(kind, Outcome(**json.loads(text)))
        raise OSError(f"no answer, exit code {self.process.wait()}")

    def stop(self) -> None:
        if self.process.stdin:
            self.process.stdin.close()
        stop(self.process, within=STOP_SECONDS)
