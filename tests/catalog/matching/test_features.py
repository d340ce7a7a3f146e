import pytest

from catalog.matching.features import SIGNS, Weigher, features_of
from catalog.matching.frequencies import Frequencies
from catalog.matching.gate import conflicts
from catalog.matching.made_up import scenarios
from catalog.matching.model import Model
from catalog.matching.things import thing_of


@pytest.fixture(scope="module", params=range(4))
def things(request):
    lists = next(iter(scenarios(request.param, 1)))
    return list(map(thing_of, lists.left[:25])), list(map(thing_of, lists.right[:25]))


def test_features_are_the_same_whichever_side_is_left(things):
    sides = Frequencies(), Frequencies()
    for side, some in zip(sides, things, strict=True):
        side.add(some)
    there, back = Weigher(*sides), Weigher(*reversed(sides))
    for one in things[0]:
        for other in things[1]:
            forth = features_of(there.seen(one), there.seen(other), 0.5, there)
            assert forth == pytest.approx(features_of(back.seen(other), back.seen(one), 0.5, back))


def test_what_speaks_against_a_pair_does_so_from_both_sides(things):
    for one in things[0]:
        for other in things[1]:
            assert sorted(conflicts(one, other)) == sorted(conflicts(other, one))


def test_no_weight_of_the_shipped_model_has_the_wrong_sign():
    model = Model.shipped()
    weights = zip(model.names, model.weights, strict=True)
    assert not [name for name, weight in weights if weight * SIGNS.get(name, 0) < 0]
