"""Pure work on two processors: one part here, the other in a copy of this process."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable
from multiprocessing import get_context
from typing import Any, TypeVar

P = TypeVar("P")
R = TypeVar("R")


def in_two(work: Callable[[P], R], first: P, second: P) -> tuple[R, R]:
    """What it makes of both. The copy computes alone: it opens nothing, and sends back what it found."""
    if not _can_copy():
        return work(first), work(second)
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    copy = context.Process(target=_sent, args=(theirs, work, second), daemon=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other threads: the copy uses none, and takes no lock
        copy.start()
    theirs.close()
    try:
        here = work(first)
        there = ours.recv()
    except EOFError:  # it was ended, for want of memory perhaps
        there = work(second)
    finally:
        ours.close()
        copy.join()
        copy.close()
    if isinstance(there, Exception):
        raise there
    return here, there


def _can_copy() -> bool:
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


def _sent(pipe: Any, work: Callable[[P], Any], part: P) -> None:
    try:
        pipe.send(work(part))
    except Exception as problem:  # noqa: BLE001 - it is raised on the other side
        pipe.send(problem)
    finally:
        pipe.close()
