"""The shipped model: fitted on made-up lists, whose true pairs are known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from catalog.matching import competition
from catalog.matching.index import Index
from catalog.matching.made_up import Scenario
from catalog.matching.model import Model
from catalog.matching.pairs import Pairs

_ROUNDS = 2  # the standing among others follows from the model of the round before


class Case(NamedTuple):
    """The pairs of two lists that were looked at closely."""

    pairs: Pairs
    rows: np.ndarray
    matrix: np.ndarray
    answers: np.ndarray
    names: tuple[str, ...]


def trained(lists: Iterable[Scenario], version: str) -> Model:
    cases = [case_of(scenario) for scenario in lists]
    answers = np.concatenate([case.answers for case in cases])
    alone = np.concatenate([case.matrix for case in cases]).astype(np.float64)
    names = next(case.names for case in cases if case.names)
    model = Model.of(names, alone, answers, version)
    for _ in range(_ROUNDS):
        standing = np.concatenate([case.pairs.scored(model).standing[case.rows] for case in cases])
        model = Model.of((*names, *competition.FEATURES), np.column_stack([alone, standing]), answers, version)
    return model


def case_of(scenario: Scenario) -> Case:
    pairs = Pairs.of(scenario.left, Index.build(scenario.right))
    blocks = list(pairs.blocks())
    rows = np.concatenate([block.rows for block in blocks])
    matrix = np.concatenate([block.matrix for block in blocks if block.names])
    rights = pairs.index.ids(pairs.right_places[rows])
    ids = [pairs.lefts[place].id for place in pairs.left_places[rows]]
    answers = [pair in scenario.pairs for pair in zip(ids, rights, strict=True)]
    names = next(block.names for block in blocks if block.names)
    return Case(pairs, rows, matrix, np.array(answers, dtype=np.float64), names)
