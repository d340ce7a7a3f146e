"""Which of the interpretations of a sheet wins, and how sure that is.

Each is worth the sum of its figures times their weights; how probable it is among the others follows from that as in a
conditional logit (McFadden). That the sheet is no list of prices at all is one of them, too. The weights are fitted by
`tests/ingestion/pricegrid/fit_interpretations.py`, never set by hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from math import exp
from pathlib import Path
from typing import NamedTuple

from ingestion.pricegrid.structure.evidence import Evidence, FiguresByName, Looked, figures, weighed
from ingestion.pricegrid.structure.interpretations import DiffersIn, Interpretation, first_choice, proposals
from ingestion.pricegrid.structure.under_header import UnderHeader

WEIGHTS = Path(__file__).with_name("weights.json")
NO_LIST = "nothing"
SURE = 0.95  # of readings that were more probable than that, hardly any was wrong


class Contender(NamedTuple):
    """One interpretation and its figures; `evidence` is None for that of there being no list of prices."""

    evidence: Evidence | None
    figures: FiguresByName


class Outcome(NamedTuple):
    """`confidence` is how probable it is that prices, codes, names and rows are read as `best` does."""

    best: Interpretation
    confidence: float
    second: Interpretation | None = None  # the most probable one that differs in one of these
    looked: Looked | None = None

    @property
    def is_sure(self) -> bool:
        """Whether it won, and by far; where people have said what the columns are, nothing was won."""
        return self.looked is not None and self.confidence >= SURE


class _Weights(NamedTuple):
    temperature: float
    worth: Mapping[str, float]


@cache
def _weights() -> _Weights:
    kept = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return _Weights(kept["temperature"], kept["weights"])


def entries(under: UnderHeader) -> tuple[Interpretation, list[Contender]]:
    """The interpretation of first choice; and all that compete, the one of no list last."""
    found = proposals(under)
    looked = Looked(under.sample)
    evidences = [Evidence(looked, each) for each in found if each.price is not None]
    nothing = {NO_LIST: 1.0}
    if found[0].price is None:
        nothing["first_choice_nothing"] = 1.0
    return found[0], [*(Contender(each, figures(each)) for each in evidences), Contender(None, nothing)]


def agree(one: Contender, other: Contender) -> bool:
    """Whether two of them come to the same prices, codes and names of the same rows."""
    if one.evidence is None or other.evidence is None:
        return one.evidence is other.evidence
    first, second = one.evidence.read, other.evidence.read
    same = (first.price, first.code, first.name) == (second.price, second.code, second.name)
    return same and one.evidence.taken == other.evidence.taken


def chances(entries: Sequence[Contender]) -> list[float]:
    kept = _weights()
    scores = [weighed(each.figures, kept.worth) / kept.temperature for each in entries]
    top = max(scores)
    powers = [exp(score - top) for score in scores]
    return [power / sum(powers) for power in powers]


def compete(under: UnderHeader) -> Outcome:
    """What people have set about columns settles them: then there is nothing to compete for."""
    if under.hints.column_mapping:
        return Outcome(first_choice(under), 1.0)
    first, found = entries(under)
    probable = chances(found)
    places = sorted(range(len(found)), key=lambda place: -probable[place])
    best = _winner(first, found, probable, places)
    if best is None:
        likest = next((each for place in places if (each := found[place].evidence)), None)
        return Outcome(first, probable[-1], *((likest.read, likest.looked) if likest else ()))
    together = [place for place in places if agree(found[best], found[place])]
    others = (found[place].evidence for place in places if place not in together)
    second = next((other.read for other in others if other is not None), None)
    evidence = found[best].evidence
    assert evidence is not None
    return Outcome(evidence.read, sum(probable[place] for place in together), second, evidence.looked)


def _winner(
    first: Interpretation, found: Sequence[Contender], probable: Sequence[float], places: Sequence[int]
) -> int | None:
    """That of first choice: where another one is more probable a person is asked, as no price is replaced silently.

    Where the steps one after the other find no price, another header with a price of its own may be believed.
    """
    reads = [entry.evidence.read if entry.evidence else None for entry in found]
    if first.price is None:
        others = [place for place in places if (read := reads[place]) and read.change is DiffersIn.HEADER]
        return others[0] if others and probable[others[0]] > sum(probable) / 2 else None
    return next(place for place in places if reads[place] is first)
