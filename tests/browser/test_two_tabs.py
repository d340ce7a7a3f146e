"""Two tabs on one supplier: neither wipes what the other one saved."""

import pytest
from django.urls import reverse

from tests.factories import SupplierFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def save(tab) -> None:
    with tab.expect_navigation():
        tab.click("button[name=_save], input[name=_save]")


def test_both_values_are_shown_and_saved_on_purpose(open_as):
    supplier = SupplierFactory(name="Old name", contact_email="old@example.com")
    url = reverse("admin:suppliers_supplier_change", args=[supplier.pk])
    first = open_as("Administrator")
    second = first.context.new_page()
    for tab in (first, second):
        tab.goto(url)
    second.fill("#id_name", "Their name")
    second.fill("#id_contact_email", "their@example.com")
    save(second)
    first.fill("#id_name", "My name")
    save(first)
    assert "Now: Their name; yours: My name" in first.inner_text("form#supplier_form")
    assert "administrator" in first.inner_text("form#supplier_form")
    assert first.input_value("#id_name") == "My name"
    supplier.refresh_from_db()
    assert supplier.name == "Their name"
    save(first)
    supplier.refresh_from_db()
    assert (supplier.name, supplier.contact_email) == ("My name", "their@example.com")
