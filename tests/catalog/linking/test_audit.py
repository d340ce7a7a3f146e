"""What people find of automatic links closes the gate, and proves scores."""

import pytest
from django.utils import timezone

from catalog.linking.audit import Audit, audit_of, close_if_due, closed_gate, open_gate, proven_score, wilson
from catalog.linking.decisions import decide, withdraw
from catalog.linking.models import ItemLink
from tests.factories import ProductFactory, SupplierFactory, SupplierItemFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def supplier():
    return SupplierFactory()


def offer(supplier, *, method="gate", **facts):
    """An item that was linked without a person."""
    item = SupplierItemFactory(supplier=supplier, product=ProductFactory())
    facts = {"took_draft": False, "at": timezone.now(), **facts}
    ItemLink.objects.create(
        item=item, supplier=supplier, sku_key=item.sku_key, product=item.product, method=method, **facts
    )
    return item


def look_at(supplier, right=0, wrong=0):
    for verdict, count in (("same", right), ("different", wrong)):
        for _each in range(count):
            item = offer(supplier)
            decide(item, item.product_id, verdict, by=None)


@pytest.mark.parametrize(
    ("right", "count", "lowest", "highest"),
    [(0, 0, 0, 1), (0, 10, 0, 0.2775), (10, 10, 0.7225, 1), (45, 50, 0.7864, 0.9565)],
)
def test_wilsons_interval(right, count, lowest, highest):
    assert wilson(right, count) == pytest.approx((lowest, highest), abs=1e-4)


def test_what_people_confirmed_and_what_they_took_back(supplier):
    look_at(supplier, right=3, wrong=1)
    look_at(SupplierFactory(), wrong=1)
    offer(supplier, undone_at=timezone.now(), undone_by=UserFactory())
    offer(supplier, undone_at=timezone.now(), undone_by_run_id=7)
    unsure, by_person, remembered = (
        offer(supplier),
        offer(supplier, method="person"),
        offer(supplier, method="remembered"),
    )
    decide(unsure, unsure.product_id, "unsure", by=None)
    for item in (by_person, remembered):
        decide(item, item.product_id, "different", by=None)
    assert audit_of(supplier.pk) == Audit(right=3, wrong=2)
    assert audit_of(supplier.pk).precision == 0.6


def test_the_last_word_on_a_pair_counts(supplier):
    item = offer(supplier, undone_at=timezone.now(), undone_by=UserFactory())
    decide(item, item.product_id, "same", by=None)
    assert audit_of(supplier.pk) == Audit(right=1)
    withdraw(item, item.product_id, by=None)
    assert audit_of(supplier.pk) == Audit(wrong=1)


def test_the_gate_closes_by_itself_and_a_person_opens_it(supplier):
    look_at(supplier, right=10, wrong=1)
    assert closed_gate(supplier.pk) is None
    look_at(supplier, wrong=1)
    gate = closed_gate(supplier.pk)
    assert gate is not None
    assert (gate.right, gate.wrong) == (10, 2)
    look_at(supplier, wrong=1)
    assert closed_gate(supplier.pk) == gate
    assert open_gate(gate, by=UserFactory())
    assert close_if_due(supplier.pk) is None
    assert audit_of(supplier.pk) == Audit()
    look_at(supplier, wrong=2)
    assert closed_gate(supplier.pk) not in (None, gate)
    assert not open_gate(gate, by=None)


def test_two_wrong_links_of_many_are_none_too_many(supplier):
    look_at(supplier, right=80, wrong=2)
    assert close_if_due(supplier.pk) is None


def test_a_score_links_where_enough_decisions_have_proven_it(supplier, settings):
    settings.MATCHING_BY_SCORE_DECISIONS, settings.MATCHING_PRECISION = 10, 0.7
    for number in range(14):
        item = SupplierItemFactory(supplier=supplier)
        product, score = ProductFactory(), 0.99 - number / 100
        decide(item, product.pk, "same" if number < 12 else "different", by=None, score=score, features={})
    assert proven_score(supplier.pk) is None
    settings.MATCHING_BY_SCORE = True
    assert proven_score(supplier.pk) == pytest.approx(0.88)
    assert proven_score(SupplierFactory().pk) is None
    settings.MATCHING_BY_SCORE_DECISIONS = 15
    assert proven_score(supplier.pk) is None
