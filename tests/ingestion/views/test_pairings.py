"""The order in which people are asked, and what they are asked about."""

import pytest
from django.utils import timezone

from catalog.linking.links import Pair, link_pairs
from catalog.linking.models import ItemLink, MatchProposal, PairDecision
from ingestion.actions.pairings import decide_pairing
from ingestion.runs.supplier_lock import work_on
from ingestion.views.bulk_links import plan_bulk
from ingestion.views.pairings import (
    AUDITED_SHARE,
    PairScope,
    next_pairings,
    pairing_of,
    progress,
    queue,
    to_audit,
    uncertain_items,
)
from tests.factories import CategoryFactory, ProductFactory, SupplierItemFactory, UserFactory

DIFFERENT, SAME = PairDecision.Verdict.DIFFERENT, PairDecision.Verdict.SAME
pytestmark = pytest.mark.django_db


def propose(item, *scores, product=None, **more):
    for rank, score in enumerate(scores, start=1):
        found = product or ProductFactory()
        MatchProposal.objects.create(item=item, product=found, score=score, rank=rank, made_at=timezone.now(), **more)
    return item


@pytest.fixture
def person(db):
    return UserFactory()


def order(scope=PairScope(), count=10):  # noqa: B008 - it is frozen
    return uncertain_items(scope, count, ())


def test_what_is_as_likely_as_not_comes_first():
    sure, doubtful, unlikely = (propose(SupplierItemFactory(), score) for score in (0.98, 0.55, 0.3))
    assert order() == [doubtful.pk, unlikely.pk, sure.pk]


def test_an_item_stands_where_its_likeliest_product_does():
    both = propose(SupplierItemFactory(), 0.95, 0.5)
    one = propose(SupplierItemFactory(), 0.7)
    assert order() == [one.pk, both.pk]


def test_what_is_decided_makes_way_for_the_next_best(person):
    item = propose(SupplierItemFactory(), 0.95, 0.5)
    decide_pairing(item, [pairing_of(item.pk).options[0].product.pk], DIFFERENT, by=person)
    assert [option.score for option in pairing_of(item.pk).options] == [0.5]


def test_filters():
    category = CategoryFactory()
    below = CategoryFactory(parent=category)
    item = propose(SupplierItemFactory(), 0.8, product=ProductFactory(category=below))
    propose(SupplierItemFactory(), 0.6)
    assert order(PairScope(supplier=item.supplier_id)) == [item.pk]
    assert order(PairScope(category=category.pk)) == [item.pk]
    assert order(PairScope(least=0.7, most=0.8)) == [item.pk]
    assert order(PairScope(least=0.9)) == []


def test_what_was_asked_for_comes_first_and_once(person):
    first, second = propose(SupplierItemFactory(), 0.5), propose(SupplierItemFactory(), 0.9)
    found = next_pairings(PairScope(), by=person, count=2, decided=0, first=second.pk)
    assert [pairing.item for pairing in found] == [second, first]


def test_items_of_a_list_that_goes_in_wait(person):
    item = propose(SupplierItemFactory(), 0.5)
    with work_on(item.supplier_id):
        assert next_pairings(PairScope(), by=person, count=2, decided=0) == []


def link_many(count, **score):
    pairs = []
    for _number in range(count):
        product = ProductFactory()
        SupplierItemFactory(product=product, name=product.name)
        pairs.append(Pair(SupplierItemFactory(name=product.name).pk, product.pk, ItemLink.Method.GATE, 0.9, {}))
    link_pairs(pairs, by=None)


def test_a_tenth_of_the_automatic_links_is_audited():
    link_many(100)
    assert 0 < to_audit(PairScope()).count() < 30


def test_an_audit_looks_like_any_other_pair_and_comes_once(person):
    link_many(60)
    link = to_audit(PairScope())[0]
    [pairing] = next_pairings(PairScope(), by=person, count=1, decided=0)
    assert pairing.item.pk == link.item_id
    [option] = pairing.options
    assert option.score is not None
    assert option.reasons
    assert pairing.item not in option.product.offers.all()
    decide_pairing(pairing.item, [option.product.pk], SAME, by=person)
    assert link not in to_audit(PairScope())


def test_every_tenth_question_or_so_is_an_audit(person):
    link_many(300)
    for _number in range(60):
        propose(SupplierItemFactory(), 0.6)
    audited = set(to_audit(PairScope()).values_list("item", flat=True))
    asked = [next(queue(PairScope(), by=person, count=1, decided=turn)) for turn in range(200)]
    assert 0 < sum(item in audited for item in asked) < 3 * 200 / AUDITED_SHARE
    ahead = list(queue(PairScope(), by=person, count=2, decided=7))
    assert (ahead[1] in audited) == (asked[8] in audited)


def test_progress_counts_items_not_pairs(person):
    item = propose(SupplierItemFactory(), 0.6, 0.5)
    propose(SupplierItemFactory(), 0.7)
    assert progress(PairScope(), by=person) == (0, 2)
    decide_pairing(item, [option.product.pk for option in pairing_of(item.pk).options], DIFFERENT, by=person)
    assert progress(PairScope(), by=person) == (1, 1)


def test_nothing_is_asked_of_an_item_that_is_settled():
    assert pairing_of(SupplierItemFactory().pk) is None
    assert pairing_of(0) is None


def test_a_plan_says_what_to_look_at():
    offered = ProductFactory(lowest_price="1.00", currency="EUR")
    against = [{"code": "units_conflict", "params": {}, "weight": -1.0}]
    propose(SupplierItemFactory(), 0.9, product=offered, reasons=against)
    propose(SupplierItemFactory(), 0.8, 0.75)
    doubtful, close = plan_bulk(PairScope()).links
    assert (doubtful.is_close, doubtful.is_denied, doubtful.is_priced_apart) == (False, True, True)
    assert (close.is_close, close.is_denied, close.is_priced_apart) == (True, False, False)


def test_a_supplier_offers_a_product_once():
    product, item = ProductFactory(), SupplierItemFactory()
    propose(item, 0.9, product=product)
    propose(SupplierItemFactory(supplier=item.supplier), 0.8, product=product)
    plan = plan_bulk(PairScope())
    assert [each.proposal.item for each in plan.links] == [item]
    assert len(plan.left_out) == 1
