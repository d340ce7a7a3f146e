"""TF-IDF of kept vectors. All weights of grams lie on the side that asks, so that what is kept is only scaled."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from catalog.matching.vectors import BITS, PARTS, WIDTH

_WEIGHTS = np.array([0.4, 0.2, 0.4])  # of names, codes, and all that is said
_WEIGHTS_OF_NAMES = np.array([0.8, 0.2, 0.0])  # where descriptions are not looked at
_TERM = np.r_[0, 1 + np.log(np.arange(1, 256))].astype(np.float32)  # by how often a gram stands in a text


class Weighing:
    """By how many records of a catalog hold each gram."""

    def __init__(self, holders: np.ndarray, records: int, *, with_texts: bool) -> None:
        self._parts = _WEIGHTS if with_texts else _WEIGHTS_OF_NAMES
        self._rarity = np.log((records + 1) / (holders + 1.0)).astype(np.float32) + np.float32(0.3)

    def asking(self, grams: Any) -> Any:
        """Its product with what `answering` gives is the likeness, 0 to 1."""
        owners, parts = _owners(grams), grams.indices >> BITS
        rarity = self._rarity[grams.indices]
        weight = (self._parts[parts] / self._lengths(grams, owners)).astype(np.float32)
        return _like(grams, _TERM[grams.data] * rarity * rarity * weight)

    def answering(self, grams: Any) -> Any:
        return _like(grams, _TERM[grams.data] / self._lengths(grams, _owners(grams)).astype(np.float32))

    def _lengths(self, grams: Any, owners: np.ndarray) -> np.ndarray:
        """For each number of a row: how long the vector of its part is."""
        groups = owners * PARTS + (grams.indices >> BITS)
        squares = np.square(_TERM[grams.data] * self._rarity[grams.indices])
        sums = np.bincount(groups, weights=squares, minlength=grams.shape[0] * PARTS)
        result: np.ndarray = np.maximum(np.sqrt(sums), 1e-9)[groups]
        return result


def without(grams: Any, columns: np.ndarray) -> Any:
    """Without the columns that are marked."""
    kept = ~columns[grams.indices]
    starts = np.r_[0, np.cumsum(kept)][grams.indptr].astype(np.int32)
    return csr_matrix((grams.data[kept], grams.indices[kept], starts), shape=grams.shape)


def _owners(grams: Any) -> np.ndarray:
    return np.repeat(np.arange(grams.shape[0]), np.diff(grams.indptr))


def _like(grams: Any, data: np.ndarray) -> Any:
    return csr_matrix((data.astype(np.float32), grams.indices, grams.indptr), shape=(grams.shape[0], WIDTH))
