"""python -m benchmarks [PART ...]: measures and writes docs/performance/results.{json,md} and the plots.

It starts an embedded PostgreSQL of its own, or uses the one that --server names. A figure is the median of --repeat
runs, a ratio that of floor and project in the same run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import concurrency, load, report
from benchmarks.database import KEY, ROOT, manage, migrated, settle
from config.services import use

FOLDER = ROOT / ".local" / "benchmarks"
SMALL_LISTS = 200
KEPT_OF_PAGES = ("screen", "kind", "what", "rows", "ms", "python_ms", "database_ms", "over")


def load_part(words: argparse.Namespace) -> dict[str, Any]:
    place = load.prepared(FOLDER, words.rows, xlsx=True)
    return {
        kind: {
            name: found._asdict()
            for name, found in load.measure(words.server, place, words.rows, kind, words.repeat).items()
        }
        for kind in ("csv", "xlsx")
    }


def long_part(words: argparse.Namespace) -> dict[str, Any]:
    """Time and memory by the length of the list."""
    found = {}
    for rows in (words.rows // 10, words.rows, words.rows * 10):
        measured = load.measure(words.server, load.prepared(FOLDER, rows), rows, "csv", 1)
        found[str(rows)] = {name: figures._asdict() for name, figures in measured.items()}
    return found


def timeline_part(words: argparse.Namespace) -> dict[str, Any]:
    """Where the time of each load goes; the last of a few repetitions, when all is warm."""
    place = load.prepared(FOLDER, words.rows)
    found: dict[str, Any] = {}
    for _ in range(words.repeat):
        url = migrated(words.server, "benchmark_timeline")
        for name, week, options in load.LOADS:
            found[name] = timeline(url, place / f"raw-{week}.csv", *options)
            settle(url)
    return found


def timeline(url: str, path: Path, *options: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.timeline", str(path), *options]
    environment = {**os.environ, **KEY, "DATABASE_URL": url, "MEDIA_ROOT": str(FOLDER / "media")}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def understanding_part(words: argparse.Namespace) -> dict[str, Any]:
    command = [sys.executable, "benchmarks/inspect_csv.py", str(words.rows)]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **KEY}, capture_output=True, text=True, check=True)
    return {"inspect": done.stdout.strip()}


def grown_database(words: argparse.Namespace) -> str:
    url = migrated(words.server, "benchmark_grown")
    manage(url, "grow_catalog", "--items", str(words.items))
    return url


def pages_part(words: argparse.Namespace) -> dict[str, Any]:
    url = grown_database(words)
    command = [sys.executable, "-m", "benchmarks.pages"]
    environment = {**os.environ, **KEY, "DATABASE_URL": url, "SECURE_SSL_REDIRECT": "0"}
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    empty, grown = load.into_grown(words.server, url, FOLDER, words.rows // 10, words.repeat)
    pages = [{key: page[key] for key in KEPT_OF_PAGES} for page in json.loads(done.stdout)]
    return {"pages": pages, "empty_seconds": empty, "grown_seconds": grown}


def concurrency_part(words: argparse.Namespace) -> dict[str, Any]:
    speed_up = concurrency.speed_up(words.server, FOLDER, words.rows, words.repeat)
    return {**speed_up._asdict(), "good_runs": concurrency.rounds(words.server, FOLDER, 2_000, words.repeat)}


def small_part(words: argparse.Namespace) -> dict[str, Any]:
    """Many small lists, on two workers with a queue of their own."""
    (queue,) = use(["valkey"], folder=FOLDER / "queue")
    environment = {
        **os.environ, **KEY, "DATABASE_URL": migrated(words.server, "benchmark_small"), "REDIS_URL": queue.url,
        "MEDIA_ROOT": str(FOLDER / "media"),
    }  # fmt: skip
    command = [sys.executable, "-m", "benchmarks.small", str(SMALL_LISTS)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(done.stdout))


PARTS: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
    "load": load_part,
    "timeline": timeline_part,
    "long": long_part,
    "understanding": understanding_part,
    "pages": pages_part,
    "concurrency": concurrency_part,
    "small": small_part,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all when left out")
    parser.add_argument("--server", default="", help="postgresql://USER:PASSWORD@HOST:PORT/postgres")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--items", type=int, default=2_000_000, help="of the grown catalog")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "performance")
    words = parser.parse_args()
    unknown = set(words.parts) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    words.server = words.server or use(["postgres"], folder=FOLDER / "server")[0].url
    results = report.known(words.out)
    for part in words.parts or PARTS:
        print(part, flush=True)
        results[part] = PARTS[part](words)
        report.write(words.out, results)


if __name__ == "__main__":
    main()
