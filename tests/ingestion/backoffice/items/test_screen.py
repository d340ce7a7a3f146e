import json
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from catalog.models import SupplierItem
from tests.factories import PriceHistoryFactory, ProductFactory, SourceFactory, SupplierItemFactory
from tests.forms import save

pytestmark = pytest.mark.django_db
LIST = reverse("admin:catalog_supplieritem_changelist")
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def page_of(item):
    return reverse("admin:catalog_supplieritem_change", args=[item.pk])


def test_shows_the_price_history_as_chart_and_table(reviewer):
    item = SupplierItemFactory(current_price="11", characteristics={"Power": "500 W"})
    for week, price in enumerate(("10", "12.5", "11")):
        PriceHistoryFactory(supplier_item=item, price=price, recorded_at=AT + timedelta(weeks=week))
    context = reviewer.get(page_of(item)).context
    assert json.loads(context["price_chart"])["datasets"][0]["data"] == [10, 12.5, 11, 11]
    history, characteristics = context["sections"]
    assert [row[1:3] for row in history.table["rows"]] == [
        ["11.00 EUR", "-12.0 %"],
        ["12.50 EUR", "+25.0 %"],
        ["10.00 EUR", "-"],
    ]
    assert characteristics.table["rows"] == [["Power", "500 W"]]


def test_prices_in_another_currency_are_neither_compared_nor_drawn(reviewer):
    item = SupplierItemFactory(current_price="11", currency="EUR")
    PriceHistoryFactory(supplier_item=item, price="900", currency="RUB", recorded_at=AT)
    PriceHistoryFactory(supplier_item=item, price="11", currency="EUR", recorded_at=AT + timedelta(days=1))
    context = reviewer.get(page_of(item)).context
    assert [row[2] for row in context["sections"][0].table["rows"]] == ["-", "-"]
    assert context["price_chart"] == ""


def test_tells_when_it_was_last_in_a_list(reviewer):
    item = SupplierItemFactory(source=SourceFactory(last_ingested_at=AT))
    assert "March 1, 2026" in reviewer.get(page_of(item)).content.decode()


def test_linking_and_unlinking_recomputes_the_lowest_price(reviewer):
    item, product = SupplierItemFactory(current_price="7", currency="EUR"), ProductFactory(currency="EUR")
    save(reviewer, page_of(item), product=product.pk)
    product.refresh_from_db()
    assert product.lowest_price == 7
    save(reviewer, page_of(item), product="")
    product.refresh_from_db()
    assert product.lowest_price is None


def test_a_viewer_links_nothing(sign_in):
    item, product = SupplierItemFactory(), ProductFactory()
    assert sign_in("Viewer").post(page_of(item), {"product": product.pk}).status_code == 403
    assert sign_in("Viewer").get(page_of(item)).status_code == 200


def test_filters_what_is_missing_and_what_has_no_product(reviewer):
    linked, missing = SupplierItemFactory(product=ProductFactory()), SupplierItemFactory(missing_since=AT)

    def found(**query):
        return set(reviewer.get(LIST, query).context["cl"].result_list)

    assert found(listed="yes") == found(linked="yes") == {linked}
    assert found(listed="no") == found(linked="no") == {missing}
    assert found() == {linked, missing}


def test_the_lists_cost_the_same_however_many_rows(reviewer, django_assert_max_num_queries):
    for _ in range(20):
        PriceHistoryFactory(supplier_item=SupplierItemFactory(product=ProductFactory()))
    with django_assert_max_num_queries(8):
        page = reviewer.get(LIST)
    product = page.context["cl"].result_list[0].product
    assert reverse("admin:catalog_product_change", args=[product.pk]) in page.content.decode()
    with django_assert_max_num_queries(8):
        page = reviewer.get(reverse("admin:catalog_pricehistory_changelist"))
    assert "10.00 EUR" in page.content.decode()


def test_an_administrator_deletes_items_and_nobody_else(sign_in):
    item, product = SupplierItemFactory(current_price="7"), ProductFactory(currency="EUR", lowest_price="7")
    type(item).objects.update(product=product)
    delete = reverse("admin:catalog_supplieritem_delete", args=[item.pk])
    assert sign_in("Reviewer").post(delete, {"post": "yes"}).status_code == 403
    assert sign_in("Administrator").post(delete, {"post": "yes"}).status_code == 302
    product.refresh_from_db()
    assert product.lowest_price is None


def test_chosen_items_are_deleted_together(sign_in):
    items = SupplierItemFactory.create_batch(2)
    data = {"action": "delete_selected", ACTION_CHECKBOX_NAME: [item.pk for item in items], "post": "yes"}
    sign_in("Administrator").post(LIST, data)
    assert not type(items[0]).objects.exists()


def test_a_person_who_links_does_not_undo_what_a_run_stores(reviewer, monkeypatch):
    item, product = SupplierItemFactory(current_price="7"), ProductFactory()
    clean = SupplierItem.full_clean

    def run_meanwhile(self, *args, **kwargs):
        SupplierItem.objects.filter(pk=item.pk).update(current_price="8")
        return clean(self, *args, **kwargs)

    monkeypatch.setattr(SupplierItem, "full_clean", run_meanwhile)
    save(reviewer, page_of(item), product=product.pk)
    item.refresh_from_db()
    assert (item.product, item.current_price) == (product, 8)
