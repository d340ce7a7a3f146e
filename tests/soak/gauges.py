"""What must not grow, measured from outside."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import psutil
import redis
from django.db import connection

from tests.soak.trend import Tolerance
from tests.stack.processes import tree
from tests.stack.servers import Servers
from tests.stack.site import Site

MB = 1024 * 1024
CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
UNFINISHED = "SELECT count(*) FROM ingestion_ingestionrun WHERE status IN ('queued', 'running')"


class Gauge(NamedTuple):
    name: str
    unit: str
    tolerance: Tolerance


GAUGES = (
    Gauge("memory of the web server", "MB", Tolerance(12, 0.06)),
    Gauge("memory of the workers", "MB", Tolerance(12, 0.04)),
    Gauge("peak memory of what a worker has started", "MB", Tolerance(10, 0.08)),
    Gauge("connections of PostgreSQL", "", Tolerance(4)),
    Gauge("connections of Valkey", "", Tolerance(4)),
    Gauge("keys in Valkey", "", Tolerance(20, 0.1)),
    Gauge("open files", "", Tolerance(10, 0.05)),
    Gauge("stored files", "", Tolerance(0.5)),
    Gauge("temporary files", "", Tolerance(3)),
    Gauge("lists under way", "", Tolerance(5)),
)


class Instruments:
    """Reads all gauges of one stack."""

    def __init__(self, folder: Path, servers: Servers, site: Site) -> None:
        self.folder, self.site = folder, site
        self.valkey = redis.Redis.from_url(servers.addresses["REDIS_URL"])
        self._highest = 0.0

    def watch(self) -> None:
        """What a list takes is gone after some tenths of a second: to be called several times in each."""
        self._highest = max([self._highest, *(memory(tree(worker)[1:]) for worker in self.site.workers.values())])

    def read(self) -> dict[str, float]:
        """By the names of the gauges."""
        web = tree(self.site.web)
        workers = [process for pid in self.site.workers.values() for process in tree(pid)[:1]]
        highest, self._highest = self._highest, 0.0
        values = (
            memory(web),
            memory(workers),
            highest,
            asked(CONNECTIONS),
            len(self.valkey.client_list()),
            int(self.valkey.dbsize()),
            sum(open_files([*web, *workers])),
            files_in(self.folder / "media"),
            files_in(self.folder / "tmp"),
            asked(UNFINISHED),
        )
        return {gauge.name: float(value) for gauge, value in zip(GAUGES, values, strict=True)}


def memory(processes: Iterable[psutil.Process]) -> float:
    """In MB; what has ended meanwhile has none."""
    total = 0
    for process in processes:
        with suppress(psutil.Error):
            total += process.memory_info().rss
    return total / MB


def open_files(processes: Iterable[psutil.Process]) -> Iterable[int]:
    for process in processes:
        with suppress(psutil.Error):
            yield process.num_fds()


def files_in(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))


def asked(question: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(question)
        (answer,) = cursor.fetchone() or (0,)
    return int(answer)
