"""How much memory the processes of a worker take together."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path
from typing import Self

from tests.stack.processes import children_of, tree

SECONDS_BETWEEN_LOOKS = 0.1


class MemoryWatch(threading.Thread):
    """The most that the serving process of a worker has taken with its reader, as Pss: what is shared counts once."""

    def __init__(self, workers: list[int]) -> None:
        super().__init__(daemon=True)
        self._workers, self._over = workers, threading.Event()
        self.peak = 0.0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        while not self._over.wait(SECONDS_BETWEEN_LOOKS):
            servers = [child for worker in self._workers for child in children_of(worker)]
            taken = [sum(proportional(process.pid) for process in tree(server)) for server in servers]
            self.peak = max(self.peak, *taken)


def proportional(pid: int) -> float:
    """In MB; nothing of a process that is gone."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0
