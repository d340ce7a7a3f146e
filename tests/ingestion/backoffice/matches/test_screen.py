"""Proposed pairs are seen with their reasons, and decided."""

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.linking.models import ItemLink, MatchProposal, PairDecision
from catalog.models import Product
from tests.factories import ProductFactory, SupplierItemFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:catalog_matchproposal_changelist")


@pytest.fixture
def proposal(db):
    SupplierItemFactory(product=ProductFactory(name="Hammer drill, blue"))
    item = SupplierItemFactory(name="Drill hammer", product=None)
    return MatchProposal.objects.create(
        item=item,
        product=Product.objects.get(name="Hammer drill, blue"),
        score=0.81,
        rank=1,
        reasons=[{"code": "brand_equal", "params": {}, "weight": -0.5}],
        made_at=timezone.now(),
    )


def decide(client, proposal, action):
    return client.post(LIST, {"action": action, "_selected_action": [proposal.pk]}, follow=True)


def test_a_pair_is_shown_with_what_speaks_for_and_against_it(sign_in, proposal):
    page = sign_in("Reviewer").get(LIST).content.decode()
    assert "Drill hammer" in page
    assert "Hammer drill, blue" in page
    assert "81%" in page
    assert "against it" in page


def test_the_same(sign_in, proposal):
    page = decide(sign_in("Reviewer"), proposal, "same").content.decode()
    assert "1 pair decided" in page
    assert proposal.product.offers.count() == 2
    assert ItemLink.objects.in_force().get().method == ItemLink.Method.PERSON
    assert not MatchProposal.objects.awaiting_decision().exists()


@pytest.mark.parametrize("verdict", ["different", "unsure"])
def test_not_the_same(sign_in, proposal, verdict):
    decide(sign_in("Reviewer"), proposal, verdict)
    assert PairDecision.objects.in_force().get().verdict == verdict
    assert proposal.product.offers.count() == 1
    assert not MatchProposal.objects.awaiting_decision().exists()


def test_who_may_only_look_decides_nothing(sign_in, proposal):
    decide(sign_in("Viewer"), proposal, "same")
    assert MatchProposal.objects.awaiting_decision().exists()
    assert not PairDecision.objects.exists()
