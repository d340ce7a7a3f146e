"""Ranges of rows or columns as files give them: many, wide, and over one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def numbers_in(spans: Iterable[tuple[int, int]], most: int) -> Iterator[int]:
    """Each number between 1 and `most` that is in any of the spans (both ends inclusive), once and in order."""
    after = 1
    for first, last in sorted(spans):
        end = min(last, most) + 1
        yield from range(max(first, after), end)
        after = max(after, end)
