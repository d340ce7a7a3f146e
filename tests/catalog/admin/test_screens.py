"""What all lists have in common."""

import pytest
from django.urls import reverse

from catalog import paginator
from catalog.admin import screens
from tests.factories import CategoryFactory, ProductFactory, UserFactory

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


@pytest.mark.parametrize(
    ("app", "model", "field"),
    [
        ("catalog", "supplieritem", "product"),
        ("catalog", "product", "category"),
        ("suppliers", "pricelistsource", "supplier"),
        ("ingestion", "change", "run"),
    ],
)
def test_a_nul_in_a_search_finds_nothing(boss, app, model, field):
    ProductFactory(category=CategoryFactory())
    given = {"term": "\0", "app_label": app, "model_name": model, "field_name": field}
    answer = boss.get(reverse("admin:autocomplete"), given)
    assert answer.json()["results"] == []


@pytest.mark.parametrize(
    "screen", ["catalog_supplieritem", "catalog_pricehistory", "ingestion_change", "catalog_category"]
)
def test_a_nul_in_the_search_of_a_list_is_said_to_be_wrong(boss, screen):
    answer = boss.get(reverse(f"admin:{screen}_changelist"), {"q": "\0"})
    assert "Null characters are not allowed" in answer.content.decode()
