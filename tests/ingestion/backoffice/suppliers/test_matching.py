"""The page of a supplier says how many of its items are linked, and how far that is to be trusted."""

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.linking.decisions import decide
from catalog.linking.links import Pair, link_pairs
from catalog.linking.models import ClosedGate, ItemLink, MatchProposal, PairDecision
from catalog.linking.shares import linked_share
from tests.factories import ProductFactory, SupplierFactory, SupplierItemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def supplier(db):
    """Of its four items one was linked by a key, one by the gate."""
    found = SupplierFactory()
    items = SupplierItemFactory.create_batch(4, supplier=found, product=None)
    methods = (ItemLink.Method.BARCODE, ItemLink.Method.GATE)
    pairs = [Pair(item.pk, ProductFactory().pk, method) for item, method in zip(items, methods, strict=False)]
    link_pairs(pairs, by=None)
    return found


def rows(client, supplier):
    page = client.get(reverse("admin:suppliers_supplier_change", args=[supplier.pk]))
    found = {section.title: section.table["rows"] for section in page.context["sections"]}
    return dict(found.get("Matching", ()))


def test_the_share_that_is_linked(sign_in, supplier):
    found = rows(sign_in("Viewer"), supplier)
    assert found["linked to products"] == "2 of 4 (50%)"
    assert found["- the same barcode"] == "1"
    assert found["to decide"] == "0"
    assert found["precision of links without a person"] == "nobody has looked at any yet"


def test_missing_items_do_not_count(supplier):
    supplier.items.filter(links=None).update(missing_since=timezone.now())
    assert (linked_share(supplier.pk).linked, linked_share(supplier.pk).items) == (2, 2)


def test_the_audited_precision_with_its_interval(sign_in, supplier):
    linked = ItemLink.objects.filter(method=ItemLink.Method.GATE).get()
    decide(linked.item, linked.product_id, PairDecision.Verdict.SAME, by=None)
    said = rows(sign_in("Viewer"), supplier)["precision of links without a person"]
    assert said == "1 of 1 that people looked at are right: 100.0% (with 95 %: 20.7% to 100.0%)"


def test_what_is_to_decide_leads_to_the_screen(sign_in, supplier):
    item = supplier.items.filter(links=None).first()
    MatchProposal.objects.create(item=item, product=ProductFactory(), score=0.7, rank=1, made_at=timezone.now())
    address = reverse("admin:catalog_matchproposal_decide", query={"supplier": supplier.pk})
    assert address in rows(sign_in("Reviewer"), supplier)["to decide"]


def test_a_closed_gate_is_shown_as_such(sign_in, supplier):
    ClosedGate.objects.create(supplier=supplier, right=1, wrong=3, closed_at=timezone.now())
    page = sign_in("Viewer").get(reverse("admin:suppliers_supplier_change", args=[supplier.pk]))
    assert ">closed<" in "".join(page.text.split())
    assert "&lt;span" not in page.text


def test_nothing_of_a_supplier_without_items(sign_in):
    assert rows(sign_in("Viewer"), SupplierFactory()) == {}
