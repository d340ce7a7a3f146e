"""The proof that somebody works on a supplier's list: an advisory lock of an own connection, gone with its worker.

Whoever holds it runs alone for this supplier. The same connection writes progress and signs of life outside of the
run's transaction, so that people see them while it works.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from ingestion.models import IngestionRun
from ingestion.runs import RunMoved

NAMESPACE = 0x0FFE25  # first half of the lock's key; the second is the supplier
LARGEST = 0x7FFFFFFF
SECONDS_BETWEEN_SIGNS = 1.0

REPORT = """
    UPDATE ingestion_ingestionrun SET progress = greatest(progress, %s), heartbeat_at = now()
    WHERE id = %s AND status = %s
"""
HELD = """
    SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objsubid = 2 AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class SupplierBusy(Exception):
    """Another run of the same supplier is at work."""


class Presence:
    def __init__(self, own: BaseDatabaseWrapper) -> None:
        self._own = own
        own.inc_thread_sharing()  # while statements run, a thread reports
        self._next_sign = 0.0

    def report(self, run: IngestionRun, progress: float) -> None:
        """Says how far the run is, about once a second. Raises RunMoved when it was cancelled meanwhile."""
        now = time.monotonic()
        if now < self._next_sign:
            return
        self._next_sign = now + SECONDS_BETWEEN_SIGNS
        with self._own.cursor() as cursor:
            cursor.execute(REPORT, [min(int(progress), 99), run.pk, IngestionRun.Status.RUNNING])
            if not cursor.rowcount:
                raise RunMoved(f"Run {run.pk} was stopped")


@contextmanager
def work_on(supplier_id: int, *, wait: bool = False) -> Iterator[Presence]:
    """Holds the supplier. Raises SupplierBusy where somebody else does, unless told to wait."""
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            lock = "pg_advisory_lock" if wait else "pg_try_advisory_lock"
            cursor.execute(f"SELECT {lock}(%s, %s)", [NAMESPACE, supplier_id & LARGEST])
            if cursor.fetchone()[0] is False:
                raise SupplierBusy(supplier_id)
        yield Presence(own)
    finally:
        own.close()


def suppliers_at_work() -> set[int]:
    """The (low bits of the) ids of suppliers that a living worker holds now."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, [NAMESPACE])
        return {key for (key,) in cursor.fetchall()}


def is_at_work(supplier_id: int, at_work: set[int]) -> bool:
    return supplier_id & LARGEST in at_work
