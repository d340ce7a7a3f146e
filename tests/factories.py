"""Small factories: they fill required fields only."""

from __future__ import annotations

import hashlib

import factory
from django.contrib.auth import get_user_model
from django.utils import timezone

from catalog.models import Category, PriceHistory, Product, SupplierItem
from ingestion.models import Change, IngestionRun, ParsingLog, PriceList
from suppliers.models import PriceListSource, Supplier


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = get_user_model()

    username = factory.Sequence(lambda n: f"user{n}")


class SupplierFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Supplier

    name = factory.Sequence(lambda n: f"Supplier {n}")
    default_currency = "EUR"


class SourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PriceListSource

    supplier = factory.SubFactory(SupplierFactory)
    name = factory.Sequence(lambda n: f"Source {n}")


class CategoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Category

    name = factory.Sequence(lambda n: f"Category {n}")


class ProductFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Product

    internal_sku = factory.Sequence(lambda n: f"P-{n:06d}")
    name = factory.Sequence(lambda n: f"Product {n}")


class SupplierItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SupplierItem

    supplier = factory.SubFactory(SupplierFactory)
    supplier_sku = factory.Sequence(lambda n: f"SKU-{n}")
    name = factory.Sequence(lambda n: f"Item {n}")
    current_price = "10.00"
    currency = "EUR"


class PriceHistoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PriceHistory

    supplier_item = factory.SubFactory(SupplierItemFactory)
    price = "10.00"
    currency = "EUR"
    recorded_at = factory.LazyFunction(timezone.now)


LIST = b"code;name;price\nA1;Bolt;1.50\n"


class PriceListFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PriceList

    source = factory.SubFactory(SourceFactory)
    supplier = factory.SelfAttribute("source.supplier")
    file = factory.django.FileField(filename="list.csv", data=LIST)
    original_name = "list.csv"
    size = len(LIST)
    sha256 = hashlib.sha256(LIST).hexdigest()
    received_at = factory.LazyFunction(timezone.now)


class RunFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IngestionRun

    source = factory.SubFactory(SourceFactory)
    supplier = factory.SelfAttribute("source.supplier")
    supplier_name = factory.SelfAttribute("supplier.name")
    task_id = factory.Sequence(lambda n: f"task-{n}")
    parser_type = "csv"
    created_at = factory.LazyFunction(timezone.now)


class ParsingLogFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ParsingLog

    run = factory.SubFactory(RunFactory)
    task_id = factory.SelfAttribute("run.task_id")
    supplier = factory.SelfAttribute("run.supplier")
    supplier_name = factory.SelfAttribute("run.supplier_name")
    error_type = "ValidationError"
    message = "No price in column C: write one, or remove the row."
    row_number = 2
    row_data = factory.LazyFunction(lambda: {"A": "A1", "B": "Bolt", "C": ""})
    created_at = factory.LazyFunction(timezone.now)


class ChangeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Change

    class Params:
        item = factory.SubFactory(SupplierItemFactory, supplier=factory.SelfAttribute("..run.supplier"))

    run = factory.SubFactory(RunFactory, status="success")
    kind = "price_up"
    state = "applied"
    item_id = factory.SelfAttribute("item.pk")
    supplier_sku = factory.SelfAttribute("item.supplier_sku")
    row_number = 2
    old = factory.LazyFunction(lambda: {"current_price": 10.0, "currency": "EUR"})
    new = factory.LazyFunction(lambda: {"current_price": 12.5, "currency": "EUR"})
    percent = "25.00"
