"""Two suppliers' lists one after the other, and both at once; then eight lists on four workers, many times."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import NamedTuple

import psycopg

from benchmarks import lists
from benchmarks.database import migrated, settle, start, start_up

STATUSES = "SELECT status, count(*), sum(retry_count) FROM ingestion_ingestionrun GROUP BY status"


def ingest_all(url: str, paths: list[tuple[str, Path]], *, at_once: bool) -> float:
    """Seconds until the last one has ended."""
    started, running = time.perf_counter(), []
    for supplier, path in paths:
        running.append(start(url, "ingest", str(path), "--supplier", supplier, "--force", "--json"))
        if not at_once:
            running[-1].communicate()
    for process in running:
        process.communicate()
        assert process.returncode == 0
    return time.perf_counter() - started


class SpeedUp(NamedTuple):
    """How many times faster two suppliers are taken in by two workers than by one."""

    new_categories: float  # both lists make the same ones: from there on the second waits for the first
    known_categories: float


def speed_up(server: str, folder: Path, rows: int, repeat: int) -> SpeedUp:
    paths = [(f"Benchmark {number}", list_of(folder, rows, number)) for number in (1, 2)]
    ratios = {
        is_known: [one_by_one_or_at_once(server, paths, is_known=is_known) for _ in range(repeat)]
        for is_known in (False, True)
    }
    return SpeedUp(statistics.median(ratios[False]), statistics.median(ratios[True]))


def list_of(folder: Path, rows: int, supplier: int) -> Path:
    place = folder / f"{rows}-of-{supplier}"
    if not place.exists():
        lists.write(place, rows, supplier=supplier)
    return place / "raw-1.csv"


def one_by_one_or_at_once(server: str, paths: list[tuple[str, Path]], *, is_known: bool) -> float:
    seconds = []
    for at_once in (False, True):
        url = migrated(server, "benchmark_at_once" if at_once else "benchmark_one_by_one")
        if is_known:
            ingest_all(url, [("Benchmark before", paths[0][1])], at_once=False)
            settle(url)
        waited = start_up(url) * (1 if at_once else len(paths))
        seconds.append(ingest_all(url, paths, at_once=at_once) - waited)
    one_by_one, at_once_ = seconds
    print(f"  two lists one by one {one_by_one:.2f} s, at once {at_once_:.2f} s", flush=True)
    return one_by_one / at_once_


def rounds(server: str, folder: Path, rows: int, times: int) -> int:
    """Eight suppliers that share categories, four at a time; how many runs ended well at the first attempt."""
    url = migrated(server, "benchmark_rounds")
    for supplier in range(1, 9):
        lists.write(folder / f"round-{supplier}", rows, supplier=supplier)
    for turn in range(times):
        for half in (range(1, 5), range(5, 9)):
            paths = [(f"Round {number}", folder / f"round-{number}" / f"raw-{turn % 2 + 1}.csv") for number in half]
            ingest_all(url, paths, at_once=True)
        if turn == 0:  # from now on every product is offered by two suppliers
            share_products(url)
    with psycopg.connect(url) as connection:
        found = connection.execute(STATUSES).fetchall()
    assert not any(retries for _status, _count, retries in found), found
    return sum(count for _status, count, _retries in found)


def share_products(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(
            """UPDATE catalog_supplieritem i SET product_id = o.product_id FROM catalog_supplieritem o
            WHERE o.supplier_id = (i.supplier_id - 1) / 4 * 4 + 1
                AND split_part(o.supplier_sku, '-', 2) = split_part(i.supplier_sku, '-', 2)"""
        )
