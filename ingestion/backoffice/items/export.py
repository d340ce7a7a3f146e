"""Supplier items that go out as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from catalog.models import SupplierItem
from ingestion.backoffice.kit.export import Export, register_export
from ingestion.backoffice.kit.item_facts import show_breaks
from ingestion.texts import notes_from_json

HEADERS = (
    _("supplier"), _("supplier SKU"), _("name"), _("current price"), _("currency"), _("retail price"), _("stock"),
    _("availability"), _("product"), _("missing since"), _("price is for"), _("price of one"), _("brand"),
    _("manufacturer's part number"), _("barcode"), _("unit"), _("pack size"), _("minimum order"), _("order multiple"),
    _("price breaks"), _("tax rate"), _("price includes tax"), _("country of origin"), _("lead time"), _("weight"),
    _("link"), _("picture"), _("notes"),
)  # fmt: skip
YES_NO = {True: _("yes"), False: _("no")}
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
            item.per_quantity,
            item.unit_price,
            item.brand,
            item.mpn,
            item.barcode,
            item.unit,
            item.pack_size,
            item.minimum_order,
            item.order_multiple,
            show_breaks(item.price_breaks, item.currency, item.per_quantity),
            item.tax_rate,
            "" if item.tax_included is None else str(YES_NO[item.tax_included]),
            item.country,
            item.lead_time,
            item.weight,
            item.link,
            item.picture,
            " ".join(notes_from_json(item.notes)),
        ]


ITEMS_EXPORT = register_export(Export("items", SupplierItem, HEADERS, _exported_rows))
