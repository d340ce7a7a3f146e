"""How much a reading process may take: set by the kernel, so that no mistake in a reader can go beyond it."""

from __future__ import annotations

import os
import resource
import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

MEGABYTE = 1024 * 1024
OPEN_FILES = 64
WRITTEN_BYTES = 1024 * MEGABYTE  # of one file, for who may write any
MEMORY_TO_SAY_SO = 4 * MEGABYTE  # bytes that are left when the memory is at its end
TO_SAY_SO = 2  # seconds of processor time between the signal that ends a reader and the one that nothing survives
_PATIENCE = 30  # times its processor time may a reader keep its caller waiting: processors are shared
_IS_LINUX = sys.platform == "linux"


@dataclass(frozen=True)
class ProcessLimits:
    memory: int  # bytes beyond those that the process is born with
    cpu_seconds: int
    waiting_seconds: float = 3600.0  # in all, that its caller spends waiting for its messages
    may_write: bool = False  # files; else it opens none for that, nor makes, renames or removes any

    def impose(self) -> None:
        """On this process, for good."""
        if _IS_LINUX:  # elsewhere the address space holds what is no memory
            most = address_space() + self.memory
            restrict(resource.RLIMIT_AS, most, most + MEMORY_TO_SAY_SO)
        restrict(resource.RLIMIT_CPU, self.cpu_seconds, self.cpu_seconds + TO_SAY_SO)
        restrict(resource.RLIMIT_NOFILE, OPEN_FILES)
        restrict(resource.RLIMIT_FSIZE, WRITTEN_BYTES)
        restrict(resource.RLIMIT_CORE, 0)

    def loosen(self) -> None:
        """Who has run out of memory still has to say so."""
        if _IS_LINUX:
            _soft, most = resource.getrlimit(resource.RLIMIT_AS)
            resource.setrlimit(resource.RLIMIT_AS, (most, most))


def limits_for(path: Path) -> ProcessLimits:
    """What a file may take: its size says how much there may be to do."""
    return limits_of(path.stat().st_size)


def limits_of(size: int = 0) -> ProcessLimits:
    seconds = round(settings.READER_CPU_SECONDS + settings.READER_CPU_SECONDS_PER_MB * size / MEGABYTE) or 1
    return ProcessLimits(settings.READER_MEMORY_MB * MEGABYTE, seconds, seconds * _PATIENCE)


def restrict(what: int, soft: int, hard: int | None = None) -> None:
    """Never beyond what the process was allowed before."""
    _soft, most = resource.getrlimit(what)
    wanted = soft if hard is None else hard
    hard = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    resource.setrlimit(what, (min(soft, hard), hard))


def address_space() -> int:
    """What this process has now, in bytes."""
    facts = os.open("/proc/self/statm", os.O_RDONLY)
    try:
        return int(os.read(facts, 100).split(maxsplit=1)[0]) * resource.getpagesize()
    finally:
        os.close(facts)
