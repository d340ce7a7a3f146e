"""Every list of the admin asks the database as often for many rows as for few, and counts no large table."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.pages import questions
from catalog.lifecycle import promote
from catalog.models import Product
from tests.factories import (
    CategoryFactory,
    ChangeFactory,
    ParsingLogFactory,
    PriceHistoryFactory,
    PriceListFactory,
    ProductFactory,
    RunFactory,
    SupplierItemFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
APPS = ("suppliers", "catalog", "ingestion")
SCREENS = {
    reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"): screen
    for model, screen in admin.site._registry.items()
    if model._meta.app_label in APPS and model._meta.managed
}
LISTS = sorted(SCREENS)


@pytest.fixture
def boss(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def add_rows() -> None:
    """One more row for every list, each with everything around it."""
    product = ProductFactory(category=CategoryFactory(parent=CategoryFactory()))
    item = SupplierItemFactory(product=product)
    PriceHistoryFactory(supplier_item=item)
    price_list = PriceListFactory(received_by=UserFactory())
    run = RunFactory(price_list=price_list, source=price_list.source, started_by=UserFactory())
    ParsingLogFactory(run=run)
    ChangeFactory(run=run, item_id=item.pk, decided_by=UserFactory())
    ChangeFactory(run=run, item_id=item.pk, kind="held", state="held")
    promote(Product.objects.filter(pk=product.pk), by=UserFactory())
    SupplierItemFactory(product=ProductFactory())  # stays a draft


def asked_of(client, url: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize("query", ["", "?q=t"])  # in the name of every item and product
@pytest.mark.parametrize("url", LISTS)
def test_more_rows_are_no_more_queries(boss, url, query):
    for _ in range(10):
        add_rows()
    few = asked_of(boss, url + query)
    for _ in range(10):
        add_rows()
    many = asked_of(boss, url + query)
    assert len(many) <= len(few), "\n".join(many)
    assert len(many) <= 15


@pytest.mark.parametrize("url", LISTS)
def test_every_question_of_the_benchmark_is_answered_with_few_queries(boss, rf, url):
    """Each filter choice, each column that sorts, each search."""
    add_rows()
    request = rf.get(url)
    request.user = get_user_model().objects.get(is_superuser=True)
    for asked in questions(request, SCREENS[url]):
        if asked.query.startswith("q=") and "&" in asked.query:
            continue  # a search within a filter: both are asked by themselves
        queries = asked_of(boss, f"{url}?{asked.query}")
        assert len(queries) <= 15, (asked, "\n".join(queries))


LONG = [
    "catalog_supplieritem",
    "catalog_product",
    "catalog_draftproduct",
    "catalog_pricehistory",
    "ingestion_change",
    "ingestion_parsinglog",
    "ingestion_ingestionrun",
]


@pytest.mark.parametrize("screen", LONG)
def test_long_lists_are_not_counted(boss, screen, monkeypatch):
    monkeypatch.setattr("catalog.paginator.EXACT_BELOW", -1)
    monkeypatch.setattr("catalog.paginator.FEW", -1)
    add_rows()
    queries = asked_of(boss, reverse(f"admin:{screen}_changelist"))
    assert not [sql for sql in queries if "COUNT(*)" in sql and "EXPLAIN" not in sql]


@pytest.fixture
def only_indexes(db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")


@pytest.mark.parametrize(
    ("screen", "query"),
    [("draftproduct", ""), ("product", "?status__exact=draft"), ("product", "?o=4"), ("product", "?o=-4")],
)
@pytest.mark.usefixtures("only_indexes")
def test_products_of_a_status_are_read_in_the_order_of_their_index(boss, screen, query):
    add_rows()
    shown = boss.get(reverse(f"admin:catalog_{screen}_changelist") + query).context["cl"].queryset
    plan = shown.values("pk").explain()
    assert "product_by_status" in plan
    assert "Sort" not in plan


@pytest.mark.usefixtures("only_indexes")
def test_drafts_of_a_time_long_ago_are_found_without_a_walk(boss):
    shown = boss.get(reverse("admin:catalog_draftproduct_changelist"), {"created_at_to_0": "2020-01-01"})
    assert "created_at <" in shown.context["cl"].queryset.values("pk").explain()
