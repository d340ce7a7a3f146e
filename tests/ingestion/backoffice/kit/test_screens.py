"""What all lists have in common."""

import pytest
from django.urls import reverse

from catalog import paginator
from ingestion.backoffice.kit import screens
from tests.factories import ProductFactory, UserFactory

pytestmark = pytest.mark.django_db
PRODUCTS = "admin:catalog_product_changelist"


@pytest.fixture
def boss(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def shown(answer) -> list[str]:
    return [product.name for product in answer.context["cl"].result_list]


def test_a_list_is_sorted_by_the_column_that_was_asked_for(boss):
    for name in "bca":
        ProductFactory(name=name)
    assert shown(boss.get(reverse(PRODUCTS), {"o": 2})) == ["a", "b", "c"]


def test_what_is_too_long_to_be_sorted_stays_as_it_is_and_says_so(boss, monkeypatch):
    monkeypatch.setattr(screens, "DEAR_TO_SORT", 0)
    for name in "bca":
        ProductFactory(name=name)
    answer = boss.get(reverse(PRODUCTS), {"o": 2})
    assert shown(answer) == ["a", "c", "b"]
    assert "too long to be sorted" in answer.content.decode()


def test_a_list_with_fewer_rows_than_expected_says_how_many_it_shows(boss, monkeypatch):
    monkeypatch.setattr(paginator.EstimatingPaginator, "estimate", 5000)
    ProductFactory.create_batch(3)
    changelist = boss.get(reverse(PRODUCTS)).context["cl"]
    assert (changelist.result_count, changelist.multi_page) == (3, False)


def test_a_nul_in_the_search_of_a_list_is_refused(boss):
    answer = boss.get(reverse("admin:catalog_supplieritem_changelist"), {"q": "\0"})
    assert answer.status_code == 400
    assert "no text (NUL)" in answer.content.decode()
