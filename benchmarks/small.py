"""python -m benchmarks.small COUNT: many small lists of many suppliers, on two workers, as JSON.

It uses DATABASE_URL and REDIS_URL. Of a list that comes alone the time from the bell to its start is measured: the
dequeueing, the checks, and taking its supplier.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from django.utils import timezone  # noqa: E402

from ingestion.actions.uploads import receive_upload  # noqa: E402
from ingestion.models import IngestionRun  # noqa: E402
from suppliers.models import Supplier  # noqa: E402

ROWS, WARM, ALONE, WORKERS = 40, 5, 40, 2
WORKER = [sys.executable, "manage.py", "rqworker", "high", "default", "low", "--verbosity", "0"]


def measure(count: int) -> dict[str, float]:
    workers = [subprocess.Popen(WORKER) for _ in range(WORKERS)]
    try:
        list(alone(WARM))
        waits = list(alone(ALONE))
        before, started = cpu_of(workers), time.perf_counter()
        wait_for([upload(f"Crowd {number}", number) for number in range(count)])
        seconds, cpu = time.perf_counter() - started, cpu_of(workers) - before
    finally:
        for worker in workers:
            worker.terminate()
            worker.wait()
    return {
        "lists": count,
        "rows_each": ROWS,
        "lists_per_second": round(count / seconds, 1),
        "worker_cpu_ms_per_list": round(cpu / count * 1000, 1),
        "bell_to_start_ms": round(statistics.median(waits) * 1000, 1),
    }


def alone(count: int) -> Iterator[float]:
    """Seconds from the bell to the start, of lists that come one by one."""
    for number in range(count):
        run = upload(f"Alone {number}", number)
        rung = timezone.now()
        wait_for([run])
        run.refresh_from_db()
        assert run.started_at is not None
        yield max((run.started_at - rung).total_seconds(), 0)


def upload(name: str, number: int) -> IngestionRun:
    supplier, _made = Supplier.objects.get_or_create(name=name, defaults={"default_currency": "EUR"})
    lines = [f"S{number}-{row};Small part {row} of {number};{row + time.time() % 7:.2f};{row}" for row in range(ROWS)]
    content = "\n".join(["Code;Name;Price EUR;Stock", *lines]).encode()
    return receive_upload(file=ContentFile(content, name="week.csv"), supplier=supplier)


def wait_for(runs: list[IngestionRun]) -> None:
    ours = IngestionRun.objects.filter(pk__in=[run.pk for run in runs])
    while ours.under_way().exists():
        time.sleep(0.01)
    assert set(ours.values_list("status", flat=True)) <= {"success", "partial_success"}


def cpu_of(workers: list[subprocess.Popen[bytes]]) -> float:
    """Seconds of all their processes so far, those of readers that have ended included."""
    pids = [pid for worker in workers for pid in (worker.pid, *children(worker.pid))]
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(ticks) for each in fields for ticks in each[11:15]) / os.sysconf("SC_CLK_TCK")


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
