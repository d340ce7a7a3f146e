"""How many records hold a word or a code, on both sides: what is rare tells more."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

import numpy as np

from catalog.matching.things import Thing

_SLOTS = 1 << 22
_FEW = 200  # of fewer records nothing is called frequent


class Frequencies:
    """Counts by hash, so that their memory is the same for any catalog (16 MB)."""

    def __init__(self, counts: np.ndarray | None = None, total: int = 0) -> None:
        self.counts = np.zeros(_SLOTS, dtype=np.int32) if counts is None else counts
        self.total = total

    def add(self, thing: Thing, times: int = 1) -> None:
        self.total += times
        for word in told_by(thing):
            self.counts[_slot(word)] += times

    def share(self, word: str) -> float:
        return float(self.counts[_slot(word)]) / max(self.total, _FEW)

    def count(self, code: str) -> int:
        return int(self.counts[_slot(f"#{code}")])


def told_by(thing: Thing) -> Iterable[str]:
    yield from thing.words
    yield from {f"#{code}" for code in thing.codes | thing.part_numbers}


def _slot(word: str) -> int:
    return crc32(word.encode()) & (_SLOTS - 1)
