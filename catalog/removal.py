"""Taking supplier items away for good, set-based: Django's own way would load each of them."""

from __future__ import annotations

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import QuerySet

from catalog import offers
from catalog.models import PriceHistory, SupplierItem


@transaction.atomic
def remove_items(items: QuerySet[SupplierItem]) -> int:
    """With their price history; the products that they belonged to get their lowest price anew."""
    chosen = SupplierItem.objects.filter(pk__in=items.order_by().values("pk"))
    products = list(chosen.exclude(product=None).values_list("product_id", flat=True).distinct())
    PriceHistory.objects.filter(supplier_item__in=chosen.values("pk"))._raw_delete(DEFAULT_DB_ALIAS)  # noqa: SLF001
    count: int = chosen._raw_delete(DEFAULT_DB_ALIAS)  # noqa: SLF001
    offers.refresh(product for product in products if product is not None)
    return count
