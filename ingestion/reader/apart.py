"""The parent's side: forks the reader, listens to it while it makes sense, and never lets it outlive the caller."""

from __future__ import annotations

import fcntl
import gc
import logging
import os
import select
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from ingestion.reader import refusals
from ingestion.reader.child import Work, be_reader, loggers_with_handlers
from ingestion.reader.frames import BrokenStream, Frame, FrameKind, frames_of, unpacked
from ingestion.reader.limits import ProcessLimits, limits_of
from ingestion.reader.wire import error_of

BUFFER = 1024 * 1024  # of the pipe: the reader works on while its caller is busy
CHUNK = 256 * 1024
SECONDS_BETWEEN_CALLS = 0.2
SECONDS_TO_END = 5.0
UNITS_PER_KILOBYTE = 1024 if sys.platform == "darwin" else 1  # of what the kernel says of memory
CANNOT_BE_TOLD = 0o100000  # the status of a process that somebody else has waited for

logger = logging.getLogger(__name__)

Messages = Iterator[bytes | dict[str, Any]]


@contextmanager
def apart(
    work: Work, *, limits: ProcessLimits | None = None, on_wait: Callable[[], None] | None = None
) -> Iterator[Messages]:
    """The messages of `work`, which runs in a process of its own and must not touch database, cache or network.

    A block of bytes longer than a megabyte arrives in several. `on_wait` is called about five times a second while the
    messages are waited for or fetched; whatever it raises ends all. Leaving the `with` kills the process. To be called
    where no other thread runs: a fork copies only the one that calls.

    Raises, while the messages are fetched, the ListRefused or IngestionError that `work` raised; ListRefused where the
    process went beyond its limits or crashed; Unexpected, an IngestionError, where `work` made a mistake. Two may heal:
    Killed, where somebody killed the process, and NoReader, where none could be started.
    """
    reader = Reader(work, limits or limits_of())
    try:
        yield reader.messages(on_wait or _nothing)
    finally:
        reader.kill()


def read_apart(
    function: Callable[[], Any], *, limits: ProcessLimits | None = None, on_wait: Callable[[], None] | None = None
) -> Any:
    """The JSON-able result of a function that runs as the work of `apart`."""

    def work() -> Iterator[dict[str, Any]]:
        yield {"result": function()}

    with apart(work, limits=limits, on_wait=on_wait) as messages:
        (only,) = messages
    assert isinstance(only, dict)
    return only["result"]


def _nothing() -> None:
    """What there is to do while waiting, unless somebody says something else."""


class Reader:
    """A reading process, from its fork to its end."""

    def __init__(self, work: Work, limits: ProcessLimits) -> None:
        self._limits = limits
        self._status: int | None = None
        self._cpu_seconds = 0.0
        self._pipe, outgoing = os.pipe()
        with suppress(OSError, AttributeError):  # a smaller one will do, where the system grants no more
            fcntl.fcntl(outgoing, fcntl.F_SETPIPE_SZ, BUFFER)
        try:
            self._pid = forked(work, limits, outgoing)
        except OSError as error:
            os.close(self._pipe)
            raise refusals.no_reader(error) from error
        finally:
            os.close(outgoing)

    def messages(self, on_wait: Callable[[], None]) -> Messages:
        try:
            for each in frames_of(self._chunks(on_wait)):
                if each.kind is FrameKind.END:
                    return
                yield from _opened(each)
        except BrokenStream as problem:
            raise refusals.garbled(problem) from problem
        raise refusals.died(self._ended(), self._cpu_seconds, self._limits)

    def _chunks(self, on_wait: Callable[[], None]) -> Iterator[bytes]:
        """What comes through the pipe, until its other end is closed."""
        waiting = select.poll()
        waiting.register(self._pipe, select.POLLIN)
        waited, next_call = 0.0, time.monotonic()
        while True:
            now = time.monotonic()
            if now >= next_call:
                on_wait()
                now = time.monotonic()
                next_call = now + SECONDS_BETWEEN_CALLS
            is_ready = waiting.poll((next_call - now) * 1000)
            waited += time.monotonic() - now
            if is_ready:
                chunk = os.read(self._pipe, CHUNK)
                if not chunk:
                    return
                yield chunk
            elif waited > self._limits.waiting_seconds:
                raise refusals.kept_waiting(self._limits)

    def _ended(self) -> int:
        """The status of a process that has closed its end of the pipe."""
        deadline = time.monotonic() + SECONDS_TO_END
        while self._status is None and time.monotonic() < deadline:
            self._reap(os.WNOHANG)
            time.sleep(0.005)
        self.kill()
        assert self._status is not None
        return self._status

    def kill(self) -> None:
        """Whatever it does, and though it may have ended already."""
        if self._status is None:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            self._reap(0)
        if self._pipe >= 0:
            os.close(self._pipe)
            self._pipe = -1

    def _reap(self, options: int) -> None:
        try:
            pid, status, used = os.wait4(self._pid, options)
        except ChildProcessError:
            self._status = CANNOT_BE_TOLD
            return
        if pid:
            self._status, self._cpu_seconds = status, used.ru_utime + used.ru_stime
            kilobytes = used.ru_maxrss // UNITS_PER_KILOBYTE
            logger.debug("A reader ended: %.2f s of computing, %d KB at its peak", self._cpu_seconds, kilobytes)


def forked(work: Work, limits: ProcessLimits, outgoing: int) -> int:
    """The id of the process; in the process itself, nothing comes back."""
    parent, collects, loggers = os.getpid(), gc.isenabled(), loggers_with_handlers()
    gc.disable()  # a round between the fork and the freezing would copy the whole memory
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of the threads of test runners, say
            pid = os.fork()
        if pid == 0:
            be_reader(work, limits, outgoing, parent, loggers)
    finally:
        if collects:
            gc.enable()
    return pid


def _opened(each: Frame) -> Messages:
    """What a frame holds; an error is raised, a log line is logged."""
    if each.kind is FrameKind.BLOCK:
        yield each.content
        return
    try:
        content = unpacked(each.content)
        if each.kind is FrameKind.ERROR:
            error = error_of(content)
        elif each.kind is FrameKind.LOG:
            logging.getLogger(content["name"]).log(content["level"], "%s", content["text"])
    except (ValueError, LookupError, TypeError, AttributeError) as problem:
        raise BrokenStream(f"{type(problem).__name__}: {problem}") from problem
    if each.kind is FrameKind.ERROR:
        raise error
    if each.kind is FrameKind.WORD:
        yield content
