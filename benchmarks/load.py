"""A first load, next week's list, and the same once more, as ratios to the floor; long lists; a grown catalog."""

from __future__ import annotations

import json
import statistics
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks import floor, lists
from benchmarks.database import fresh, manage, migrated, settle, start_up

LOADS = (("first", 1, ()), ("next week", 2, ()), ("identical, forced", 2, ("--force",)))


class Load(NamedTuple):
    seconds: float
    floor: float
    peak_mb: int

    @property
    def ratio(self) -> float:
        return self.floor / self.seconds


def ingest(url: str, path: Path, supplier: str, waited: float, *words: str) -> tuple[float, int]:
    done = manage(url, "ingest", str(path), "--supplier", supplier, "--json", *words)
    statistics_ = json.loads(done.output)["statistics"]
    assert statistics_["successful_rows"] > 0.99 * statistics_["total_rows"], statistics_
    return done.seconds - waited, done.peak_mb


def repetition(server: str, folder: Path, kind: str) -> Iterator[tuple[str, Load]]:
    """Floor and project side by side, each in a new database."""
    floor_url, url = fresh(server, "benchmark_floor"), migrated(server, "benchmark_load")
    floor.reset(floor_url)
    waited = start_up(url)
    for name, week, words in LOADS:
        least = floor.load(floor_url, folder / f"clean-{week}.csv")
        seconds, peak = ingest(url, folder / f"raw-{week}.{kind}", "Benchmark", waited, *words)
        yield name, Load(seconds, least, peak)
        settle(floor_url)
        settle(url)


def median(loads: list[Load]) -> Load:
    """Of seconds and of ratios; a ratio is that of one run, never of two."""
    seconds = statistics.median(load.seconds for load in loads)
    ratio = statistics.median(load.ratio for load in loads)
    return Load(seconds, ratio * seconds, max(load.peak_mb for load in loads))


def measure(server: str, folder: Path, rows: int, kind: str, repeat: int) -> dict[str, Load]:
    found: dict[str, list[Load]] = defaultdict(list)
    for _ in range(repeat):
        for name, load in repetition(server, folder, kind):
            found[name].append(load)
            print(
                f"  {kind} {rows:>9,} {name:18} {load.seconds:7.2f} s  ratio {load.ratio:.2f}  {load.peak_mb} MB",
                flush=True,
            )
    return {name: median(loads) for name, loads in found.items()}


def prepared(folder: Path, rows: int, *, xlsx: bool = False) -> Path:
    place = folder / f"{rows}"
    if not (place / ("raw-2.xlsx" if xlsx else "clean-2.csv")).exists():
        print(f"  writing lists of {rows:,} rows", flush=True)
        lists.write(place, rows, xlsx=xlsx)
    return place


def into_grown(server: str, grown: str, folder: Path, rows: int, repeat: int) -> tuple[float, float]:
    """Median seconds of a new supplier's list and its next week into an empty catalog, and into the grown one."""
    seconds: dict[str, list[float]] = defaultdict(list)
    for turn in range(repeat):
        place = folder / f"{rows}-{turn}"
        lists.write(place, rows, supplier=turn + 1)
        for name, url in (("empty", migrated(server, "benchmark_empty")), ("grown", grown)):
            waited = start_up(url)
            taken = [
                ingest(url, place / f"raw-{week}.csv", f"Newcomer {turn}", waited, "--force")[0] for week in (1, 2)
            ]
            seconds[name].append(sum(taken))
            print(f"  {rows:,} rows into the {name} catalog {taken[0]:.2f} s, next week {taken[1]:.2f} s", flush=True)
    return statistics.median(seconds["empty"]), statistics.median(seconds["grown"])
