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

    def __init__(self) -> None:
        self.counts = np.zeros(_SLOTS, dtype=np.int32)
        self.total = 0

    def add(self, things: Iterable[Thing], times: int = 1) -> None:
        slots = [slots_of(thing) for thing in things]
        self.add_slots(np.array([slot for each in slots for slot in each], dtype=np.int32), len(slots), times)

    def add_slots(self, slots: np.ndarray, records: int, times: int = 1) -> None:
        self.total += times * records
        np.add.at(self.counts, slots, times)

    def share(self, word: str) -> float:
        return float(self.counts[_slot(word)]) / max(self.total, _FEW)

    def count_of_word(self, word: str) -> int:
        return int(self.counts[_slot(word)])

    def count(self, code: str) -> int:
        return int(self.counts[_slot(f"#{code}")])


def slots_of(thing: Thing) -> list[int]:
    """Of its words and of its codes, which are counted apart."""
    codes = thing.codes | thing.part_numbers
    return [*map(_slot, thing.words), *(_slot(f"#{code}") for code in codes)]


def _slot(word: str) -> int:
    return crc32(word.encode()) & (_SLOTS - 1)
