"""The catalog's side of matching, which finds the nearest records of each new one.

>>> index = Index.build([Record("1", "Drill DCD791"), Record("2", "Saw DCS391")])
>>> index.extend([Record("3", "Drill DCD796")])
>>> index.remove(["2"])
>>> [[near.id for near in found] for found in index.nearest([Record("a", "DCD791 drill")], top=2)]
[['1', '3']]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack
from sparse_dot_topn import sp_matmul_topn

from catalog.matching.frequencies import Frequencies
from catalog.matching.records import Record
from catalog.matching.things import Thing, thing_of
from catalog.matching.vectors import SIZE, gram_counts

BLOCK = 20_000  # records at once: what is held besides the index itself is bounded by it
_THREADS = 2
_WEIGHTS = (0.4, 0.2, 0.4)  # of names, codes, and all that is said
_WIDTH = len(_WEIGHTS) * SIZE
_MOST_PREPARED = 200_000  # records; a larger index is weighed anew for each block that is looked up
_THINGS_KEPT = 120_000
T = TypeVar("T")


class Near(NamedTuple):
    id: str
    similarity: float  # of names and codes, 0 to 1


class Index:
    """Vectors of names and codes, and how frequent each word is.

    `records` holds what was built from, by id: a dict, unless the caller keeps records elsewhere (a database) and hands
    over a mapping that fetches them.
    """

    def __init__(self, records: MutableMapping[str, Record] | None = None) -> None:
        self.records: MutableMapping[str, Record] = {} if records is None else records
        self.frequencies = Frequencies()
        self._blocks: list[Any] = []  # counts of grams, one row a record
        self._ids: list[list[str]] = []
        self._places: dict[str, tuple[int, int]] = {}
        self._holds = np.zeros(_WIDTH, dtype=np.int32)  # how many records hold a gram
        self._things: dict[str, Thing] = {}
        self._prepared: dict[int, Any] = {}  # blocks as they are multiplied, until the index changes

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
            self._add(list(newest.values()))

    def remove(self, ids: Iterable[str]) -> None:
        for record_id in list(ids):
            if (place := self._places.pop(record_id, None)) is None:
                continue
            block, row = place
            counts = self._blocks[block]
            self.frequencies.add(self.thing(record_id), -1)
            self._holds[counts.indices[counts.indptr[row] : counts.indptr[row + 1]]] -= 1
            self._ids[block][row] = ""
            self._prepared.clear()
            self._things.pop(record_id, None)
            self.records.pop(record_id, None)

    def thing(self, record_id: str) -> Thing:
        if (known := self._things.get(record_id)) is None:
            if len(self._things) >= _THINGS_KEPT:
                self._things.clear()
            known = self._things[record_id] = thing_of(self.records[record_id])
        return known

    def nearest(self, records: Sequence[Record], *, top: int = 20) -> Iterator[list[Near]]:
        """For each record the most similar ones, best first; the same for any order of either side."""
        weighed = self._weighed(_counts([thing_of(record) for record in records]))
        found: list[list[Near]] = [[] for _ in records]
        for block, ids in enumerate(self._ids):
            product = sp_matmul_topn(
                weighed, self._ready(block), top_n=top + 5, threshold=0.02, sort=True, n_threads=_THREADS
            )
            for row, near in enumerate(found):
                span = slice(product.indptr[row], product.indptr[row + 1])
                hits = zip(product.indices[span].tolist(), product.data[span].tolist(), strict=True)
                near.extend(Near(ids[place], round(value, 5)) for place, value in hits if ids[place])
        for near in found:
            near.sort(key=lambda each: (-each.similarity, each.id))
            yield near[:top]

    def _ready(self, block: int) -> Any:
        if (known := self._prepared.get(block)) is None:
            known = self._weighed(self._blocks[block]).T.tocsr()
            if len(self) <= _MOST_PREPARED:
                self._prepared[block] = known
        return known

    def save(self, path: Path) -> None:
        """All but the records, without pickle."""
        arrays: dict[str, Any] = {"holds": self._holds, "counts": self.frequencies.counts}
        arrays["total"] = np.array(self.frequencies.total)
        for place, (counts, ids) in enumerate(zip(self._blocks, self._ids, strict=True)):
            arrays |= {f"data{place}": counts.data, f"indices{place}": counts.indices, f"indptr{place}": counts.indptr}
            arrays[f"ids{place}"] = np.array(ids, dtype=np.str_)
        with path.open("wb") as file:
            np.savez(file, **arrays)

    @classmethod
    def load(cls, path: Path, records: MutableMapping[str, Record]) -> Index:
        index = cls(records)
        with np.load(path, allow_pickle=False) as arrays:
            index._holds, index.frequencies = arrays["holds"], Frequencies(arrays["counts"], int(arrays["total"]))
            for place in range(sum(name.startswith("ids") for name in arrays.files)):
                parts = (arrays[f"data{place}"], arrays[f"indices{place}"], arrays[f"indptr{place}"])
                index._place(csr_matrix(parts, shape=(len(parts[2]) - 1, _WIDTH)), arrays[f"ids{place}"].tolist())
        return index

    def _add(self, records: list[Record]) -> None:
        things = [thing_of(record) for record in records]
        counts = _counts(things)
        for record, thing in zip(records, things, strict=True):
            self.records[record.id] = record
            self.frequencies.add(thing)
        self._holds += np.bincount(counts.indices, minlength=_WIDTH).astype(np.int32)
        self._place(counts, [record.id for record in records])

    def _place(self, counts: Any, ids: list[str]) -> None:
        self._places |= {record_id: (len(self._blocks), row) for row, record_id in enumerate(ids) if record_id}
        self._blocks.append(counts)
        self._prepared.clear()
        self._ids.append(ids)

    def _weighed(self, counts: Any) -> Any:
        """TF-IDF; names and codes are vectors of their own, set side by side."""
        weights = np.log((len(self) + 1) / (self._holds + 1.0)).astype(np.float32) + np.float32(0.3)
        weighed = csr_matrix(
            ((1 + np.log(counts.data)) * weights[counts.indices], counts.indices, counts.indptr), shape=counts.shape
        )
        parts = [_normal(weighed[:, place * SIZE : (place + 1) * SIZE]) for place in range(len(_WEIGHTS))]
        side_by_side = hstack(
            [part * np.sqrt(weight) for part, weight in zip(parts, _WEIGHTS, strict=True)], format="csr"
        )
        return side_by_side.astype(np.float32)


def _counts(things: Sequence[Thing]) -> Any:
    """A row a thing: grams of its name, of its codes, and of its name and description together."""
    codes = [" ".join(sorted(thing.codes | thing.part_numbers)) for thing in things]
    texts = [thing.name for thing in things], codes, [thing.text for thing in things]
    return hstack([gram_counts(each) for each in texts], format="csr")


def _normal(matrix: Any) -> Any:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return diags(1 / np.maximum(lengths, 1e-9)) @ matrix


def _in_blocks(things: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(things)
    while block := list(islice(rest, size)):
        yield block
