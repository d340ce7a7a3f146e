"""The process that the others of a worker are children of. It holds no connection to the database.

It registers with RQ as a worker, so that RQ's pages and commands know it.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType
from typing import Any

import rq
from django.conf import settings
from django.db import DatabaseError, connections
from redis import Redis
from redis.exceptions import RedisError
from rq.logutils import setup_loghandlers
from rq.serializers import JSONSerializer
from rq.worker import WorkerStatus

from ingestion.reader.sandbox import die_with
from ingestion.worker.caretaker import Caretaker
from ingestion.worker.clock import SharedClock
from ingestion.worker.messages import Mailbox
from ingestion.worker.reconcile import put_back_dead
from ingestion.worker.server import End, Server, heed_signals
from ingestion.worker.warm_up import warm_up

_SECONDS_BETWEEN_LOOKS = 0.1
_SECONDS_BETWEEN_SIGNS = 10.0  # of life
SECONDS_WITHOUT_SIGN = 60  # then nobody takes this worker for alive
SECONDS_OVER_LIMIT = 60  # that a list may take to stop by itself
SHORTEST_LIFE = 1.0  # of a child; one that dies sooner is started again after a while
LONGEST_PAUSE = 10.0

logger = logging.getLogger(__name__)


class Child:
    """A process that is started again whenever it ends unasked; `after_death` says that the one before was killed."""

    def __init__(self, name: str, work: Callable[[Child], int]) -> None:
        self._name, self._work = name, work
        self._pid, self._started, self._pause = 0, 0.0, 0.0
        self.after_death = False

    def start_if_due(self) -> None:
        if self._pid or time.monotonic() < self._started + self._pause:
            return
        parent = os.getpid()
        self._started = time.monotonic()
        sys.stdout.flush()
        sys.stderr.flush()
        self._pid = os.fork()
        if self._pid == 0:
            become_child(parent, lambda: self._work(self))

    @property
    def is_alive(self) -> bool:
        return self._pid != 0

    def ended(self) -> int | None:
        """How it ended, once; None while it lives."""
        if not self._pid:
            return None
        pid, status = os.waitpid(self._pid, os.WNOHANG)
        if not pid:
            return None
        self._pid = 0
        code = os.waitstatus_to_exitcode(status)
        self.after_death = code not in (End.DONE, End.FRESH_ONE_WANTED)
        if self.after_death:
            logger.warning("The %s of this worker died (%s) and is started again", self._name, code)
        is_short = time.monotonic() - self._started < SHORTEST_LIFE and self.after_death
        self._pause = min(max(self._pause * 2, 0.5), LONGEST_PAUSE) if is_short else 0.0
        return code

    def signal(self, number: signal.Signals) -> None:
        if self._pid:
            with suppress(ProcessLookupError):
                os.kill(self._pid, number)

    def kill(self) -> None:
        """With whatever it has started."""
        if self._pid:
            with suppress(ProcessLookupError):
                os.killpg(self._pid, signal.SIGKILL)


def become_child(parent: int, work: Callable[[], int]) -> None:
    code = 1
    try:
        os.setpgid(0, 0)
        die_with(parent)
        code = work()
    except BaseException:
        logger.exception("A process of the worker ends")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


@dataclass(frozen=True)
class Wanted:
    """When the server may end by itself: as soon as nothing waits, after so many messages, or so many idle seconds."""

    burst: bool
    max_jobs: int | None
    max_idle: float | None


class Worker(rq.Worker):
    """Starts like RQ's worker and is listed as one, but runs nothing that RQ would run."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "serializer": JSONSerializer, "prepare_for_work": False})
        self.hostname, self.pid = socket.gethostname(), os.getpid()
        self._stops = 0
        self._clock = SharedClock()

    def _set_connection(self, connection: Redis) -> Redis:
        """RQ would wait seven minutes for an answer; we wait as long as the settings say."""
        return connection

    def work(
        self,
        burst: bool = False,  # noqa: FBT001, FBT002
        logging_level: str | None = None,
        date_format: str = "",
        log_format: str = "",
        max_jobs: int | None = None,
        max_idle_time: int | None = None,
        with_scheduler: bool = False,  # noqa: FBT001, FBT002
        dequeue_strategy: Any = None,
    ) -> bool:
        """Until it is told to stop, or, where asked so, nothing is left or enough was done. `with_scheduler` says
        nothing any more: every worker repairs."""
        setup_loghandlers(logging_level or "INFO", name="rq.worker")
        warm_up()
        connections.close_all()
        wanted = Wanted(burst, max_jobs, max_idle_time)
        server = Child("server", lambda child: self.run_server(child, wanted))
        children = [server] if burst else [server, Child("caretaker", run_caretaker)]
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.asked_to_stop)
        self.supervise(server, children)
        self.tell(self.register_death)
        return True

    def supervise(self, server: Child, children: list[Child]) -> None:
        """Until the server has ended as it should."""
        heard, next_sign = 0, 0.0
        while True:
            if self._stops > heard:
                heard = self._stops
                server.signal(signal.SIGTERM) if heard == 1 else server.kill()
            code = server.ended()
            if code == End.DONE or (heard and not server.is_alive):
                break
            for child in children:
                child.ended()
                if not heard:
                    child.start_if_due()
            self.enforce_limit(server)
            if time.monotonic() >= next_sign:
                next_sign = time.monotonic() + _SECONDS_BETWEEN_SIGNS
                self.tell(self.give_sign)
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        for child in children:
            child.kill()

    def enforce_limit(self, server: Child) -> None:
        """A list that takes too long stops by itself, unless it cannot."""
        if self._clock.seconds() > settings.RQ_QUEUES["default"]["DEFAULT_TIMEOUT"] + SECONDS_OVER_LIMIT:
            self._clock.stop()
            server.kill()

    def run_server(self, child: Child, wanted: Wanted) -> int:
        server = Server(Mailbox(self.queues, self.connection), self._clock, burst=wanted.burst)
        heed_signals(server)
        if child.after_death:
            with suppress(DatabaseError):  # then the caretakers do it, as soon as it answers
                put_back_dead()
        return server.serve(at_most=wanted.max_jobs, max_idle=wanted.max_idle)

    def asked_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        """Once: after the list that is being taken in. Twice: now."""
        self._stops += 1

    def give_sign(self) -> None:
        """Registers again where Redis has forgotten."""
        if not self.connection.exists(self.key):
            self.register_birth()  # type: ignore[no-untyped-call]
        self.set_state(WorkerStatus.BUSY if self._clock.seconds() else WorkerStatus.IDLE)
        self.heartbeat(SECONDS_WITHOUT_SIGN)

    def tell(self, what: Callable[[], None]) -> None:
        try:
            what()
        except (RedisError, OSError) as error:
            logger.warning("The queue's server does not answer: %s", error)


def run_caretaker(_child: Child) -> int:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Caretaker().stay()
    return End.DONE
