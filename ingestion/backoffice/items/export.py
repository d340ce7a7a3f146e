"""Supplier items that go out as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from catalog.models import SupplierItem
from ingestion.backoffice.kit.export import Export, register_export

HEADERS = (
    _("supplier"), _("supplier SKU"), _("name"), _("current price"), _("currency"), _("retail price"), _("stock"),
    _("availability"), _("product"), _("missing since"),
)  # fmt: skip
_BATCH = 2000


def _exported_rows(items: QuerySet[SupplierItem]) -> Iterator[list[Any]]:
    for item in items.select_related("supplier", "product").order_by("id").iterator(chunk_size=_BATCH):
        yield [
            item.supplier.name,
            item.supplier_sku,
            item.name,
            item.current_price,
            item.currency,
            item.retail_price,
            item.stock,
            item.get_availability_display() if item.availability else "",
            item.product.internal_sku if item.product else "",
            item.missing_since.date() if item.missing_since else None,
        ]


ITEMS_EXPORT = register_export(Export("items", SupplierItem, HEADERS, _exported_rows))
