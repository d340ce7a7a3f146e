import pytest

from catalog import offers
from catalog.models import PriceHistory, SupplierItem
from catalog.removal import remove_items
from tests.factories import PriceHistoryFactory, ProductFactory, SupplierItemFactory

pytestmark = pytest.mark.django_db


def test_items_go_with_their_history_and_products_look_for_the_next_price():
    product = ProductFactory(currency="EUR")
    cheap, dear = (SupplierItemFactory(product=product, current_price=price) for price in ("7", "9"))
    PriceHistoryFactory(supplier_item=cheap)
    kept = PriceHistoryFactory(supplier_item=dear)
    offers.refresh([product.pk])
    assert remove_items(SupplierItem.objects.filter(pk=cheap.pk)) == 1
    product.refresh_from_db()
    assert product.lowest_price == 9
    assert (list(SupplierItem.objects.all()), list(PriceHistory.objects.all())) == ([dear], [kept])


def test_many_items_cost_no_more_statements(django_assert_max_num_queries):
    supplier = SupplierItemFactory(product=ProductFactory()).supplier
    for _ in range(20):
        SupplierItemFactory(supplier=supplier, product=ProductFactory())
    with django_assert_max_num_queries(9):
        assert remove_items(supplier.items.all()) == 21
