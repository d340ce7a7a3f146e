"""PostgreSQL and Valkey with files of their own, stopped in every way and started again where they were."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from config.embedded import HOST, Postgres, Server, Valkey
from config.processes import spawn
from tests.stack.processes import kill_tree

BELOW_EPHEMERAL = range(15_000, 32_000)  # no client's port: nobody takes it while the server is down
START_SECONDS = 60


def quiet_port() -> int:
    while True:
        port = random.choice(BELOW_EPHEMERAL)
        with socket.socket() as probe:
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port


class DurableValkey(Valkey):
    """Every write is on the disk before it is answered, so that a stop with its data loses nothing."""

    def start(self) -> subprocess.Popen[bytes]:
        data = self.folder / "valkey"
        data.mkdir(mode=0o700, exist_ok=True)
        settings = {"bind": HOST, "port": self.port, "dir": data, "requirepass": self.password}
        settings |= {"appendonly": "yes", "appendfsync": "always", "save": '""'}
        words = [word for name, value in settings.items() for word in (f"--{name}", str(value))]
        with (self.folder / "valkey.log").open("ab") as log:
            return spawn([self._program(), *words], output=log, when_orphaned=self.stop_by)


class Service:
    """One server: started until it answers, stopped by any signal."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Again and again where the rest of a killed server is still in the way."""
        deadline = time.monotonic() + START_SECONDS
        self.process = self.server.start()
        while not (self.process.poll() is None and self.server.is_ready()):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.server.name} did not start in {START_SECONDS} s")
            if self.process.poll() is not None:
                time.sleep(0.2)
                self.process = self.server.start()
            time.sleep(0.02)

    def stop(self, by: signal.Signals) -> None:
        """Returns when the server is gone; SIGKILL takes all its processes at once, as a power cut would."""
        process, self.process = self.process, None
        if process is None:
            return
        if by == signal.SIGKILL:
            kill_tree(process.pid)
        else:
            process.send_signal(by)
        try:
            process.wait(START_SECONDS)
        except subprocess.TimeoutExpired:
            kill_tree(process.pid)
            process.wait()


class Servers:
    """Both servers in one folder, with their addresses fixed before either has started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        postgres, valkey = Postgres(folder, throw_away=False), DurableValkey(folder, throw_away=False)
        postgres.port, valkey.port = quiet_port(), quiet_port()
        self.postgres, self.valkey = Service(postgres), Service(valkey)
        self.addresses = {"DATABASE_URL": postgres.url(), "REDIS_URL": valkey.url()}

    def start(self) -> None:
        self.postgres.start()
        self.valkey.start()

    def stop(self) -> None:
        self.valkey.stop(signal.SIGKILL)
        self.postgres.stop(signal.SIGQUIT)
        shutil.rmtree((self.folder / "postgres").resolve(), ignore_errors=True)  # may be a link: config.embedded

    def empty_valkey(self) -> None:
        """While it is down: it comes back without anything."""
        shutil.rmtree(self.folder / "valkey", ignore_errors=True)


def environment(folder: Path) -> dict[str, str]:
    """What every process of a stack in this folder is told, besides the addresses of its servers."""
    for name in ("media", "tmp"):
        (folder / name).mkdir(exist_ok=True)
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEVELOPMENT": "1",
        "SECRET_KEY": "of a stack that is thrown away" * 2,
        "MEDIA_ROOT": str(folder / "media"),
        "TMPDIR": str(folder / "tmp"),
        "LOG_FORMAT": "plain",
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "default",
        "WEB_CONCURRENCY": "2",
    }
