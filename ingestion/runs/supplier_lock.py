"""The proof that somebody works on a supplier's list: an advisory lock of an own connection, gone with its worker.

Whoever holds it runs alone for this supplier. The same connection writes progress and signs of life outside of the
run's transaction, so that people see them while it works.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from ingestion.models import IngestionRun
from ingestion.runs.life_cycle import RunMoved

SUPPLIER_LOCKS = 0x0FFE25  # first half of the lock's key; the second is the supplier
LARGEST_KEY = 0x7FFFFFFF
SECONDS_BETWEEN_SIGNS = 1.0

REPORT = """
    UPDATE ingestion_ingestionrun SET progress = greatest(progress, %s), stage = %s, heartbeat_at = now()
    WHERE id = %s AND status = %s
"""
KEYS_HELD = """
    SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objsubid = 2 AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class SupplierBusy(Exception):
    """Another run of the same supplier is at work."""


class Presence:
    def __init__(self, own: BaseDatabaseWrapper) -> None:
        self._own = own
        if not own.allow_thread_sharing:
            own.inc_thread_sharing()  # while statements run, a thread reports
        self.stage = ""
        self._next_sign = 0.0

    def enter(self, stage: str) -> None:
        """A stage begins: the next report tells it."""
        self.stage = stage

    def report(self, run: IngestionRun, progress: float) -> None:
        """Says how far the run is, about once a second. Raises RunMoved when it was cancelled meanwhile."""
        now = time.monotonic()
        if now < self._next_sign:
            return
        self._next_sign = now + SECONDS_BETWEEN_SIGNS
        with self._own.cursor() as cursor:
            cursor.execute(REPORT, [min(int(progress), 99), self.stage, run.pk, IngestionRun.Status.RUNNING])
            if not cursor.rowcount:
                raise RunMoved(f"Run {run.pk} was stopped")


class Sessions:
    """The connections that hold suppliers. A worker keeps its one for the next list, others open one each time."""

    def __init__(self) -> None:
        self.keep = False
        self._idle: BaseDatabaseWrapper | None = None

    def take(self) -> BaseDatabaseWrapper:
        own, self._idle = self._idle, None
        return own or connection.copy()

    def give_back(self, own: BaseDatabaseWrapper, *, is_free: bool) -> None:
        """One that may still hold a supplier is ended: kept, it would hold that for as long as its worker lives."""
        if is_free and self.keep and self._idle is None:
            self._idle = own
        else:
            own.close()


SESSIONS = Sessions()


@contextmanager
def work_on(supplier_id: int, *, wait: bool = False) -> Iterator[Presence]:
    """Holds the supplier. Raises SupplierBusy where somebody else does, unless told to wait."""
    key = supplier_id & LARGEST_KEY
    own, is_free = SESSIONS.take(), False
    try:
        try:
            lock(own, key, wait=wait)
        except SupplierBusy:
            is_free = True
            raise
        try:
            yield Presence(own)
        finally:
            unlock(own, key)
            is_free = True  # not where a time limit strikes before
    finally:
        SESSIONS.give_back(own, is_free=is_free)


def lock(own: BaseDatabaseWrapper, key: int, *, wait: bool) -> None:
    statement = f"SELECT {'pg_advisory_lock' if wait else 'pg_try_advisory_lock'}(%s, %s)"
    try:
        is_held = answer_of(own, statement, key)
    except (OperationalError, InterfaceError):  # the server has ended the kept session meanwhile
        own.close()
        is_held = answer_of(own, statement, key)
    if is_held is False:
        raise SupplierBusy(key)


def unlock(own: BaseDatabaseWrapper, key: int) -> None:
    """If need be, by ending the session."""
    try:
        answer_of(own, "SELECT pg_advisory_unlock(%s, %s)", key)
    except DatabaseError:
        own.close()


def answer_of(own: BaseDatabaseWrapper, statement: str, key: int) -> Any:
    with own.cursor() as cursor:
        cursor.execute(statement, [SUPPLIER_LOCKS, key])
        return cursor.fetchone()[0]


def suppliers_at_work() -> set[int]:
    """The (low bits of the) ids of suppliers that a living worker holds now."""
    with connection.cursor() as cursor:
        cursor.execute(KEYS_HELD, [SUPPLIER_LOCKS])
        return {key for (key,) in cursor.fetchall()}


def is_at_work(supplier_id: int | None, at_work: set[int]) -> bool:
    return supplier_id is not None and supplier_id & LARGEST_KEY in at_work
