"""Since when a child has been busy, in memory that its parent sees: no message between them can be lost or late."""

from __future__ import annotations

import mmap
import struct
import time

_FORMAT = struct.Struct("d")


class SharedClock:
    """Made by the parent before it forks; the child starts and stops it."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, _FORMAT.size)

    def start(self) -> None:
        _FORMAT.pack_into(self._memory, 0, time.monotonic())

    def stop(self) -> None:
        _FORMAT.pack_into(self._memory, 0, 0.0)

    def seconds(self) -> float:
        """Since the start; 0 while it is stopped."""
        (since,) = _FORMAT.unpack_from(self._memory, 0)
        return time.monotonic() - since if since else 0.0
