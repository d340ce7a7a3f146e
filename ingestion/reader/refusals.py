"""What is said of a list whose reader was stopped or fell over, and what to do."""

from __future__ import annotations

import os
import signal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ingestion.errors import IngestionError, ParserError
from ingestion.pricegrid import ListRefused
from ingestion.pricegrid.problems import register
from ingestion.reader.limits import MEGABYTE, ProcessLimits

MEMORY = register(
    "reader.memory",
    None,
    gettext_noop(
        "Reading the list takes more than the %(limit)s MB of memory that a list may have. Split it, or send it as "
        "CSV or as a plain XLSX. If the list is in order, raise READER_MEMORY_MB."
    ),
)
TIME = register(
    "reader.time",
    None,
    gettext_noop(
        "Reading the list takes more than the %(limit)s seconds of computing time that a list of its size may have. "
        "Split it, or send it as CSV or as a plain XLSX. If the list is in order, raise READER_CPU_SECONDS."
    ),
)
WAITING = register(
    "reader.waiting",
    None,
    gettext_noop(
        "Reading the list did not come to an end within %(limit)s seconds of waiting. Send it as CSV or as a plain "
        "XLSX; if the machine is overloaded, run it again later."
    ),
)
KILLED = register(
    "reader.killed",
    None,
    gettext_noop(
        "The process that read the list was killed from outside (%(signal)s), as happens where a machine runs out of "
        "memory. Look at the machine's memory and run the list again; if it happens again, split the list."
    ),
)
CRASHED = register(
    "reader.crashed",
    None,
    gettext_noop(
        "The process that read the list crashed (%(signal)s): the file is damaged, or made to do that. Open it in "
        "Excel or LibreOffice, save it anew and send that file."
    ),
)
ENDED = register(
    "reader.ended",
    None,
    gettext_noop(
        "The process that read the list ended without a word (status %(status)s): nothing of the list can be trusted. "
        "Send it again as CSV or as a plain XLSX, and tell those who run the system."
    ),
)
GARBLED = register(
    "reader.garbled",
    None,
    gettext_noop(
        "The process that read the list said what makes no sense (%(problem)s): nothing of the list can be trusted. "
        "Send it again as CSV or as a plain XLSX, and tell those who run the system."
    ),
)
TOO_MUCH_SAID = register(
    "reader.too_much",
    None,
    gettext_noop(
        "What there is to say about the list is too much to be kept (%(problem)s). Remove columns and sheets that "
        "belong to no price list, and send it again."
    ),
)


OUT_OF_MEMORY = 71  # the status of a process that has not even enough left to say so
CRASHES = frozenset(
    {
        signal.SIGSEGV,
        signal.SIGBUS,
        signal.SIGABRT,
        signal.SIGFPE,
        signal.SIGILL,
        signal.SIGTRAP,
        signal.SIGSYS,
        signal.SIGXFSZ,
    }
)
"""What a process does to itself. Any other signal comes from outside, and says nothing of the list."""


class Unexpected(ParserError):
    """A mistake in the program, not in the list."""


class Killed(ParserError):
    """By a signal from outside: the list may be innocent."""

    can_heal = True


class NoReader(IngestionError):
    """The machine has no process left to read with."""

    can_heal = True


def out_of_memory(limits: ProcessLimits) -> ListRefused:
    return ListRefused(MEMORY.message(limit=limits.memory // MEGABYTE))


def kept_waiting(limits: ProcessLimits) -> ListRefused:
    return ListRefused(WAITING.message(limit=round(limits.waiting_seconds)))


def garbled(problem: Exception) -> ListRefused:
    return ListRefused(GARBLED.message(problem=str(problem)))


def too_much_to_say(problem: Exception) -> ListRefused:
    return ListRefused(TOO_MUCH_SAID.message(problem=str(problem)))


def unexpected(kind: str, error: str) -> Unexpected:
    text = _("The program stopped over this list (%(kind)s: %(error)s). The details are in the log of the worker.")
    return Unexpected(text % {"kind": kind, "error": error})


def no_reader(error: OSError) -> NoReader:
    return NoReader(_("The machine could not start a process to read the list: %s") % error)


def died(status: int, cpu_seconds: float, limits: ProcessLimits) -> ListRefused | Killed:
    """By the status that waitpid() gives of a process that ended before its work did, and what it has computed."""
    if not os.WIFSIGNALED(status):
        code = os.waitstatus_to_exitcode(status)
        return out_of_memory(limits) if code == OUT_OF_MEMORY else ListRefused(ENDED.message(status=code))
    number = os.WTERMSIG(status)
    if number == signal.SIGXCPU or cpu_seconds > limits.cpu_seconds:
        return ListRefused(TIME.message(limit=limits.cpu_seconds))
    params = {"signal": signal.strsignal(number) or number}
    if number in CRASHES:
        return ListRefused(CRASHED.message(**params))
    return Killed(KILLED.message(**params))
