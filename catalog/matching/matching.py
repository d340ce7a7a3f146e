"""Matches of records with a catalog: candidates, features, scores, the gate and reasons, in this order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from catalog.matching import competition, gate
from catalog.matching.explain import Reason, reasons_of
from catalog.matching.features import Seen, Weigher, compared_codes, features_of, is_whole
from catalog.matching.frequencies import Frequencies
from catalog.matching.index import Index
from catalog.matching.keys import exact_keys
from catalog.matching.model import Model, probabilities
from catalog.matching.records import Record
from catalog.matching.things import Thing, thing_of

Decision = Literal["automatic", "propose", "reject"]
_WORTH_REASONS = 0.01
_ROWS = 50_000  # of the matrix at once
_LOWEST, _LIKENESS = -8.0, 10.0  # log odds
BLOCK = 2000  # records whose pairs are looked at together


class Link(NamedTuple):
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
    pairs = Pairs.of(list(left), index, top)
    yield from pairs.matches(model or Model.shipped())


@dataclass
class Pairs:
    """All pairs of a call: each record of the left with its candidates, and their features as one matrix."""

    lefts: list[Record]
    index: Index
    names: tuple[str, ...]
    left_places: np.ndarray
    right_ids: list[str]
    matrix: np.ndarray
    unique_codes: dict[int, frozenset[str]]  # of a pair: shared codes that no other pair of either record shares
    keys: dict[int, str]

    @classmethod
    def of(cls, lefts: list[Record], index: Index, top: int) -> Pairs:
        frequencies = Frequencies()
        for record in lefts:
            frequencies.add(thing_of(record))
        weigher = Weigher(index.frequencies, frequencies)
        found = _Found()
        for start in range(0, len(lefts), BLOCK):
            found.add(start, lefts[start : start + BLOCK], index, weigher, top)
        return found.pairs(lefts, index)

    def scored(self, model: Model) -> tuple[np.ndarray, np.ndarray]:
        """Log odds, and features with the standing of each pair among the others."""
        spans = [slice(start, start + _ROWS) for start in range(0, len(self.right_ids), _ROWS)]
        by_themselves = _joined(model.log_odds(self._ordered(model, span, None)) for span in spans)
        number = {right: place for place, right in enumerate(dict.fromkeys(self.right_ids))}
        standing = competition.standings(self.left_places, [number[right] for right in self.right_ids], by_themselves)
        return _joined(model.log_odds(self._ordered(model, span, standing)) for span in spans), standing

    def _ordered(self, model: Model, span: slice, standing: np.ndarray | None) -> np.ndarray:
        """Rows in the order of the model's features; what is not known is as of an average pair."""
        rows = self.matrix[span]
        columns = {name: rows[:, place] for place, name in enumerate(self.names)}
        if standing is not None:
            columns |= {name: standing[span, place] for place, name in enumerate(competition.FEATURES)}
        unknown = zip(model.names, model.means, strict=True)
        known = [columns.get(name, np.full(len(rows), mean)) for name, mean in unknown]
        return np.column_stack(known).astype(np.float64)

    def features(self, row: int, standing: np.ndarray) -> dict[str, float]:
        found = dict(zip(self.names, map(float, self.matrix[row]), strict=True))
        return found | dict(zip(competition.FEATURES, map(float, standing[row]), strict=True))

    def refined(self, model: Model, decisions: Mapping[tuple[str, str], bool]) -> Model:
        """By decisions about its pairs; of a pair that is no candidate nothing is learned."""
        _, standing = self.scored(model)
        ids = [self.lefts[place].id for place in self.left_places]
        known = {pair: row for row, pair in enumerate(zip(ids, self.right_ids, strict=True)) if pair in decisions}
        rows = [(self.features(row, standing), decisions[pair]) for pair, row in sorted(known.items())]
        return Model.fit(rows, base=model, version=f"{model.version} and {len(rows)} decisions") if rows else model

    def matches(self, model: Model) -> Iterator[Matches]:
        odds, standing = self.scored(model)
        odds = self._with_runners_up(odds).round(6)
        scores = probabilities(odds)
        starts = np.searchsorted(self.left_places, np.arange(len(self.lefts) + 1))
        for place, record in enumerate(self.lefts):
            one = thing_of(record)
            rows = sorted(range(starts[place], starts[place + 1]), key=lambda row: (-odds[row], self.right_ids[row]))
            links = [self._link(one, row, float(scores[row]), standing, model) for row in rows]
            links.sort(key=lambda link: -link.score)  # scores are rounded: what is equal now stays as it stands
            yield Matches(record.id, links)

    def _with_runners_up(self, odds: np.ndarray) -> np.ndarray:
        """Behind the best of a record, what is below the threshold stands in the order of its likeness as well.

        The model tells apart what may be the same; how unlike two are that are not it was never asked.
        """
        best = np.full(len(self.lefts), -np.inf)
        np.maximum.at(best, self.left_places, odds)
        unlikeness = 1 - self.matrix[:, self.names.index("similarity")] if self.names else 0.0
        behind = np.minimum(best[self.left_places], 0) + (np.maximum(odds, _LOWEST) - _LIKENESS * unlikeness) / 2
        result: np.ndarray = np.where((odds >= 0) | (odds == best[self.left_places]), odds, behind)
        return result

    def _link(self, one: Thing, row: int, score: float, standing: np.ndarray, model: Model) -> Link:
        other = self.index.thing(self.right_ids[row])
        features = self.features(row, standing)
        score = round(score, 4)
        reasons = reasons_of(one, other, features, model) if score >= _WORTH_REASONS else ()
        if key := self.keys.get(row):
            return Link(
                self.right_ids[row],
                max(score, 0.99),
                "automatic",
                (Reason("key", {"key": key}, 9.0), *reasons),
                features,
            )
        is_best = standing[row][0] and standing[row][1]
        codes = self.unique_codes.get(row, frozenset())
        if is_best and codes and gate.holds(one, other, codes, score):
            decision: Decision = "automatic"
        else:
            decision = "propose" if score >= gate.THRESHOLD else "reject"
        return Link(self.right_ids[row], score, decision, reasons, features)


def unique_codes(one: Thing, other: Thing, weigher: Weigher) -> list[str]:
    shared = compared_codes(one, other).shared
    return [code for code in shared if weigher.is_unique(code) and is_whole(code, one, other)]


def _joined(parts: Iterable[np.ndarray]) -> np.ndarray:
    return np.concatenate([np.zeros(0), *parts])


class _Found:
    """Pairs as they are found, block by block."""

    def __init__(self) -> None:
        self.left_places: list[int] = []
        self.right_ids: list[str] = []
        self.rows: list[np.ndarray] = []
        self.names: tuple[str, ...] = ()
        self.codes: list[frozenset[str]] = []
        self.keys: list[frozenset[str]] = []

    def add(self, start: int, block: Sequence[Record], index: Index, weigher: Weigher, top: int) -> None:
        seen: dict[str, Seen] = {}
        rows: list[list[float]] = []
        for place, (record, nearest) in enumerate(zip(block, index.nearest(block, top=top), strict=True), start=start):
            one, keys = weigher.seen(thing_of(record)), set(exact_keys(record))
            for near in nearest:
                if near.id not in seen:
                    seen[near.id] = weigher.seen(index.thing(near.id))
                other = seen[near.id]
                features = features_of(one, other, near.similarity, weigher)
                self.names = self.names or tuple(features)
                rows.append(list(features.values()))
                self.left_places.append(place)
                self.right_ids.append(near.id)
                unique = unique_codes(one.thing, other.thing, weigher)
                self.codes.append(frozenset(unique))
                self.keys.append(frozenset(keys & set(exact_keys(index.records[near.id]))) if keys else frozenset())
        if rows:
            self.rows.append(np.array(rows, dtype=np.float32))

    def pairs(self, lefts: list[Record], index: Index) -> Pairs:
        matrix = np.concatenate(self.rows) if self.rows else np.zeros((0, len(self.names)), dtype=np.float32)
        return Pairs(
            lefts, index, self.names, np.array(self.left_places, dtype=np.int64), self.right_ids, matrix,
            dict(self._unshared(self.codes)), {row: min(keys) for row, keys in self._unshared(self.keys)},
        )  # fmt: skip

    def _unshared(self, marks: list[frozenset[str]]) -> Iterator[tuple[int, frozenset[str]]]:
        """Marks that are of one pair alone, whichever of its two records one asks."""
        rows = list(zip(self.left_places, self.right_ids, marks, strict=True))
        of_left = Counter((left, mark) for left, _, each in rows for mark in each)
        of_right = Counter((right, mark) for _, right, each in rows for mark in each)
        for row, (left, right, each) in enumerate(rows):
            alone = frozenset(m for m in each if of_left[left, m] == 1 and of_right[right, m] == 1)
            if alone:
                yield row, alone
