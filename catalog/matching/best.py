"""The nearest of each record, as block after block of a catalog is looked at."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np


class Candidates(NamedTuple):
    """Pairs by columns, those of one record side by side."""

    owners: np.ndarray  # which of the records that were asked for
    places: np.ndarray  # of what is near to it
    similarities: np.ndarray


class Best:
    def __init__(self, count: int) -> None:
        self._count = count
        self._found = Candidates(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32))

    def add(self, first: int, near: Any) -> None:
        """A row for each record, whose columns are places from the first on."""
        owners = np.repeat(np.arange(near.shape[0]), np.diff(near.indptr))
        new = (owners, near.indices.astype(np.int64) + first, near.data)
        both = [np.concatenate(pair) for pair in zip(self._found, new, strict=True)]
        order = np.lexsort((-both[2], both[0]))
        ranked = both[0][order]
        kept = order[np.arange(len(ranked)) - np.searchsorted(ranked, ranked) < self._count]
        self._found = Candidates(*(each[kept] for each in both))

    def found(self) -> Candidates:
        return self._found
