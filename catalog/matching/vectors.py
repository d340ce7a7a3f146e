"""Texts as sparse vectors of their character 3-grams, made by columns: no vocabulary is kept, grams are hashed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

BITS = 20
SIZE = 1 << BITS
_MULTIPLIERS = (2654435761, 2246822519, 3266489917)


def gram_counts(texts: Sequence[str]) -> Any:
    """One row a text, one column a hashed gram: how often it stands there."""
    padded = [f" {text} " for text in texts]
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
