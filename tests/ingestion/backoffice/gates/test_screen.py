"""Closed gates are seen; who may, opens them again."""

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.linking.audit import closed_gate
from catalog.linking.models import ClosedGate
from tests.factories import SupplierFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:catalog_closedgate_changelist")


@pytest.fixture
def gate(db):
    return ClosedGate.objects.create(
        supplier=SupplierFactory(name="Smith"), right=10, wrong=3, closed_at=timezone.now()
    )


def open_again(client, gate):
    return client.post(LIST, {"action": "open_again", "_selected_action": [gate.pk]}, follow=True).content.decode()


def test_it_is_shown_with_its_figures(sign_in, gate):
    page = sign_in("Viewer").get(LIST).content.decode()
    assert "Smith" in page
    assert "49.7% - 91.8%" in page


def test_an_administrator_opens_it_again(sign_in, gate):
    open_again(sign_in("Reviewer"), gate)
    assert closed_gate(gate.supplier_id) == gate
    assert "1 opened" in open_again(sign_in("Administrator"), gate)
    assert closed_gate(gate.supplier_id) is None
    gate.refresh_from_db()
    assert gate.opened_by is not None
