"""Looking for processes and killing them, whole trees at once."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress

import psutil

PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> None:
    """What is left of a killed process becomes a child of this one, which ends it at the end."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def leave_on_sigterm() -> None:
    """In order, and undisturbed by a second one: the kernel sends one for each thread of a parent that dies."""

    def leave(*_: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        sys.exit(1)

    signal.signal(signal.SIGTERM, leave)


def tree(pid: int) -> list[psutil.Process]:
    """The process and all that it has started, ancestors first."""
    try:
        root = psutil.Process(pid)
        return [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def kill_tree(pid: int) -> None:
    """All of them are stopped before the first is killed, so that none can start another or clean up."""
    found = tree(pid)
    for how in (signal.SIGSTOP, signal.SIGKILL):
        for process in found:
            kill(process.pid, how)


def end_all() -> None:
    """Whatever this process has started or adopted."""
    for process in tree(os.getpid())[1:]:
        kill(process.pid)


def kill(pid: int, how: signal.Signals = signal.SIGKILL) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, how)


def children_of(pid: int) -> list[int]:
    with suppress(psutil.NoSuchProcess):
        return [child.pid for child in psutil.Process(pid).children()]
    return []


def holder_of(worker: int, port: int) -> int | None:
    """Which of a worker's processes has a connection from this port."""
    for process in tree(worker)[1:]:
        with suppress(psutil.Error):
            if any(line.laddr.port == port for line in process.net_connections("tcp4")):
                return process.pid
    return None
