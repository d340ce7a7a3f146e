"""Fresh databases on a server, and the project's commands run on them as its users would."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
KEY = {"SECRET_KEY": "benchmark", "DEVELOPMENT": "1", "LOG_LEVEL": "WARNING"}


class Done(NamedTuple):
    seconds: float
    peak_mb: int
    output: str


def fresh(server: str, name: str) -> str:
    """An empty database; its address."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def migrated(server: str, name: str) -> str:
    url = fresh(server, name)
    manage(url, "migrate", "--verbosity", "0")
    return url


def start(url: str, *words: str) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        **KEY,
        "DATABASE_URL": url,
        "MEDIA_ROOT": str(ROOT / ".local" / "benchmarks" / "media"),
    }
    command = [sys.executable, "manage.py", *words]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def manage(url: str, *words: str) -> Done:
    started = time.perf_counter()
    with start(url, *words) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        output, errors = process.stdout.read(), process.stderr.read()
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"manage.py {' '.join(words)} failed:\n{output}{errors}")
    return Done(time.perf_counter() - started, usage.ru_maxrss // 1024, output)


def settle(url: str) -> None:
    """As autovacuum would between two weeks."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def start_up(url: str) -> float:
    """Seconds that any command takes before it does anything."""
    return min(manage(url, "ingest", "--help").seconds for _ in range(3))
