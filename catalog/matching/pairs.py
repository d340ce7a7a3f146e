"""The pairs of a call: each record of the left with its candidates, looked at block by block.

Kept of all pairs are a few numbers each; features are made when they are needed and let go. How a pair stands among the
others adds to the log odds that it has by itself, so that one pass over the features is enough to score all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from catalog.matching import competition
from catalog.matching.best import Candidates
from catalog.matching.features import Seen, Weigher, compared_codes, features_of, is_whole
from catalog.matching.frequencies import Frequencies
from catalog.matching.in_two import in_two
from catalog.matching.index import Index
from catalog.matching.keys import exact_keys
from catalog.matching.model import Model, probabilities
from catalog.matching.records import Record
from catalog.matching.things import Thing, thing_of

_LOWEST = -8.0  # log odds: what was not looked at closely has no more
_AT_ONCE = 10_000  # left records whose candidates are looked for together
_BLOCK = 2000  # left records whose pairs are looked at together
_ALWAYS_CLOSE = 8  # candidates
_CLOSE = 0.35  # of the likeness of the nearest
_SEEN_KEPT = 30_000
_MOST_EAGER = 1.0  # log odds


class Block(NamedTuple):
    """Features of the pairs that were looked at closely."""

    rows: np.ndarray  # which pairs
    names: tuple[str, ...]
    matrix: np.ndarray
    codes: dict[int, frozenset[str]]  # of pairs: shared codes that are rare on both sides
    keys: dict[int, frozenset[str]]  # of pairs: exact keys of both


class Scored(NamedTuple):
    odds: np.ndarray  # log odds of all pairs
    standing: np.ndarray  # features of `competition`


class Pairs:
    def __init__(self, lefts: Sequence[Record], index: Index, weigher: Weigher, found: Candidates) -> None:
        self.lefts, self.index = lefts, index
        self.left_places, self.right_places, self.similarities = found
        self.starts = np.searchsorted(found.owners, np.arange(len(lefts) + 1))
        self._weigher = weigher
        self._seen: dict[int, tuple[Record, Seen]] = {}
        self._codes: dict[int, frozenset[str]] = {}
        self._keys: dict[int, frozenset[str]] = {}

    @classmethod
    def of(cls, lefts: Sequence[Record], index: Index, top: int = 20) -> Pairs:
        frequencies, found = Frequencies(), [Candidates(*np.zeros((3, 0)))]
        for start in range(0, len(lefts), _AT_ONCE):
            things = list(map(thing_of, lefts[start : start + _AT_ONCE]))
            frequencies.add(things)
            some = index.candidates(things, top=top)
            found.append(some._replace(owners=some.owners + start))
        owners, places, similarities = (np.concatenate(each) for each in zip(*found, strict=True))
        candidates = Candidates(owners.astype(np.int32), places.astype(np.int32), similarities.astype(np.float32))
        return cls(lefts, index, Weigher(index.frequencies, frequencies), candidates)

    def scored(self, model: Model) -> Scored:
        odds, is_close = np.zeros(len(self.left_places)), np.zeros(len(self.left_places), dtype=bool)
        lowest = np.full(len(self.lefts), _LOWEST)
        for block in self.blocks():
            odds[block.rows] = model.log_odds_of(block.names, block.matrix)
            is_close[block.rows] = True
            self._codes |= block.codes
            self._keys |= block.keys
        np.minimum.at(lowest, self.left_places[is_close], odds[is_close])
        odds[~is_close] = lowest[self.left_places[~is_close]]
        standing = competition.standings(self.left_places, self.right_places, odds)
        odds[is_close] += model.added_by(competition.FEATURES, standing[is_close])
        return Scored(odds, standing)

    def blocks(self) -> Iterator[Block]:
        """Records of like names together: they have candidates in common."""
        order = sorted(range(len(self.lefts)), key=lambda place: self.lefts[place].name)
        parts = [order[start : start + _BLOCK] for start in range(0, len(order), _BLOCK)]
        for first, second in zip(parts[::2], parts[1::2], strict=False):
            self._see(self._rows(first + second))
            yield from in_two(self._block, first, second)
        if len(parts) % 2:
            self._see(self._rows(parts[-1]))
            yield self._block(parts[-1])

    def _rows(self, places: Iterable[int]) -> list[int]:
        return [row for place in places for row in range(self.starts[place], self.starts[place + 1])]

    def features(self, rows: Sequence[int], standing: np.ndarray) -> list[tuple[Thing, Thing, dict[str, float]]]:
        """Of pairs: both things, and all features."""
        self._see(rows)
        ones: dict[int, Seen] = {}
        found = []
        for row in rows:
            left = int(self.left_places[row])
            if left not in ones:
                ones[left] = self._weigher.seen(thing_of(self.lefts[left]))
            one, (_, other) = ones[left], self._seen[int(self.right_places[row])]
            told = features_of(one, other, float(self.similarities[row]), self._weigher)
            told |= zip(competition.FEATURES, map(float, standing[row]), strict=True)
            found.append((one.thing, other.thing, told))
        return found

    def refined(self, model: Model, decisions: Mapping[tuple[str, str], bool]) -> Model:
        """By decisions about its pairs; of a pair that is no candidate nothing is learned."""
        ids = [self.lefts[place].id for place in self.left_places]
        pairs = zip(ids, self.index.ids(self.right_places), strict=True)
        known = {pair: row for row, pair in enumerate(pairs) if pair in decisions}
        if not known:
            return model
        answers = [decisions[pair] for pair in sorted(known)]
        told = self.features([known[pair] for pair in sorted(known)], self.scored(model).standing)
        rows = [(features, same) for (_, _, features), same in zip(told, answers, strict=True)]
        return self._balanced(Model.fit(rows, base=model, version=f"{model.version} and {len(rows)} decisions"))

    def _balanced(self, model: Model) -> Model:
        """With 0.5 where proposing the best candidate of a record begins to pay, as its own probabilities tell.

        Of what is hard to tell apart, more of the true pairs are found when less than even odds are proposed.
        """
        best = np.full(len(self.lefts), -np.inf)
        np.maximum.at(best, self.left_places, self.scored(model).odds)
        odds = np.sort(best)[::-1]
        sure = probabilities(odds)
        expected = 2 * np.cumsum(sure) / (np.arange(1, len(sure) + 1) + sure.sum())  # F1, were these proposed
        start = float(odds[int(np.argmax(expected))])
        return replace(model, bias=model.bias + min(max(-start, 0.0), _MOST_EAGER))

    def unique_codes(self) -> dict[int, frozenset[str]]:
        """Of the pairs that were scored: shared codes that no other pair of either record shares."""
        return dict(self._unshared(self._codes))

    def exact_keys(self) -> dict[int, str]:
        """Likewise, keys of either record that no other of its pairs has."""
        return {row: min(keys) for row, keys in self._unshared(self._keys)}

    def _unshared(self, marks: Mapping[int, frozenset[str]]) -> Iterator[tuple[int, frozenset[str]]]:
        of_left = Counter((self.left_places[row], mark) for row, each in marks.items() for mark in each)
        of_right = Counter((self.right_places[row], mark) for row, each in marks.items() for mark in each)
        for row, each in marks.items():
            left, right = self.left_places[row], self.right_places[row]
            if alone := frozenset(m for m in each if of_left[left, m] == of_right[right, m] == 1):
                yield row, alone

    def _see(self, rows: Iterable[int]) -> None:
        """Has the right records of some pairs at hand."""
        wanted = dict.fromkeys(self.right_places[list(rows)].tolist())
        missing = [place for place in wanted if place not in self._seen]
        if len(self._seen) + len(missing) > _SEEN_KEPT:
            self._seen = {place: seen for place, seen in self._seen.items() if place in wanted}
        for place, (record, thing) in zip(missing, self.index.things(missing), strict=True):
            self._seen[place] = record, self._weigher.seen(thing)

    def _block(self, places: Sequence[int]) -> Block:
        rows: list[int] = []
        matrix: list[list[float]] = []
        block = Block(np.zeros(0, np.int64), (), np.zeros((0, 0), np.float32), {}, {})
        for place in places:
            record = self.lefts[place]
            one, keys = self._weigher.seen(thing_of(record)), frozenset(exact_keys(record))
            for row in range(self.starts[place], self.starts[place + 1]):
                its_record, other = self._seen[int(self.right_places[row])]
                same_keys = keys & frozenset(exact_keys(its_record)) if keys else keys
                if not (same_keys or self._is_close(row, one.thing, other.thing)):
                    continue
                features = features_of(one, other, float(self.similarities[row]), self._weigher)
                block = block if rows else block._replace(names=tuple(features))
                rows.append(row)
                matrix.append(list(features.values()))
                if same_keys:
                    block.keys[row] = same_keys
                if features["code_shared_unique"]:
                    block.codes[row] = self._unique_codes(one.thing, other.thing)
        numbers = np.array(matrix, dtype=np.float32).reshape(len(rows), len(block.names))
        return block._replace(rows=np.array(rows, dtype=np.int64), matrix=numbers)

    def _unique_codes(self, one: Thing, other: Thing) -> frozenset[str]:
        shared = compared_codes(one, other).shared
        return frozenset(code for code in shared if self._weigher.is_unique(code) and is_whole(code, one, other))

    def _is_close(self, row: int, one: Thing, other: Thing) -> bool:
        """Whether it is worth a closer look: among the nearest, nearly as near, or with a code in common."""
        first = self.starts[self.left_places[row]]
        is_near = row < first + _ALWAYS_CLOSE or self.similarities[row] >= _CLOSE * self.similarities[first]
        return bool(is_near) or may_share_code(one, other) or may_share_code(other, one)


def may_share_code(one: Thing, other: Thing) -> bool:
    return any(code in other.squeezed or code in other.part_numbers for code in one.codes | one.part_numbers)
