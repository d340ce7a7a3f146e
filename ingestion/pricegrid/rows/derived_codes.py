"""Codes for lists that have none: always the same for the same item, whatever stands around it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from hashlib import blake2b

_PREFIX = "~"


def derived_code(name: str, telling: Sequence[str] = ()) -> str:
    """A code made of the name and of what tells equal names apart (size, pack, section); prices play no part in it."""
    parts = [canonical(name), *(canonical(part) for part in telling if part)]
    return _PREFIX + blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()


def canonical(text: str) -> str:
    """Case, spaces and the width of letters do not make another item."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def twins(codes: Iterable[str]) -> frozenset[str]:
    """The codes that more than one row would get: these need more than the name to tell them apart."""
    seen: set[str] = set()
    return frozenset(code for code in codes if code in seen or seen.add(code))  # type: ignore[func-returns-value]
