import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

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
    with django_assert_num_queries(3):  # expected rows, keys, rows
        assert pages.count == 5
        assert list(pages.page(2).object_list) == [products[2], products[1]]


def test_nothing_is_read_of_what_is_known_to_be_empty(django_assert_num_queries):
    pages = paginator.EstimatingPaginator(Product.objects.order_by("pk"), 2)
    with django_assert_num_queries(2):
        assert list(pages.page(1).object_list) == []


@pytest.fixture
def estimated(monkeypatch):
    """Pages of a list that the planner takes for seven rows, while it has five."""
    monkeypatch.setattr(paginator.EstimatingPaginator, "estimate", 7)
    return paginator.EstimatingPaginator(Product.objects.order_by("pk"), 2)


def test_the_last_page_of_an_estimated_list_shows_its_last_rows(estimated):
    products = ProductFactory.create_batch(5)
    shown = [list(estimated.page(number).object_list) for number in range(1, estimated.num_pages + 1)]
    assert shown == [products[:2], products[2:4], products[2:4], products[4:]]


def test_the_last_page_of_an_estimated_list_is_read_from_its_end(estimated):
    with CaptureQueriesContext(connection) as captured:
        estimated.page(4)
    assert "DESC" in captured[-2]["sql"]
    assert "OFFSET" not in captured[-2]["sql"]


def test_no_workers_read_ahead_of_a_page_that_an_index_gives(estimated):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # which is best for a table as small as this one
    with CaptureQueriesContext(connection) as captured:
        estimated.page(1)
    assert "SET LOCAL max_parallel_workers_per_gather = 0" in [query["sql"] for query in captured]


def test_workers_help_where_all_rows_are_sorted(monkeypatch):
    monkeypatch.setattr(paginator.EstimatingPaginator, "estimate", 7)
    pages = paginator.EstimatingPaginator(Product.objects.order_by("name"), 2)
    with CaptureQueriesContext(connection) as captured:
        pages.page(1)
    assert not [query for query in captured if "SET LOCAL" in query["sql"]]
