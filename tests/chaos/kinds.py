"""Every kind of fault: in the order of the table, with its full count."""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    module: str  # in tests.chaos.faults
    name: str
    times: int
    wave: int  # that strike before the first is looked at again: so their recoveries do not add up


# What strikes all that is at work comes in waves for which a run has retries enough.
KINDS = (
    Kind("kills", "kill of a worker, or of one of its processes", 100, 10),
    Kind("postgres", "stop of PostgreSQL", 40, 3),
    Kind("valkey", "stop of Valkey", 40, 4),
    Kind("power", "power cut: everything at once", 20, 3),
    Kind("presses", "double press of a button", 40, 6),
    Kind("races", "race of the same large file", 40, 5),
    Kind("storing", "kill while a file is kept", 40, 5),
    Kind("disk", "disk full", 20, 4),
    Kind("order", "lists of one supplier queued out of order", 40, 6),
)
