import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from tests.conftest import SignIn
from tests.factories import ParsingLogFactory, ProductFactory, RunFactory, SupplierItemFactory

pytestmark = pytest.mark.django_db


def test_the_page_of_a_supplier_shows_sources_runs_and_the_upload(sign_in: SignIn) -> None:
    run = RunFactory()
    page = sign_in("Staff").get(reverse("admin:suppliers_supplier_change", args=[run.supplier_id]))
    sources, runs = page.context["sections"]
    assert run.source.name in sources.table["rows"][0][0]
    assert f"#{run.pk}" in runs.table["rows"][0][0]
    assert "Upload price list" in page.content.decode()


def test_a_supplier_is_created_by_staff_and_only_seen_by_viewers(sign_in: SignIn) -> None:
    add = reverse("admin:suppliers_supplier_add")
    given = {"name": "Nordwind", "default_currency": "EUR", "is_active": "on", "metadata": "{}"}
    assert sign_in("Viewer").post(add, given).status_code == 403
    assert sign_in("Staff").post(add, given).status_code == 302
    page = sign_in("Staff").post(add, {**given, "name": "NORDWIND"})
    assert "this name already" in str(page.context["adminform"].errors)


def test_a_supplier_goes_with_its_items_and_leaves_its_logs(sign_in: SignIn) -> None:
    log = ParsingLogFactory()
    product = ProductFactory(currency="EUR", lowest_price="10")
    SupplierItemFactory.create_batch(5, supplier=log.supplier, product=product)
    admin, url = sign_in("Administrator"), reverse("admin:suppliers_supplier_delete", args=[log.supplier_id])
    assert dict(admin.get(url).context["model_count"]) == {"suppliers": 1, "supplier items": 5}
    assert sign_in("Reviewer").post(url, {"post": "yes"}).status_code == 403
    admin.post(url, {"post": "yes"})
    for each in (log, product):
        each.refresh_from_db()
    assert (log.supplier, log.supplier_name != "", product.lowest_price) == (None, True, None)


def test_chosen_suppliers_go_together(sign_in: SignIn) -> None:
    item = SupplierItemFactory()
    data = {"action": "delete_selected", ACTION_CHECKBOX_NAME: [item.supplier_id], "post": "yes"}
    sign_in("Administrator").post(reverse("admin:suppliers_supplier_changelist"), data)
    assert not type(item).objects.exists()
