"""Texts as sparse vectors of their character 3-grams, made by columns: no vocabulary is kept, grams are hashed.

Of a record an index keeps `Vectors`: which grams its name, its codes, and name and description together have, and the
slots of its words (`frequencies.py`). They are numbers alone, whose meaning changes with `VERSION` only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, hstack

from catalog.matching.frequencies import slots_of
from catalog.matching.things import Thing

VERSION = 1  # of what a record's vector is: one of another version is made anew
BITS = 20
SIZE = 1 << BITS
PARTS = 3
WIDTH = PARTS * SIZE
_MULTIPLIERS = (2654435761, 2246822519, 3266489917)
_MOST = 255  # of one gram in one text

Row = tuple[bytes, bytes, bytes]  # a record's grams, how often each stands there, and slots


class Vectors(NamedTuple):
    """Of some records, a row each."""

    grams: Any  # how often a gram stands in it, as whole numbers of one byte
    slots: np.ndarray
    sizes: np.ndarray  # how many slots are of each record

    @classmethod
    def of(cls, things: Sequence[Thing], *, with_texts: bool = True) -> Vectors:
        """Without texts, descriptions are not looked at."""
        codes = [" ".join(sorted(thing.codes | thing.part_numbers)) for thing in things]
        texts = [thing.text if with_texts else "" for thing in things]
        grams = hstack([gram_counts(each) for each in ([thing.name for thing in things], codes, texts)], format="csr")
        slots = [slots_of(thing) for thing in things]
        return cls(_in_bytes(grams), _numbers(chain(*slots)), _numbers(map(len, slots)))

    @classmethod
    def kept(cls, rows: Sequence[Row]) -> Vectors:
        """What `rows` gave."""
        columns, counts, slots = (b"".join(each) for each in zip(*rows, strict=True))
        starts = np.r_[0, np.cumsum([len(row[1]) for row in rows])].astype(np.int32)
        parts = (np.frombuffer(counts, np.uint8).copy(), np.frombuffer(columns, "<i4"), starts)
        grams = csr_matrix(parts, shape=(len(rows), WIDTH), copy=False)
        return cls(grams, np.frombuffer(slots, "<i4"), _numbers(len(row[2]) // 4 for row in rows))

    def rows(self) -> Iterator[Row]:
        columns, starts = self.grams.indices.astype("<i4"), self.grams.indptr
        slots, ends = self.slots.astype("<i4"), np.cumsum(self.sizes)
        for row, (size, end) in enumerate(zip(self.sizes, ends, strict=True)):
            span = slice(starts[row], starts[row + 1])
            yield columns[span].tobytes(), self.grams.data[span].tobytes(), slots[end - size : end].tobytes()


def gram_counts(texts: Sequence[str]) -> Any:
    """One row a text, one column a hashed gram: how often it stands there."""
    padded = [f" {text} " if text else "" for text in texts]
    letters: Any = np.frombuffer("".join(padded).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    lengths = np.fromiter(map(len, padded), dtype=np.int64, count=len(padded))
    starts = np.cumsum(lengths) - lengths
    if len(letters) < 3:
        return csr_matrix((len(texts), SIZE), dtype=np.float32)
    mixed: Any = sum(
        letters[shift : len(letters) - 2 + shift] * np.uint64(factor) for shift, factor in enumerate(_MULTIPLIERS)
    )
    grams = ((mixed & np.uint64(0xFFFFFFFF)) >> np.uint64(32 - BITS)).astype(np.int32)
    owners = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)[: len(grams)]
    places = np.arange(len(grams)) - starts[owners]
    whole = places <= lengths[owners] - 3
    matrix = csr_matrix(
        (np.ones(int(whole.sum()), dtype=np.float32), (owners[whole], grams[whole])), shape=(len(texts), SIZE)
    )
    matrix.sum_duplicates()
    return matrix


def _in_bytes(counts: Any) -> Any:
    data = np.minimum(counts.data, _MOST).astype(np.uint8)
    return csr_matrix((data, counts.indices.astype(np.int32), counts.indptr.astype(np.int32)), shape=counts.shape)


def _numbers(values: Iterable[int]) -> np.ndarray:
    return np.fromiter(values, dtype=np.int32)
