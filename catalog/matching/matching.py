"""Matches of records with a catalog: candidates, features, scores, the gate and reasons, in this order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np

from catalog.matching import gate
from catalog.matching.explain import Reason, reasons_of
from catalog.matching.index import Index
from catalog.matching.model import Model, probabilities
from catalog.matching.pairs import Pairs
from catalog.matching.records import Record

Decision = Literal["automatic", "propose", "reject"]
NO_FEATURES: Mapping[str, float] = {}
_WORTH_REASONS = 0.01
_LOWEST, _LIKENESS = -8.0, 10.0  # log odds
_SCORE_OF_KEY, _WEIGHT_OF_KEY = 0.99, 9.0
_BLOCK = 1000  # records whose links are made together


class Link(NamedTuple):
    """Reasons and features are of what has a score worth them, 0.01."""

    right_id: str
    score: float
    decision: Decision
    reasons: tuple[Reason, ...]
    features: Mapping[str, float]


class Matches(NamedTuple):
    left_id: str
    links: list[Link]  # best first


def match(
    left: Iterable[Record], right: Iterable[Record] | Index, model: Model | None = None, top: int = 20
) -> Iterator[Matches]:
    """For each record of the left, in their order, the records of the right that it may be."""
    index = right if isinstance(right, Index) else Index.build(right)
    return matches_of(Pairs.of(list(left), index, top), model or Model.shipped())


def matches_of(pairs: Pairs, model: Model) -> Iterator[Matches]:
    judged = Judged(pairs, model)
    for start in range(0, len(pairs.lefts), _BLOCK):
        yield from judged.matches(range(start, min(start + _BLOCK, len(pairs.lefts))))


class Judged:
    """Pairs with what a model and the gate say of them."""

    def __init__(self, pairs: Pairs, model: Model) -> None:
        self._pairs, self._model = pairs, model
        odds, self._standing = pairs.scored(model)
        self._odds = _with_runners_up(pairs, odds).round(6)
        self._scores = probabilities(self._odds).round(4)
        self._codes, self._keys = pairs.unique_codes(), pairs.exact_keys()

    def matches(self, lefts: Sequence[int]) -> Iterator[Matches]:
        starts = self._pairs.starts
        rows = range(starts[lefts[0]], starts[lefts[-1] + 1])
        links = dict(zip(rows, self._links(rows), strict=True))
        for place in lefts:
            own = list(range(starts[place], starts[place + 1]))
            own.sort(key=lambda row: (-links[row].score, -self._odds[row], links[row].right_id))
            yield Matches(self._pairs.lefts[place].id, [links[row] for row in own])

    def _links(self, rows: range) -> Iterator[Link]:
        ids = self._pairs.index.ids(self._pairs.right_places[rows.start : rows.stop])
        telling = [row for row in rows if self._scores[row] >= _WORTH_REASONS or row in self._keys]
        told = dict(zip(telling, self._pairs.features(telling, self._standing), strict=True))
        for row, right_id in zip(rows, ids, strict=True):
            score = float(self._scores[row])
            if row not in told:
                yield Link(right_id, score, "reject", (), NO_FEATURES)
                continue
            one, other, features = told[row]
            reasons = reasons_of(one, other, features, self._model)
            if key := self._keys.get(row):
                by_key = Reason("key", {"key": key}, _WEIGHT_OF_KEY)
                yield Link(right_id, max(score, _SCORE_OF_KEY), "automatic", (by_key, *reasons), features)
                continue
            is_same = self._is_best(row) and gate.holds(one, other, self._codes.get(row, frozenset()), score)
            likely: Decision = "propose" if score >= gate.THRESHOLD else "reject"
            yield Link(right_id, score, "automatic" if is_same else likely, reasons, features)

    def _is_best(self, row: int) -> bool:
        return bool(self._standing[row][0] and self._standing[row][1])


def _with_runners_up(pairs: Pairs, odds: np.ndarray) -> np.ndarray:
    """Behind the best of a record, what is below the threshold stands in the order of its likeness as well.

    The model tells apart what may be the same; how unlike two are that are not it was never asked.
    """
    best = np.full(len(pairs.lefts), -np.inf)
    np.maximum.at(best, pairs.left_places, odds)
    best_of_its = best[pairs.left_places]
    behind = np.minimum(best_of_its, 0) + (np.maximum(odds, _LOWEST) - _LIKENESS * (1 - pairs.similarities)) / 2
    result: np.ndarray = np.where((odds >= 0) | (odds == best_of_its), odds, behind)
    return result
