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
