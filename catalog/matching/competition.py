"""How a pair stands among the others of its record, on both sides: mostly a thing has one partner in a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

FEATURES = ("best_of_left", "best_of_right", "lead_over_left", "lead_over_right", "rank_of_left", "rank_of_right")
_FARTHEST = 4.0  # log odds


class Standing(NamedTuple):
    best_of_left: float  # whether it is the best of its left record
    best_of_right: float
    lead_over_left: float  # by how much it is before the best of the others; less than 0: behind it
    lead_over_right: float
    rank_of_left: float  # 0: first; 1: tenth or later
    rank_of_right: float


def standings(lefts: Sequence[int] | np.ndarray, rights: Sequence[int] | np.ndarray, scores: np.ndarray) -> np.ndarray:
    """One row a pair, in the order of FEATURES; scores are log odds of the pairs by themselves."""
    found = np.zeros((len(scores), len(FEATURES)), dtype=np.float32)
    for column, owners in enumerate((np.asarray(lefts), np.asarray(rights))):
        best, lead, rank = _of_side(owners, np.asarray(scores, dtype=np.float64))
        found[:, column], found[:, column + 2], found[:, column + 4] = best, lead, rank
    return found


def _of_side(owners: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    order = np.lexsort((-scores, owners))
    sorted_owners, sorted_scores = owners[order], scores[order]
    starts = np.flatnonzero(np.r_[True, sorted_owners[1:] != sorted_owners[:-1]]) if len(owners) else np.zeros(0, int)
    sizes = np.diff(np.r_[starts, len(owners)])
    first = np.repeat(starts, sizes)
    places = np.arange(len(owners)) - first
    second = np.minimum(first + 1, np.repeat(starts + sizes - 1, sizes))
    rival = np.where(places == 0, sorted_scores[second], sorted_scores[first])
    is_alone = np.repeat(sizes, sizes) == 1
    lead = np.where(is_alone, _FARTHEST, np.clip(sorted_scores - rival, -_FARTHEST, _FARTHEST)) / _FARTHEST
    best = np.empty(len(owners)), np.empty(len(owners)), np.empty(len(owners))
    best[0][order], best[1][order], best[2][order] = (
        sorted_scores >= sorted_scores[first],
        lead,
        np.minimum(places, 10) / 10,
    )
    return best
