"""The pages of an item and a product that know more than a price, in a real browser."""

import os

import pytest

from catalog.models import SupplierItem
from tests.factories import ProductFactory, SupplierFactory, SupplierItemFactory
from tests.ingestion.backoffice.items.test_facts import FACTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def shot(page, name):
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_an_item_and_its_product(open_as):
    product = ProductFactory(name="Bolt M4", currency="EUR", lowest_price="0.02058824")
    names = ("Nordwind GmbH", "Alpha Tools")
    item, _other = (
        SupplierItemFactory(supplier=SupplierFactory(name=name), name="Bolt M4", current_price=price, **facts)
        for name, price, facts in zip(names, ("2.45", "0.03"), ({"per_quantity": 100, **FACTS}, {}), strict=True)
    )
    SupplierItem.objects.update(product=product)
    page = open_as("Reviewer")
    page.goto("/admin/catalog/supplieritem/")
    shot(page, "items")
    assert "2.45 EUR per 100" in page.inner_text("#result_list")
    page.goto(f"/admin/catalog/supplieritem/{item.pk}/change/")
    shot(page, "item")
    assert "from 10: 1.80 EUR per 100" in page.inner_text("main, #main, body")
    assert not page.is_visible("#id_brand")
    page.click("text=Goods")
    assert page.is_visible("#id_brand")
    page.click("text=Order and tax")
    shot(page, "item-open")
    page.goto(f"/admin/catalog/product/{product.pk}/change/")
    shot(page, "product")
    assert "0.02058824 EUR" in page.inner_text("body")
