"""Cancel, whatever a run is doing: reading for ever, asleep, writing, or waiting for a lock of the database."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from ingestion.models import IngestionRun
from tests import factories as make
from tests.attack.arena import Arena, Tally, wait_until
from tests.stack.processes import children_of

SECONDS = 2
WAYS = ("spinning", "sleeping", "rows")
LONGEST_READING = 2.0  # seconds, until somebody presses
TABLES = ("catalog_supplieritem", "catalog_pricehistory", "ingestion_change")
LIST = "Code;Name;Price\n" + "".join(f"C-{number};Bolt {number};1.50\n" for number in range(500))
OF_WORKERS = "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'worker-%'"
WAITING = f"{OF_WORKERS} AND wait_event_type = 'Lock'"
TRANSACTIONS = f"{OF_WORKERS} AND xact_start < clock_timestamp() - interval '100 ms'"


def attack(arena: Arena, chance: random.Random, *, short: bool) -> Iterator[Tally]:
    yield reading(arena, chance, 10 if short else 40)
    yield writing(arena)


def reading(arena: Arena, chance: random.Random, times: int) -> Tally:
    tally, longest = Tally("Cancel at a random moment of reading"), 0.0
    for number in range(times):
        way = WAYS[number % len(WAYS)]
        run = started(arena, make.SupplierFactory().pk, f"{number}.slow", f"{way} {number}")
        tally.expect(wait_until(lambda: is_reading(arena), 5), f"a list that reads on ({way}) is {run.status}")
        time.sleep(chance.uniform(0, LONGEST_READING))
        longest = max(longest, cancelled(arena, tally, run, way))
    tally.notes = [f"longest {longest:.1f} s"]
    return tally


def writing(arena: Arena) -> Tally:
    """The statements of a run wait for a lock that nobody gives back."""
    tally, longest = Tally("Cancel while the database works"), 0.0
    for number, table in enumerate(TABLES):
        supplier = make.SupplierFactory().pk
        with locked(table):
            run = started(arena, supplier, f"{table}.csv", LIST.replace("C-", f"C{number}-"))
            if wait_until(lambda: counted(WAITING) > 0, 10):
                longest = max(longest, cancelled(arena, tally, run, table))
            else:
                tally.expect(holds=False, problem=f"{table}: no statement of the run has come to wait for it")
    tally.notes = [f"longest {longest:.1f} s"]
    return tally


@contextmanager
def locked(table: str) -> Iterator[None]:
    """Others may look at it, and nobody may write."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN SHARE MODE")
        yield


def counted(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # within a transaction it would be the same ever after
        cursor.execute(query)
        return int(cursor.fetchone()[0])


def started(arena: Arena, supplier: int, name: str, content: str) -> IngestionRun:
    """A run that a worker has begun."""
    sent = arena.people["Staff"].upload(supplier, name, content.encode())
    assert sent.run, sent.said
    run = IngestionRun.objects.get(pk=sent.run)
    wait_until(lambda: status_of(run) != "queued", 20)
    run.refresh_from_db()
    return run


def status_of(run: IngestionRun) -> str:
    return IngestionRun.objects.values_list("status", flat=True).get(pk=run.pk)


def cancelled(arena: Arena, tally: Tally, run: IngestionRun, what: str) -> float:
    """The seconds from the answer to the press until the worker has let go: its reader is gone, its transaction over.

    The run says at once that it is cancelled; that alone would prove nothing.
    """
    answer = arena.people["Staff"].press(f"/admin/ingestion/ingestionrun/{run.pk}/cancel/")
    since = time.monotonic()
    tally.expect(answer.status == 302, f"{what}: Cancel was answered with {answer.status}")
    wait_until(lambda: not (is_reading(arena) or is_in_transaction()), 20)
    seconds, status = time.monotonic() - since, status_of(run)
    tally.expect(status == "cancelled", f"{what}: {status} after Cancel")
    tally.expect(seconds <= SECONDS, f"{what}: ended {seconds:.1f} s after Cancel")
    return seconds


def is_reading(arena: Arena) -> bool:
    """Supervisor, the processes that it keeps, and below them a reader: the third generation."""
    keepers = [keeper for pid in arena.site.workers.values() for keeper in children_of(pid)]
    return any(children_of(keeper) for keeper in keepers)


def is_in_transaction() -> bool:
    return bool(counted(TRANSACTIONS))
