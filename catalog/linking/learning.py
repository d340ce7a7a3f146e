"""The model that scores pairs learns from what people decide: versions of it, tried before they are used.

A fifth of the pairs is never trained on, by the same rule at every training: on the decisions of these the new version
and the one in use are compared, so that neither has seen them.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalog import matching
from catalog.linking.models import MatchingModel, PairDecision
from catalog.linking.querysets import DecisionQuerySet
from catalog.linking.versions import model_in_use, put_in_use

HELD_BACK = 5  # one of so many pairs
FEWEST_HELD_BACK = 5
SURE = 1e-6  # no answer is taken for surer

Example = tuple[Mapping[str, float], bool]


@dataclass(frozen=True)
class Figures:
    """Of the new version and of the one that was in use, on the decisions that were held back."""

    held_back: int
    loss: float  # of the logarithm: the less, the better
    loss_in_use: float
    right: float  # share of the answers, at the threshold
    right_in_use: float

    @property
    def is_better(self) -> bool:
        return self.held_back >= FEWEST_HELD_BACK and self.loss < self.loss_in_use and self.right >= self.right_in_use


def telling() -> DecisionQuerySet:
    """Decisions that a model can learn from."""
    decided = PairDecision.objects.in_force().exclude(verdict=PairDecision.Verdict.UNSURE)
    return decided.exclude(features=None).exclude(features={})


def train(*, at: datetime | None = None) -> MatchingModel | None:
    """A new version, in use where it is better; none where decisions of both kinds are too few."""
    taught, held_back = examples()
    if len({same for _, same in taught}) < 2:
        return None
    version = f"decisions/{len(taught) + len(held_back)}"
    model = matching.Model.fit(taught, base=matching.Model.shipped(), version=version)
    figures = compared(model, model_in_use(), held_back)
    return _kept(model, len(taught), figures, at=at or timezone.now())


@transaction.atomic
def _kept(model: matching.Model, count: int, figures: Figures, *, at: datetime) -> MatchingModel:
    content = json.loads(model.to_json())
    kept = MatchingModel.objects.create(content=content, decisions=count, figures=asdict(figures), trained_at=at)
    if figures.is_better:
        put_in_use(kept, by=None, at=at)
    kept.refresh_from_db()
    return kept


def examples() -> tuple[list[Example], list[Example]]:
    """To be taught, and held back."""
    parts: tuple[list[Example], list[Example]] = ([], [])
    columns = ("supplier", "sku_key", "product", "features", "verdict")
    for supplier, code, product, features, verdict in telling().order_by("pk").values_list(*columns):
        number = zlib.crc32(f"{supplier} {code} {product}".encode())
        parts[number % HELD_BACK == 0].append((features, verdict == PairDecision.Verdict.SAME))
    return parts


def compared(model: matching.Model, in_use: matching.Model, held_back: Sequence[Example]) -> Figures:
    new, old = _tried(model, held_back), _tried(in_use, held_back)
    return Figures(len(held_back), new[0], old[0], new[1], old[1])


def _tried(model: matching.Model, held_back: Sequence[Example]) -> tuple[float, float]:
    """The mean loss, and the share of right answers."""
    scores = [(model.score(features), same) for features, same in held_back]
    likely = [min(max(score if same else 1 - score, SURE), 1) for score, same in scores]
    right = sum((score >= matching.THRESHOLD) == same for score, same in scores)
    count = max(len(scores), 1)
    return round(-math.fsum(map(math.log, likely)) / count, 6), round(right / count, 4)


def figures_of(version: MatchingModel) -> Figures | None:
    """None where nothing is kept of them."""
    kept: Mapping[str, Any] = version.figures
    return Figures(**kept) if kept else None
