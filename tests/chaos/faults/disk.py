"""No room where lists are kept, or where uploads are received: nothing is taken for whole that is not."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import ClassVar

from tests.chaos.arena import NOW
from tests.chaos.faults.base import Fault
from tests.chaos.lists import large
from tests.chaos.trials import Trial

ROOM = 64  # MB of each small disk
KILOBYTES = 6_000
LEFT = 5_000  # at most, of the room that the list needs


class FullDisks(Fault):
    cases_each: ClassVar[int] = 1

    def obstacle(self) -> str:
        if os.geteuid() != 0:
            return "only root can mount a small disk"
        try:
            with self.surroundings():
                return ""
        except subprocess.CalledProcessError as refusal:
            return f"mount was refused: {refusal.stderr.decode().strip()}"

    @contextmanager
    def surroundings(self) -> Iterator[None]:
        with ExitStack() as mounted:
            for place in self.places():
                run("mount", "-t", "tmpfs", "-o", f"size={ROOM}m", "tmpfs", place)
                mounted.callback(run, "umount", "--lazy", place)
            yield

    def places(self) -> tuple[Path, Path]:
        return self.arena.media, self.arena.folder / "tmp"

    def strike(self, trial: Trial) -> None:
        (case,) = trial.cases
        place = self.places()[trial.outcome.number % 2]
        trial.strikes("storage" if place == self.arena.media else "temporary files")
        content = large(case.variant, NOW, self.arena.number(), kilobytes=KILOBYTES)
        ballast = fill(place, self.arena.random.randrange(LEFT))
        answer = self.arena.try_to_post(case, NOW, content)
        if answer.run is not None:
            trial.blame(f"an upload was received (run {answer.run}) where there was no room for it")
        ballast.unlink()
        trial.heal()
        self.arena.find_runs(case, NOW)
        self.arena.post(case, NOW, content)


def run(*words: str | Path) -> None:
    subprocess.run(words, check=True, capture_output=True)


def fill(place: Path, left: int) -> Path:
    """Takes all the room but so many kilobytes."""
    ballast = place / "ballast"
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(shutil.disk_usage(place).free - left * 1024, 1))
    return ballast
