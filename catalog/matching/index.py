"""The catalog's side of matching, which finds the nearest records of each new one.

>>> index = Index.build([Record("1", "Drill DCD791"), Record("2", "Saw DCS391")])
>>> index.extend([Record("3", "Drill DCD796")])
>>> index.remove(["2"])
>>> [[near.id for near in found] for found in index.nearest([Record("a", "DCD791 drill")], top=2)]
[['1', '3']]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Any, NamedTuple, TypeVar

import numpy as np
from sparse_dot_topn import sp_matmul_topn

from catalog.matching.best import Best, Candidates
from catalog.matching.frequencies import Frequencies
from catalog.matching.records import Record
from catalog.matching.things import Thing, thing_of
from catalog.matching.vectors import WIDTH, Vectors
from catalog.matching.weighing import Weighing, without

BLOCK = 20_000  # records at once: what is held besides the index itself is bounded by it
_THREADS = 2
_SPARE = 10  # more than asked for: what is equally near is put in order by its id
_LEAST = 0.02
_MANY = 50_000  # records: of so many, candidates are looked for without the grams that tell least
_FREQUENT = 0.05  # share of records
T = TypeVar("T")


class Near(NamedTuple):
    id: str
    similarity: float  # of names and codes, 0 to 1


class Index:
    """Vectors of names and codes, and how frequent each word is.

    Records are held, unless the caller keeps them elsewhere (a database), puts in vectors, and hands over how to fetch
    the records of some ids, in their order. `with_texts=False` is for catalogs without descriptions.
    """

    def __init__(
        self, *, with_texts: bool = True, fetch: Callable[[Sequence[str]], Iterable[Record]] | None = None
    ) -> None:
        self.frequencies = Frequencies()
        self._with_texts = with_texts
        self._records: dict[str, Record] = {}
        self._fetch = fetch or (lambda ids: [self._records[each] for each in ids])
        self._ids: list[str] = []  # "" is what was removed
        self._places: dict[str, int] = {}
        self._blocks: list[tuple[int, Any]] = []  # the first place; counts of grams, one row a record
        self._holders = np.zeros(WIDTH, dtype=np.int32)  # how many records hold a gram

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._places

    @classmethod
    def build(cls, records: Iterable[Record]) -> Index:
        index = cls()
        index.extend(records)
        return index

    def extend(self, records: Iterable[Record]) -> None:
        """Adds records; one whose id is known takes the place of the old one."""
        for block in _in_blocks(records, BLOCK):
            newest = {record.id: record for record in block}
            self.remove(newest.keys() & self._places.keys())
            self._records |= newest
            self.extend_by(list(newest), Vectors.of(list(map(thing_of, newest.values())), with_texts=self._with_texts))

    def extend_by(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Adds what `Vectors.of` has made of records that the index does not have."""
        first = len(self._ids)
        self._ids += ids
        self._places |= {record_id: place for place, record_id in enumerate(ids, start=first)}
        self._blocks.append((first, vectors.grams))
        self._holders += np.bincount(vectors.grams.indices, minlength=WIDTH).astype(np.int32)
        self.frequencies.add_slots(vectors.slots, len(ids))

    def remove(self, ids: Iterable[str]) -> None:
        known = [record_id for record_id in ids if record_id in self._places]
        self.frequencies.add(map(thing_of, self._fetch(known)), -1)
        for record_id in known:
            place = self._places.pop(record_id)
            first, grams = next(block for block in reversed(self._blocks) if block[0] <= place)
            row = slice(*grams.indptr[place - first : place - first + 2])
            self._holders[grams.indices[row]] -= 1
            grams.data[row] = 0
            self._ids[place] = ""
            self._records.pop(record_id, None)

    def ids(self, places: Iterable[int]) -> list[str]:
        return [self._ids[place] for place in places]

    def things(self, places: Sequence[int]) -> list[tuple[Record, Thing]]:
        return [(record, thing_of(record)) for record in self._fetch(self.ids(places))]

    def nearest(self, records: Sequence[Record], *, top: int = 20) -> Iterator[list[Near]]:
        """For each record the most similar ones, best first; the same for any order of either side."""
        found = self.candidates(list(map(thing_of, records)), top=top)
        starts = np.searchsorted(found.owners, np.arange(len(records) + 1))
        for start, end in pairwise(starts):
            ids = self.ids(found.places[start:end])
            yield [Near(*each) for each in zip(ids, found.similarities[start:end].tolist(), strict=True)]

    def candidates(self, things: Sequence[Thing], *, top: int = 20) -> Candidates:
        weighing = Weighing(self._holders, len(self), with_texts=self._with_texts)
        asking = weighing.asking(Vectors.of(things, with_texts=self._with_texts).grams)
        is_pruned = len(self) > _MANY
        telling = without(asking, self._holders > _FREQUENT * len(self)) if is_pruned else asking
        best = Best(top + _SPARE)
        for first, grams in self._blocks:
            answering = weighing.answering(grams).T.tocsr()
            near = sp_matmul_topn(telling, answering, top_n=top + _SPARE, threshold=_LEAST, n_threads=_THREADS)
            best.add(first, near)
        found = best.found()
        return self._in_order(self._exact(found, asking, weighing) if is_pruned else found, top)

    def _exact(self, found: Candidates, asking: Any, weighing: Weighing) -> Candidates:
        """With the likeness in all grams."""
        similarities = np.zeros(len(found.places), dtype=np.float64)
        for first, grams in self._blocks:
            rows = np.flatnonzero((found.places >= first) & (found.places < first + grams.shape[0]))
            answering = weighing.answering(grams[found.places[rows] - first])
            similarities[rows] = asking[found.owners[rows]].multiply(answering).sum(axis=1).A1
        return found._replace(similarities=similarities)

    def _in_order(self, found: Candidates, top: int) -> Candidates:
        """The nearest first; of those that are equally near, the one whose id comes first."""
        places, of_pair = np.unique(found.places, return_inverse=True)
        rank_of_id = np.argsort(np.argsort(np.array(self.ids(places), dtype=np.str_)))
        similarities = found.similarities.astype(np.float64).round(5)
        order = np.lexsort((rank_of_id[of_pair], -similarities, found.owners))
        owners = found.owners[order]
        is_kept = np.arange(len(owners)) - np.searchsorted(owners, owners) < top
        return Candidates(*(each[order][is_kept] for each in (found.owners, found.places, similarities)))


def _in_blocks(things: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(things)
    while block := list(islice(rest, size)):
        yield block
