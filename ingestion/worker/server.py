"""The process of a worker that runs lists, one after another, with connections that it keeps.

PostgreSQL and Redis may blink: without Redis it asks the database what is due, without the database it waits.
"""

from __future__ import annotations

import logging
import resource
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from enum import IntEnum
from types import FrameType
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.utils import timezone
from redis.exceptions import RedisError
from rq.timeouts import JobTimeoutException, UnixSignalDeathPenalty

from ingestion.models import IngestionRun, MatchingTask
from ingestion.pipeline.attempt import work_off
from ingestion.runs import order
from ingestion.runs.supplier_lock import SESSIONS, is_at_work, suppliers_at_work
from ingestion.worker import messages
from ingestion.worker.clock import SharedClock
from ingestion.worker.jobs import SECONDS_FOR_ONE_SUPPLIER, MessageRefused
from ingestion.worker.matching import work_on_next_task
from ingestion.worker.messages import Letter, Mailbox

SECONDS_TO_WAIT = 2  # for a message, until the database is asked whether one was lost
_GRACE = timedelta(seconds=3)  # from the commit of a run to its message
LOOKED_AT = 20  # runs without a message, when one is looked for
SECONDS_BETWEEN_TRIES = 1.0  # while a server is away
MESSAGES_AT_MOST = 500  # then a fresh process takes over, lest memory creeps
GROWN_TOO_MUCH = 64 * 1024  # KB: a long list has been read, and its memory is given back by ending

logger = logging.getLogger(__name__)


class End(IntEnum):
    """Why the process has ended, as its exit code."""

    DONE = 0
    FRESH_ONE_WANTED = 75


class StopServing(Exception):
    """Somebody has asked the idle process to end."""


class Server:
    def __init__(self, mailbox: Mailbox, clock: SharedClock, *, burst: bool = False) -> None:
        self._mailbox, self._clock, self._burst = mailbox, clock, burst
        self._stop = self._is_busy = False
        self.served = 0

    def serve(self, *, at_most: int | None = None, max_idle: float | None = None) -> End:
        """Until told to stop; in a burst until nothing waits."""
        SESSIONS.keep = True
        idle_since, memory = time.monotonic(), memory_peak()
        try:
            while not self._stop and (at_most is None or self.served < at_most):
                if self.serve_one():
                    idle_since = time.monotonic()
                elif self._burst or (max_idle is not None and time.monotonic() - idle_since > max_idle):
                    break
                if self.served >= MESSAGES_AT_MOST or memory_peak() - memory > GROWN_TOO_MUCH:
                    return End.FRESH_ONE_WANTED
        except StopServing:
            pass
        return End.DONE

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """After what it is doing now."""
        self._stop = True
        if not self._is_busy:
            raise StopServing

    def serve_one(self) -> bool:
        """Whether there was something to do."""
        try:
            letter = self._mailbox.take(wait=None if self._burst else SECONDS_TO_WAIT)
        except (RedisError, OSError) as error:
            logger.warning("The queue's server does not answer, the database is asked what is due: %s", error)
            return self.without_letter(timedelta()) or self.rest()
        if letter is None:
            return not self._burst and self.without_letter(_GRACE)
        with self.busy():
            self.carry_out(letter)
        return True

    def rest(self) -> bool:
        time.sleep(SECONDS_BETWEEN_TRIES)
        return False

    def carry_out(self, letter: Letter) -> None:
        """A message is out of Redis now; what fails here is on record with its run."""
        try:
            with time_limit():
                messages.call(messages.read_order(letter.data))
        except MessageRefused as refused:
            self.tell(self._mailbox.refuse, letter, str(refused))
        except (OperationalError, InterfaceError) as error:
            logger.warning("The database does not answer, the message %s waits: %s", letter.job_id, error)
            connection.close()
            self.rest()
            self.tell(self._mailbox.put_back, letter)
        except Exception as error:
            logger.exception("The message %s could not be carried out", letter.job_id)
            self.tell(self._mailbox.refuse, letter, f"{type(error).__name__}: {error}")
        else:
            self.tell(self._mailbox.done, letter)

    def tell(self, what: Any, *words: Any) -> None:
        try:
            what(*words)
        except (RedisError, OSError) as error:
            logger.warning("The queue's server does not answer: %s", error)

    def without_letter(self, grace: timedelta) -> bool:
        """Runs what is due and has no message, for whatever reason."""
        if not self._mailbox.serves_lists:
            return False
        try:
            run = self.forgotten(grace)
            if run is None:
                return self.nothing_but_matching()
            with self.busy(), time_limit():
                work_off(run.supplier_id or 0, seconds=SECONDS_FOR_ONE_SUPPLIER)
        except DatabaseError as error:
            logger.warning("The database does not answer: %s", error)
            connection.close()
            return self.rest()
        return True

    def nothing_but_matching(self) -> bool:
        """No list waits: what the last ones brought is matched."""
        if not MatchingTask.objects.due(at=timezone.now()).exists():
            return False
        with self.busy(), time_limit():
            return work_on_next_task()

    def forgotten(self, grace: timedelta) -> IngestionRun | None:
        due = list(order.startable(at=timezone.now() - grace).filter(supplier__isnull=False)[:LOOKED_AT])
        at_work = suppliers_at_work() if due else set()
        return next((run for run in due if not is_at_work(run.supplier_id, at_work)), None)

    @contextmanager
    def busy(self) -> Iterator[None]:
        self._is_busy = True
        self._clock.start()
        self.served += 1
        try:
            yield
        finally:
            self._clock.stop()
            self._is_busy = False


@contextmanager
def time_limit() -> Iterator[None]:
    with UnixSignalDeathPenalty(  # type: ignore[no-untyped-call]
        settings.RQ_QUEUES["default"]["DEFAULT_TIMEOUT"], JobTimeoutException
    ):
        yield


def memory_peak() -> int:
    """In KB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def heed_signals(server: Server) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of the terminal; the supervisor passes it on as SIGTERM
    signal.signal(signal.SIGTERM, server.stop)
