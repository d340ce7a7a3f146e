"""The process of a worker that repairs: within seconds, whoever died, and independent of everything but the database.

Of all workers' caretakers the one that holds an advisory lock in PostgreSQL is at work, the others ask for the lock.
It goes with its holder's session.
"""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection
from django.utils import timezone
from redis.exceptions import RedisError
from rq.registry import FailedJobRegistry, FinishedJobRegistry
from rq.worker_registration import clean_worker_registry

from ingestion.runs import queue
from ingestion.worker.reconcile import awaken_due, put_back_dead, send_due, send_lost, tidy_up

_NAMESPACE = 0x0FFE26  # first half of the lock's key
SECONDS_LEADING, SECONDS_WAITING = 1.0, 3.0  # between two rounds
DEAD_EVERY, LOST_EVERY, TIDY_EVERY = timedelta(seconds=3), timedelta(seconds=10), timedelta(minutes=1)

logger = logging.getLogger(__name__)


class Caretaker:
    def __init__(self) -> None:
        self._session: Any = None  # that holds the lock
        self._rang_at = self._dead_at = self._lost_at = self._tidied_at = timezone.now() - TIDY_EVERY
        self._tidying: threading.Thread | None = None

    def stay(self) -> None:
        """For as long as the process lives."""
        while True:
            time.sleep(SECONDS_LEADING if self.look() else SECONDS_WAITING)

    def look(self) -> bool:
        """One round, if it is this one's turn; says whether it was. Nothing that happens here ends it."""
        try:
            if not self.leads():
                return False
            self.repair(timezone.now())
        except (DatabaseError, RedisError, OSError) as error:
            logger.warning("A round of repairs was not finished: %s", error)
            self.let_go()
            return False
        except Exception:
            logger.exception("A round of repairs failed")
        return True

    def leads(self) -> bool:
        if self._session is not None and connection.connection is self._session:
            return True  # if the session has ended meanwhile, the first statement of the round says so
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, 1)", [_NAMESPACE])
            (is_held,) = cursor.fetchone()
        self._session = connection.connection if is_held else None
        return bool(is_held)

    def let_go(self) -> None:
        self._session = None
        connection.close()

    def repair(self, now: datetime) -> None:
        if now - self._dead_at >= DEAD_EVERY:
            self._dead_at = now
            dead = put_back_dead()
            if dead:
                logger.warning("%d runs of dead workers were put back", dead)
        send_due(since=self._rang_at, at=now)
        self._rang_at = now
        if now - self._lost_at >= LOST_EVERY:
            self._lost_at = now
            awaken_due(now)
            send_lost(now)
        if now - self._tidied_at >= TIDY_EVERY and not (self._tidying and self._tidying.is_alive()):
            self._tidied_at = now
            self._tidying = threading.Thread(target=tidy, daemon=True)  # it may take longer than repairs can wait
            self._tidying.start()


def tidy() -> None:
    try:
        tidy_up(timezone.now())
        forget_old_entries()
    except (DatabaseError, RedisError, OSError) as error:
        logger.warning("Tidying up was not finished: %s", error)
    finally:
        connection.close()


def forget_old_entries() -> None:
    """Of RQ's lists; its own way would call what their jobs name."""
    now = int(time.time())
    for one in queue.queues():
        for registry in (FailedJobRegistry(queue=one), FinishedJobRegistry(queue=one)):
            one.connection.zremrangebyscore(registry.key, 0, now)
        clean_worker_registry(one)
