"""Every list of the admin asks the database as often for many rows as for few, and counts no large table."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    CategoryFactory,
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
LISTS = sorted(
    reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    for model in admin.site._registry
    if model._meta.app_label in APPS and model._meta.managed
)


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


def asked(client, url: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize("query", ["", "?q=1"])
@pytest.mark.parametrize("url", LISTS)
def test_more_rows_are_no_more_queries(boss, url, query):
    for _ in range(10):  # of ten numbered names in a row, one is found by a 1
        add_rows()
    few = asked(boss, url + query)
    for _ in range(10):
        add_rows()
    many = asked(boss, url + query)
    assert len(many) <= len(few), "\n".join(many)
    assert len(many) <= 15


LONG = [
    "catalog_supplieritem",
    "catalog_product",
    "catalog_draftproduct",
    "catalog_pricehistory",
    "ingestion_parsinglog",
    "ingestion_ingestionrun",
]


@pytest.mark.parametrize("screen", LONG)
def test_long_lists_are_not_counted(boss, screen, monkeypatch):
    monkeypatch.setattr("catalog.paginator.EXACT_BELOW", -1)
    monkeypatch.setattr("catalog.paginator.FEW", -1)
    add_rows()
    queries = asked(boss, reverse(f"admin:{screen}_changelist"))
    assert not [sql for sql in queries if "COUNT(*)" in sql and "EXPLAIN" not in sql]
