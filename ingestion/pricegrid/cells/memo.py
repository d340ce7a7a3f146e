"""What was worked out once for a value that repeats."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

REMEMBERED = 20_000

K = TypeVar("K")
V = TypeVar("V")


class Memo(dict[K, V]):
    """Values repeat down a column: each is understood once. It never holds more than some thousands."""

    def __init__(self, understand: Callable[[K], V]) -> None:
        super().__init__()
        self.understand = understand

    def __missing__(self, key: K) -> V:
        if len(self) >= REMEMBERED:
            self.clear()
        found = self[key] = self.understand(key)
        return found
