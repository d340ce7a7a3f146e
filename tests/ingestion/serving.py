"""Workers for tests: in this process, or as processes of their own that can be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from ingestion.runs import queue
from ingestion.runs.supplier_lock import SESSIONS
from ingestion.worker.clock import SharedClock
from ingestion.worker.messages import Mailbox
from ingestion.worker.server import Server
from tests.ingestion.price_lists import PARSERS

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180


def work() -> None:
    """What waits now is worked off, as a worker does it."""
    try:
        Server(Mailbox(queue.queues(), queue.redis()), SharedClock(), burst=True).serve()
    finally:
        SESSIONS.keep = False
        SESSIONS.take().close()


@contextmanager
def started_workers() -> Iterator[Callable[..., list[subprocess.Popen[bytes]]]]:
    """Starts worker processes on the test database; whatever still runs at the end is killed."""
    started: list[subprocess.Popen[bytes]] = []
    url = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
    environment = {
        **os.environ, "DATABASE_URL": url, "INGESTION_PARSERS": ",".join(PARSERS),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT), "REDIS_URL": settings.RQ_QUEUES["default"]["URL"],
    }  # fmt: skip

    def start(count: int = 1, *words: str, **more: str) -> list[subprocess.Popen[bytes]]:
        command = [sys.executable, "manage.py", "rqworker", "high", "default", "low", "--verbosity", "0", *words]
        new = [
            subprocess.Popen(command, cwd=ROOT, env={**environment, **more}, start_new_session=True)
            for _ in range(count)
        ]
        started.extend(new)
        return new

    try:
        yield start
    finally:
        for worker in started:
            if worker.poll() is None:
                kill(worker)


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def kill(worker: subprocess.Popen[Any]) -> None:
    """The worker and its processes, as a power cut would."""
    for pid in (worker.pid, *children(worker.pid)):
        os.kill(pid, signal.SIGKILL)
    worker.wait()


def wait_until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.1)
