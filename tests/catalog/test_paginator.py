import pytest

from catalog import paginator
from catalog.models import Product
from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db


def test_few_rows_are_counted_exactly():
    ProductFactory.create_batch(3)
    assert paginator.EstimatingPaginator(Product.objects.order_by("pk"), 2).num_pages == 2


def test_many_rows_are_estimated_without_a_count(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(paginator, "EXACT_BELOW", -1)
    ProductFactory.create_batch(3)
    with django_assert_num_queries(1):
        assert paginator.EstimatingPaginator(Product.objects.order_by("pk"), 2).count > 0


def test_a_choice_that_can_hold_nothing_is_empty():
    assert paginator.EstimatingPaginator(Product.objects.none(), 2).count == 0


def test_what_is_dear_to_count_is_estimated_too(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(paginator, "CHEAP_BELOW", 0)
    monkeypatch.setattr(paginator, "FEW", 0)
    with django_assert_num_queries(1):
        assert paginator.EstimatingPaginator(Product.objects.order_by("pk"), 2).count > 0


def test_an_estimate_of_few_rows_is_not_believed(monkeypatch):
    monkeypatch.setattr(paginator, "CHEAP_BELOW", 0)
    ProductFactory.create_batch(3)
    assert paginator.EstimatingPaginator(Product.objects.order_by("pk"), 2).count == 3


def test_a_page_is_found_by_its_keys_and_keeps_its_order(django_assert_num_queries):
    products = ProductFactory.create_batch(5)
    pages = paginator.EstimatingPaginator(Product.objects.select_related("category").order_by("-pk"), 2)
    assert pages.count == 5
    with django_assert_num_queries(2):
        assert list(pages.page(2).object_list) == [products[2], products[1]]
