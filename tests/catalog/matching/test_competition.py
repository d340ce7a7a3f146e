import numpy as np

from catalog.matching.competition import FEATURES, Standing, standings


def of(lefts, rights, scores):
    return [Standing(*row) for row in standings(lefts, rights, np.array(scores, dtype=float)).tolist()]


def test_a_pair_alone_is_the_best_of_both():
    [alone] = of([0], [0], [-3])
    assert alone == Standing(1, 1, 1, 1, 0, 0)


def test_the_lead_is_before_the_second_and_behind_the_first():
    first, second, third = of([0, 0, 0], [0, 1, 2], [2, 1, -7])
    assert [each.best_of_left for each in (first, second, third)] == [1, 0, 0]
    assert [each.lead_over_left for each in (first, second, third)] == [0.25, -0.25, -1]
    assert all(each.best_of_right for each in (first, second, third))


def test_of_nothing_there_is_nothing():
    assert standings([], [], np.zeros(0)).shape == (0, len(FEATURES))
