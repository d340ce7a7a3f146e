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


def horses_of(worker: int) -> list[int]:
    """What a worker runs a job in: its children that lead process groups of their own."""
    found = []
    with suppress(psutil.NoSuchProcess):
        for child in psutil.Process(worker).children():
            with suppress(ProcessLookupError):
                if os.getpgid(child.pid) == child.pid:
                    found.append(child.pid)
    return found
