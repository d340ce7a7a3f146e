"""Two made-up suppliers of one trade, and which of their records are the same product."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from catalog.matching.made_up.products import data, families
from catalog.matching.made_up.suppliers import habits, written
from catalog.matching.records import Record

_FAMILIES = 130


@dataclass(frozen=True)
class Scenario:
    trade: str
    left: list[Record]
    right: list[Record]
    pairs: frozenset[tuple[str, str]]


def scenarios(seed: int, count: int) -> Iterator[Scenario]:
    """The trades by turns."""
    trades = data()["trades"]
    for number in range(count):
        name = list(trades)[number % len(trades)]
        yield _scenario(Random(f"{seed}/{number}"), name, trades[name])


def _scenario(random: Random, name: str, trade: Mapping[str, Any]) -> Scenario:
    first = random.choice(trade["languages"])
    second = first if random.random() < 0.7 else random.choice(trade["languages"])
    left_habits, right_habits = habits(random, trade, first), habits(random, trade, second)
    chances = random.choice(((0.9, 0.9), (0.5, 0.8), (0.4, 0.4), (0.8, 0.3), (0.3, 0.8), (0.2, 0.5)))
    left: list[Record] = []
    right: list[Record] = []
    pairs: set[tuple[str, str]] = set()
    for family in families(random, trade, _FAMILIES):
        for product in family:
            ids = [f"{len(left)}", f"{len(right)}"]
            is_left, is_right = (random.random() < chance for chance in chances)
            if is_left:
                left.append(written(random, product, left_habits, ids[0]))
            if is_right:
                right.append(written(random, product, right_habits, ids[1]))
            if is_left and is_right:
                pairs.add((ids[0], ids[1]))
    return Scenario(name, left, right, frozenset(pairs))
