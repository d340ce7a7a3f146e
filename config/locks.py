"""Advisory locks on files, which the kernel releases however their holder ends."""

import fcntl
from typing import IO


def try_lock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_held(file: IO[str]) -> bool:
    """Whether somebody else has locked the file."""
    if not try_lock(file):
        return True
    unlock(file)
    return False


def lock(file: IO[str]) -> None:
    fcntl.flock(file, fcntl.LOCK_EX)


def share(file: IO[str]) -> None:
    fcntl.flock(file, fcntl.LOCK_SH)


def unlock(file: IO[str]) -> None:
    fcntl.flock(file, fcntl.LOCK_UN)
