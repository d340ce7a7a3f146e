"""The shipped model: fitted on made-up lists, whose true pairs are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from catalog.matching import competition
from catalog.matching.index import Index
from catalog.matching.made_up import Scenario
from catalog.matching.matching import Pairs
from catalog.matching.model import Model

_ROUNDS = 2  # the standing among others follows from the model of the round before


def trained(lists: Iterable[Scenario], version: str) -> Model:
    cases = [(pairs, answers_of(pairs, scenario)) for scenario in lists for pairs in _pairs(scenario)]
    answers = np.concatenate([answers for _, answers in cases])
    names = cases[0][0].names
    alone = np.concatenate([pairs.matrix for pairs, _ in cases]).astype(np.float64)
    model = Model.of(names, alone, answers, version)
    for _ in range(_ROUNDS):
        standing = np.concatenate([pairs.scored(model)[1] for pairs, _ in cases])
        model = Model.of((*names, *competition.FEATURES), np.column_stack([alone, standing]), answers, version)
    return model


def answers_of(pairs: Pairs, scenario: Scenario) -> np.ndarray:
    places = zip(pairs.left_places, pairs.right_ids, strict=True)
    return np.array([(pairs.lefts[left].id, right) in scenario.pairs for left, right in places], dtype=np.float64)


def _pairs(scenario: Scenario) -> Iterator[Pairs]:
    yield Pairs.of(scenario.left, Index.build(scenario.right), top=20)
