from typing import Any

import pytest
from django.utils import timezone

from catalog.models import Category, Product, SupplierItem
from catalog.querysets import subtree
from tests.factories import CategoryFactory, PriceHistoryFactory, ProductFactory, SupplierFactory, SupplierItemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    tools = CategoryFactory(name="Tools")
    drills = CategoryFactory(name="Drills", parent=tools)
    return {
        "tools": tools,
        "drills": drills,
        "cordless": CategoryFactory(name="Cordless", parent=drills),
        "paint": CategoryFactory(name="Paint"),
    }


def test_a_subtree_is_the_category_and_all_below(tree):
    assert set(subtree(tree["drills"].pk)) == {tree["drills"].pk, tree["cordless"].pk}
    assert len(subtree(tree["tools"].pk)) == 3


def test_paths_name_every_category_from_the_root_down(tree):
    assert Category.objects.paths()[tree["cordless"].pk] == "Tools > Drills > Cordless"


def test_products_of_a_subtree(tree):
    inside, _outside = ProductFactory(category=tree["cordless"]), ProductFactory(category=tree["paint"])
    assert list(Product.objects.in_subtree(tree["tools"].pk)) == [inside]


def test_products_that_a_supplier_offers_come_once():
    supplier, product = SupplierFactory(), ProductFactory()
    SupplierItemFactory.create_batch(2, supplier=supplier, product=product)
    SupplierItemFactory(product=ProductFactory())
    assert list(Product.objects.offered_by(supplier.pk)) == [product]


def test_items_listed_missing_and_without_product():
    listed = SupplierItemFactory(product=ProductFactory())
    missing = SupplierItemFactory(missing_since=timezone.now())
    assert list(SupplierItem.objects.listed()) == [listed]
    assert list(SupplierItem.objects.missing()) == [missing]
    assert list(SupplierItem.objects.without_product()) == [missing]


def test_the_price_range_is_that_of_the_current_currency():
    item = SupplierItemFactory(currency="EUR")
    for price, currency, per_quantity in (("8.00", "EUR", 1), ("1200", "EUR", 100), ("1.00", "USD", 1)):
        PriceHistoryFactory(supplier_item=item, price=price, currency=currency, per_quantity=per_quantity)
    found: Any = SupplierItem.objects.with_price_range().get()
    assert (found.lowest_ever, found.highest_ever) == (8, 12)


def test_reviewing_new_categories_says_how_many_were_new():
    CategoryFactory(needs_review=True)
    CategoryFactory(needs_review=False)
    assert Category.objects.awaiting_review().count() == 1
    assert (Category.objects.all().mark_reviewed(), Category.objects.awaiting_review().count()) == (1, 0)


def test_products_with_and_without_a_category():
    inside, outside = ProductFactory(category=CategoryFactory()), ProductFactory(category=None)
    assert list(Product.objects.categorised()) == [inside]
    assert list(Product.objects.without_category()) == [outside]
