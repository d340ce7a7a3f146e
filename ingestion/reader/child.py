"""In the forked process: everything that it must not have is taken from it, then it works, and ends without a trace."""

from __future__ import annotations

import faulthandler
import gc
import logging
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, NoReturn

from django.db import connections

from ingestion.errors import IngestionError
from ingestion.pricegrid import ListRefused
from ingestion.reader import refusals, sandbox
from ingestion.reader.frames import FrameKind, FrameWriter, TooMuchToSay, frame, packed
from ingestion.reader.limits import ProcessLimits
from ingestion.reader.wire import packed_error

Work = Callable[[], Iterable[bytes | dict[str, Any]]]
PIPE = 3  # the descriptor right behind the standard streams
LONGEST_LOG = 20_000  # characters of one line

logger = logging.getLogger(__name__)


def be_reader(work: Work, limits: ProcessLimits, pipe: int, parent: int, loggers: Iterable[logging.Logger]) -> NoReturn:
    """Never returns into the code of the caller, whose frames, open transactions and exit handlers are the parent's."""
    status = 1
    try:
        gc.freeze()  # what came from the parent stays shared with it
        sandbox.die_with(parent)
        forget_signals()
        keep_only(pipe)
        out = FrameWriter(PIPE)
        log_through(out, loggers)
        forget_database()
        sandbox.be_first_out_of_memory()
        _shut_in(limits)
        limits.impose()
        gc.enable()
        tell(work, out, limits)
        status = 0
    except BrokenPipeError:  # nobody listens any more
        status = 0
    except BaseException as error:  # noqa: BLE001 - the parent sees that the end is missing; here is why
        status = refusals.OUT_OF_MEMORY if is_for_memory(error) else 1
        with suppress(BaseException):
            traceback.print_exc()
    finally:
        os._exit(status)


def tell(work: Work, out: FrameWriter, limits: ProcessLimits) -> None:
    """What the work yields, and then its end or its error."""
    no_memory = frame(FrameKind.ERROR, packed(packed_error(refusals.out_of_memory(limits))))
    last = frame(FrameKind.END)
    try:
        for message in work():
            out.send(message)
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - a reader may stumble over anything; all of it has to be said
        limits.loosen()
        last = no_memory if is_for_memory(error) else frame(FrameKind.ERROR, packed(packed_error(as_told(error))))
    out.write(last)


def is_for_memory(error: BaseException | None) -> bool:
    """Also where a reader took the lack of memory for damage of the file."""
    while error is not None:
        if isinstance(error, MemoryError):
            return True
        error = error.__cause__ or error.__context__
    return False


def as_told(error: Exception) -> ListRefused | IngestionError:
    if isinstance(error, ListRefused | IngestionError):
        return error
    if isinstance(error, TooMuchToSay):
        return refusals.too_much_to_say(error)
    logger.error("A list could not be read: the reader made a mistake", exc_info=error)
    return refusals.unexpected(type(error).__name__, str(error))


def forget_signals() -> None:
    """Handlers are the parent's; what a terminal sends is for the parent, too."""
    faulthandler.disable()
    for number in signal.valid_signals():
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)


def keep_only(pipe: int) -> None:
    """Of all that was open, the pipe and the standard streams; nothing comes in. Nobody says goodbye to a server."""
    if pipe != PIPE:
        os.dup2(pipe, PIPE)
    os.closerange(PIPE + 1, os.sysconf("SC_OPEN_MAX"))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 - the process ends before they could be closed
    sys.stdout = open(1, "w", buffering=1, closefd=False, errors="backslashreplace")  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, closefd=False, errors="backslashreplace")  # noqa: SIM115


class NoDatabase:
    """In the place of a connection: the parent's session must not hear from here."""

    def __getattr__(self, name: str) -> NoReturn:
        raise RuntimeError("A reading process has no database: fetch what it needs before it starts.")


def forget_database() -> None:
    """The parent's connections stay referenced by its frames, so that nothing closes them."""
    for alias in connections:
        connections[alias] = NoDatabase()  # type: ignore[assignment, unused-ignore]


def _shut_in(limits: ProcessLimits) -> None:
    try:
        sandbox.shut_in(may_write=limits.may_write)
    except OSError:
        logger.warning("This kernel has no filter of system calls: readers are not kept from the network")


class Forwarder(logging.Handler):
    """Log lines go to the parent, which knows where they are written."""

    def __init__(self, out: FrameWriter) -> None:
        super().__init__()
        self._out = out

    def emit(self, record: logging.LogRecord) -> None:
        line = {"name": record.name, "level": record.levelno, "text": self.format(record)[:LONGEST_LOG]}
        self._out.write(frame(FrameKind.LOG, packed(line)))


def loggers_with_handlers() -> list[logging.Logger]:
    """To be called before the fork: whatever is only looked at behind it is copied."""
    known = logging.root.manager.loggerDict.values()
    return [logger for logger in known if isinstance(logger, logging.Logger) and logger.handlers]


def log_through(out: FrameWriter, loggers: Iterable[logging.Logger]) -> None:
    """Handlers of the parent write to what is closed here."""
    for known in loggers:
        known.handlers, known.propagate = [], True
    logging.root.handlers = [Forwarder(out)]
