"""The page of a product: its offers side by side, their prices in a chart, merged with another after a look."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.linking.links import Pair, link_pairs
from catalog.linking.models import ItemLink, MatchProposal
from catalog.models import Product
from tests.browser.test_pairs import shoot
from tests.factories import PriceHistoryFactory, ProductFactory, SupplierFactory, SupplierItemFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PRICES = {
    "Bergmann Tools": ("89.00", "92.50", "92.50", "94.00"),
    "Nordwind GmbH": ("95.00", "91.00", "88.00", "86.50"),
    "Volt & Watt": ("99.00", "99.00", "97.00", "97.00"),
}


@pytest.fixture
def product(transactional_db):
    made = ProductFactory(name="Makita cordless drill DCD18, 18 V", currency="EUR", lowest_price="86.50")
    for number, (name, prices) in enumerate(PRICES.items()):
        supplier = SupplierFactory(name=name)
        item = SupplierItemFactory(
            supplier=supplier, product=made if number == 0 else None, name="Drill DCD18", current_price=prices[-1]
        )
        for month, price in enumerate(reversed(prices)):
            at = timezone.now() - timedelta(days=25 * month + 3 * number)
            PriceHistoryFactory(supplier_item=item, price=price, recorded_at=at)
        if number:
            link_pairs([Pair(item.pk, made.pk, ItemLink.Method.GATE, 0.96, {})], by=None)
    return made


def test_offers_are_compared_and_the_product_merged(open_as, product):
    other = ProductFactory(name="Cordless drill DCD-18")
    page = open_as("Reviewer")
    page.goto(f"/admin/catalog/product/{product.pk}/change/")
    page.wait_for_selector("canvas")
    page.wait_for_timeout(500)
    shoot(page, "product", 1800)
    assert page.locator("text=cheapest").count() == 1
    page.click("text=Merge with another")
    page.fill("[name=into]", other.internal_sku)
    page.press("[name=into]", "Enter")
    page.wait_for_selector("text=3 offers go to")
    shoot(page, "merge")
    page.click("#announced button[type=submit]")
    page.wait_for_selector(f"text={product.internal_sku} is one with {other.internal_sku} now.")
    page.click("text=Undo the merge")
    page.click("#announced button[type=submit]")
    page.wait_for_selector("text=is there again")
    assert Product.objects.get(pk=product.pk).offers.count() == 3


def test_a_draft_is_one_click_from_what_it_is(open_as, product):
    item = SupplierItemFactory(name="Makita DCD-18 drill", product=ProductFactory(name="Makita DCD-18 drill"))
    Product.objects.filter(pk=item.product_id).update(created_at=item.created_at)
    reasons = [{"code": "code_shared", "params": {"codes": "DCD18"}, "weight": 3.0}]
    MatchProposal.objects.create(
        item=item, product=product, score=0.88, rank=1, reasons=reasons, made_at=timezone.now()
    )
    page = open_as("Reviewer")
    page.goto("/admin/catalog/draftproduct/?q=makita")
    shoot(page, "drafts")
    page.click("text=It is this one")
    page.wait_for_selector("text=is an offer of")
    assert page.url.endswith("?q=makita")
    assert product.offers.filter(pk=item.pk).exists()
    page.click("text=Approve as new")
    page.wait_for_selector("text=is active now.")
    page.goto(f"/admin/suppliers/supplier/{product.offers.exclude(links=None).first().supplier_id}/change/")
    shoot(page, "supplier", 1200)
    assert "1 of 1 (100%)" in page.inner_text("main, #content, body")
