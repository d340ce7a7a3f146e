"""The judge of the soak suite sees a leak, and no leak where there is only noise."""

from random import Random

import pytest

from tests.soak.trend import Tolerance, trend


def series(growth: float, *, noise: float = 0.0, outliers: int = 0) -> tuple[list[float], list[float]]:
    random = Random(1)
    seconds = [float(second) for second in range(300)]
    values = [100 + growth * second / 299 + random.uniform(-noise, noise) for second in seconds]
    for place in random.sample(range(300), outliers):
        values[place] += 1_000
    return seconds, values


@pytest.mark.parametrize("growth", [0, 10, 40, -20])
def test_the_growth_is_found_under_noise_and_outliers(growth):
    found = trend(*series(growth, noise=5, outliers=20))
    assert found.growth == pytest.approx(growth, abs=3)
    assert found.typical == pytest.approx(100 + growth / 2, abs=5)


def test_steps_count_as_growth():
    assert trend([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]).growth == pytest.approx(4.5, abs=1)


def test_a_tolerance_is_the_larger_of_both():
    assert Tolerance(10, 0.05).allows(19, typical=400)
    assert not Tolerance(10, 0.05).allows(21, typical=400)
    assert Tolerance(10).allows(10, typical=0)
    assert not Tolerance(10).allows(11, typical=0)
    assert Tolerance(0).allows(-50, typical=100)
