"""Two suppliers' lists one after the other, and both at once; then eight lists on four workers, many times."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import psycopg

from benchmarks import lists
from benchmarks.database import migrated, start, start_up

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


def speed_up(server: str, folder: Path, rows: int, repeat: int) -> float:
    """How many times faster two suppliers are taken in by two workers than by one."""
    paths = []
    for supplier in (1, 2):
        place = folder / f"{rows}-of-{supplier}"
        if not place.exists():
            lists.write(place, rows, supplier=supplier)
        paths.append((f"Benchmark {supplier}", place / "raw-1.csv"))
    ratios = []
    for _ in range(repeat):
        url = migrated(server, "benchmark_one_by_one")
        waited = start_up(url)
        one_by_one = ingest_all(url, paths, at_once=False) - 2 * waited
        at_once = ingest_all(migrated(server, "benchmark_at_once"), paths, at_once=True) - waited
        ratios.append(one_by_one / at_once)
        print(f"  two lists one by one {one_by_one:.2f} s, at once {at_once:.2f} s", flush=True)
    return statistics.median(ratios)


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
