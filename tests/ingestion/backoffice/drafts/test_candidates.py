"""A draft is what it likeliest is, or a product of its own, by one click."""

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.linking.models import ItemLink, MatchProposal, PairDecision
from catalog.models import Product
from tests.factories import ProductFactory, SupplierItemFactory
from tests.ingestion.backoffice.pages import texts

pytestmark = pytest.mark.django_db
LIST = reverse("admin:catalog_draftproduct_changelist")


@pytest.fixture
def proposal(db):
    """The draft of one supplier may be the product of another."""
    product = ProductFactory(name="Hammer drill")
    SupplierItemFactory(product=product)
    item = SupplierItemFactory(name="Drill hammer", product=ProductFactory(name="Drill hammer"))
    Product.objects.filter(pk=item.product_id).update(created_at=item.created_at)  # as a list makes them
    reasons = [
        {"code": "brand_equal", "params": {}, "weight": 1.0},
        {"code": "price", "params": {"percent": "6"}, "weight": -0.4},
    ]
    return MatchProposal.objects.create(
        item=item, product=product, score=0.81, rank=1, reasons=reasons, made_at=timezone.now()
    )


def same(proposal):
    return reverse("admin:catalog_draftproduct_same", args=[proposal.item.product_id, proposal.pk])


def new(product):
    return reverse("admin:catalog_draftproduct_new", args=[product.pk])


def test_the_best_candidate_stands_beside_the_draft(reviewer, proposal):
    page = reviewer.get(LIST).content.decode()
    assert "81%" in page
    assert "same brand, − price differs 6 %" in page
    assert f'formaction="{same(proposal)}"' in page
    assert f'formaction="{new(proposal.item.product)}"' in page
    assert f'formaction="{new(proposal.product)}"' in page


def test_it_is_this_one(reviewer, proposal):
    page = reviewer.post(same(proposal), headers={"Referer": f"http://testserver{LIST}?q=drill"})
    assert page["Location"] == f"http://testserver{LIST}?q=drill"
    assert proposal.product.offers.count() == 2
    assert ItemLink.objects.in_force().get().method == ItemLink.Method.PERSON


def test_a_draft_that_somebody_has_worked_on_is_left(reviewer, proposal):
    draft = proposal.item.product
    draft.save()
    assert "Somebody has worked on the draft" in texts(reviewer.post(same(proposal), follow=True))
    assert proposal.product.offers.count() == 1


def test_it_leads_nowhere_else(reviewer, proposal):
    page = reviewer.post(same(proposal), headers={"Referer": "https://example.com/"})
    assert page["Location"] == LIST


def test_it_is_new(reviewer, proposal):
    draft = proposal.item.product
    page = reviewer.post(new(draft), follow=True)
    assert "is active now" in texts(page)
    draft.refresh_from_db()
    assert draft.status == Product.Status.ACTIVE
    assert PairDecision.objects.in_force().get().verdict == PairDecision.Verdict.DIFFERENT
    assert "no draft any more" in texts(reviewer.post(new(draft), follow=True))


def test_what_somebody_else_decided_meanwhile(reviewer, proposal):
    MatchProposal.objects.update(state="decided")
    assert "nothing was stored" in texts(reviewer.post(same(proposal), follow=True))


@pytest.mark.parametrize("role", ["Viewer", "Staff"])
def test_who_may_not(sign_in, proposal, role):
    client = sign_in(role)
    page = client.get(LIST).content.decode()
    assert "81%" in page
    assert "formaction" not in page
    assert client.post(same(proposal)).status_code == 403
    assert client.post(new(proposal.product)).status_code == 403
