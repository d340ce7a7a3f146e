"""Items and products as the records that `catalog.matching` compares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalog.matching.records import Record
from catalog.models import Product, SupplierItem


def record_of_item(item: SupplierItem) -> Record:
    return Record(
        str(item.pk),
        item.name,
        brand=item.brand,
        mpn=item.mpn,
        barcode=item.barcode,
        price=item.unit_price,
        currency=item.currency,
        characteristics=item.characteristics,
        code=None if item.sku_is_derived else item.supplier_sku,
        unit=item.unit,
        pack_size=item.pack_size,
    )


def record_of_product(product: Product) -> Record:
    """By its own name, and what its first offer says."""
    first = min(product.offers.all(), key=lambda offer: offer.pk, default=None)
    if first is None:
        return Record(str(product.pk), product.name)
    return replace(record_of_item(first), id=str(product.pk), name=product.name)


def records_of_products(ids: Sequence[str]) -> list[Record]:
    """In the order of the ids; one that is gone by now is like nothing."""
    found = Product.objects.prefetch_related("offers").in_bulk(list(map(int, ids)))
    return [record_of_product(found[int(each)]) if int(each) in found else Record(each, "") for each in ids]
