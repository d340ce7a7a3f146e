"""The model learns from decisions, and is used where it proves to be better."""

import pytest

from catalog.linking import learning
from catalog.linking.decisions import decide
from catalog.linking.learning import examples, figures_of, train
from catalog.linking.models import MatchingModel, ModelUse
from catalog.linking.versions import model_in_use, put_in_use
from catalog.matching import Model
from tests.factories import SupplierFactory, SupplierItemFactory

pytestmark = pytest.mark.django_db
SAME_WORDS = {"similarity": 0.9, "brand_equal": 1.0}
OTHER_WORDS = {"similarity": 0.9, "brand_equal": 0.0}


def decided(count, *, invert=False):
    """Decisions that follow one feature."""
    supplier = SupplierFactory()
    for number in range(count):
        is_same = number % 2 == 0
        item = SupplierItemFactory(supplier=supplier)
        features = SAME_WORDS if is_same != invert else OTHER_WORDS
        decide(item, 1000 + number, "same" if is_same else "different", by=None, score=0.5, features=features)


def test_a_better_version_is_used_and_on_record():
    decided(100)
    version = train()
    assert version is not None
    figures = figures_of(version)
    assert figures is not None
    assert figures.is_better
    assert figures.held_back + version.decisions == 100
    assert figures.loss < figures.loss_in_use
    assert version.is_in_use
    assert model_in_use().score(SAME_WORDS) > 0.5 > model_in_use().score(OTHER_WORDS)
    assert [(use.model, use.by) for use in ModelUse.objects.all()] == [(version, None)]


def test_a_version_that_is_no_better_is_kept_but_not_used():
    decided(100)
    first = train()
    second = train()
    assert (first.is_in_use, second.is_in_use) == (True, False)
    assert MatchingModel.objects.count() == 2


def test_without_both_answers_nothing_is_learned():
    item = SupplierItemFactory()
    decide(item, 5, "same", by=None, features=SAME_WORDS)
    decide(item, 6, "unsure", by=None, features=SAME_WORDS)
    decide(item, 7, "different", by=None)
    assert train() is None


def test_what_is_held_back_is_never_taught():
    decided(100)
    before = examples()
    decided(50)
    after = examples()
    assert [len(part) for part in before] < [len(part) for part in after]
    assert all(example in after[1] for example in before[1])
    assert 10 < len(before[1]) < 35


def test_few_answers_prove_nothing(monkeypatch):
    decided(100)
    monkeypatch.setattr(learning, "FEWEST_HELD_BACK", 100)
    assert not train().is_in_use


def test_the_shipped_model_is_there_again():
    decided(100)
    train()
    put_in_use(None, by=None)
    assert model_in_use() == Model.shipped()
