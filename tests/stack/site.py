"""The web server and the workers, each in a process group of its own, started again when they are dead."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import requests

from config.embedded import HOST
from config.processes import spawn, stop
from tests.stack.processes import kill, kill_tree, tree
from tests.stack.servers import quiet_port

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 60
QUEUES = ("previews", "high", "default", "low")


class Site:
    def __init__(self, folder: Path, environment: Mapping[str, str], *, workers: int = 3) -> None:
        self.folder, self.environment, self.port = folder, environment, quiet_port()
        self.address = f"http://{HOST}:{self.port}"
        self.names = ["web", *(f"worker-{number}" for number in range(1, workers + 1))]
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def workers(self) -> dict[str, int]:
        """Their process ids by the names under which the database knows their connections."""
        return {name: process.pid for name, process in self.processes.items() if name != "web"}

    @property
    def web(self) -> int:
        return self.processes["web"].pid

    def heal(self) -> None:
        """Starts what is not running, as an init system would, and waits until the web server answers."""
        for name in self.names:
            if name not in self.processes or self.processes[name].poll() is not None:
                self.processes[name] = self._start(name)
        deadline = time.monotonic() + READY_SECONDS
        while not self._answers():
            if time.monotonic() > deadline:
                raise TimeoutError(f"The web server does not answer: see {self.folder / 'web.log'}")
            time.sleep(0.05)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """No worker does anything meanwhile, as if all were busy."""
        found = [process for pid in self.workers.values() for process in tree(pid)]
        for process in found:
            kill(process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in found:
                kill(process.pid, signal.SIGCONT)

    def kill(self) -> None:
        for process in self.processes.values():
            kill_tree(process.pid)
        for process in self.processes.values():
            process.wait()

    def stop(self) -> None:
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            stop(process, within=2)
            kill_tree(process.pid)

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            return spawn(
                [sys.executable, *self._words(name)],
                cwd=ROOT,
                env={**self.environment, "PGAPPNAME": name},
                output=log,
            )

    def _words(self, name: str) -> list[str]:
        if name == "web":
            return ["-m", "gunicorn", "config.wsgi", "--config=config/gunicorn.py", f"--bind={HOST}:{self.port}"]
        scheduler = ["--with-scheduler"] if name == "worker-1" else []
        return ["manage.py", "rqworker", *QUEUES, "--verbosity=0", *scheduler]

    def _answers(self) -> bool:
        """Whatever it says of the other parts."""
        try:
            requests.get(f"{self.address}/health/", timeout=5)
        except requests.RequestException:
            return False
        return True
