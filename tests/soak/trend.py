"""Whether a series of measurements stays flat: by the median of its slopes, so that single outliers say nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from statistics import median
from typing import NamedTuple

MOST = 200  # samples that are compared with each other


class Tolerance(NamedTuple):
    """How much a flat series may have grown at the end, in its own unit or as a share of its median."""

    absolute: float
    share: float = 0.0

    def allows(self, growth: float, typical: float) -> bool:
        return growth <= max(self.absolute, self.share * typical)


class Trend(NamedTuple):
    typical: float
    growth: float  # from the first sample to the last, along the median slope


def trend(seconds: Sequence[float], values: Sequence[float]) -> Trend:
    step = max(len(values) // MOST, 1)
    points = list(zip(seconds, values, strict=True))[::step]
    slopes = [(after - before) / (later - earlier) for (earlier, before), (later, after) in combinations(points, 2)]
    return Trend(median(values), median(slopes) * (points[-1][0] - points[0][0]))
