"""Causes of prices that went too far, from the ratios alone."""

import random
from collections import Counter

from ingestion.pipeline.guarding.causes import Shock, causes_of


def shock(ratio: float) -> Shock:
    return Shock(ratio, "EUR", 10 * ratio, 10, None, None, "Fitting", {})


def test_among_many_decimal_signs_some_agree_by_chance() -> None:
    chance = random.Random(7)
    causes = causes_of([shock(100 * chance.uniform(0.94, 1.10)) for _ in range(100)], 1.02)
    assert Counter(causes) == {"decimal_sign": 100}


def test_the_same_odd_ratio_in_many_rows_is_a_rate() -> None:
    assert Counter(causes_of([shock(95.37) for _ in range(30)])) == {"exchange_rate": 30}
