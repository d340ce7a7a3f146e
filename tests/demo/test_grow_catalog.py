from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from catalog.models import Category, PriceHistory, Product, ProductStatusChange, SupplierItem
from demo.made_up import CATEGORIES
from ingestion.models import Change, IngestionRun, ParsingLog
from tests.factories import SupplierFactory

pytestmark = pytest.mark.django_db


def indexes() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'")
        return set(cursor.fetchall())


def constraints() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint")
        return set(cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_it_fills_an_empty_catalog_and_leaves_the_schema_as_it_was() -> None:
    before = indexes(), constraints()
    call_command("grow_catalog", items=1000, suppliers=10, stdout=StringIO())
    counts = [
        model.objects.count() for model in (SupplierItem, Product, PriceHistory, Category, ParsingLog, IngestionRun)
    ]
    assert counts == [1000, 500, 5000, CATEGORIES, 100, 520]
    assert (Change.objects.count(), ProductStatusChange.objects.count()) == (1000, 400)
    assert (indexes(), constraints()) == before
    assert SupplierFactory().pk == 11


@pytest.mark.django_db(transaction=True)
def test_no_list_of_the_admin_is_empty_and_all_fits_together() -> None:
    call_command("grow_catalog", items=1000, suppliers=10, stdout=StringIO())
    assert set(Product.objects.values_list("status", flat=True)) == {"draft", "active", "archived"}
    assert set(SupplierItem.objects.values_list("availability", flat=True)) == set(SupplierItem.Availability.values)
    assert SupplierItem.objects.discontinued().count() > 0
    assert Change.objects.filter(kind="held").exists()
    for change in Change.objects.select_related("run"):
        assert SupplierItem.objects.get(supplier_sku=change.supplier_sku).supplier_id == change.run.supplier_id
    assert not ParsingLog.objects.filter(run__status="success").exists()


def test_it_refuses_a_catalog_that_is_in_use() -> None:
    SupplierFactory()
    with pytest.raises(CommandError, match="not empty"):
        call_command("grow_catalog", items=10, suppliers=1)


def test_it_refuses_more_suppliers_than_items() -> None:
    with pytest.raises(CommandError, match="no more suppliers than items"):
        call_command("grow_catalog", items=10, suppliers=11)
