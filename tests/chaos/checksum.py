"""One supplier's part of the catalog as checksums that name no id and no moment: equal where the catalogs are equal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from catalog.models import Category, PriceHistory, SupplierItem
from ingestion.models import Change, IngestionRun, ParsingLog
from suppliers.models import PriceListSource

Checksums = dict[str, str]


def checksums(supplier_id: int) -> Checksums:
    """By part, so that a difference says where it is."""
    parts = {
        "items": items(supplier_id),
        "products": products(supplier_id),
        "price history": history(supplier_id),
        "parsing logs": logs(supplier_id),
        "changes": changes(supplier_id),
        "results": results(supplier_id),
        "sources": PriceListSource.objects.filter(supplier=supplier_id).values_list("name", "complete_lists"),
    }
    return {name: checksum(rows) for name, rows in parts.items()}


def checksum(rows: Iterable[object]) -> str:
    digest = hashlib.sha256()
    for row in rows:
        digest.update(repr(row).encode() + b"\n")
    return digest.hexdigest()


def items(supplier_id: int) -> Iterable[object]:
    return (
        SupplierItem.objects.filter(supplier=supplier_id)
        .order_by("supplier_sku")
        .values_list(
            "supplier_sku", "sku_is_derived", "name", "current_price", "currency", "retail_price", "stock",
            "availability", "characteristics", "missing_at_list", "source__name",
        )
    )  # fmt: skip


def products(supplier_id: int) -> Iterable[object]:
    """With their categories, each by all its names."""
    tree = {pk: (parent, name) for pk, parent, name in Category.objects.values_list("id", "parent", "name")}

    def path(pk: int | None) -> tuple[str, ...]:
        return () if pk is None else (*path(tree[pk][0]), tree[pk][1])

    offers = SupplierItem.objects.filter(supplier=supplier_id).order_by("supplier_sku")
    facts = ("name", "status", "currency", "retail_price", "lowest_price", "is_available")
    for sku, category, *rest in offers.values_list(
        "supplier_sku", "product__category", *(f"product__{fact}" for fact in facts)
    ):
        yield sku, path(category), rest


def history(supplier_id: int) -> Iterable[object]:
    return (
        PriceHistory.objects.filter(supplier_item__supplier=supplier_id)
        .order_by("supplier_item__supplier_sku", "recorded_at", "id")
        .values_list("supplier_item__supplier_sku", "price", "currency", "sheet", "row_number", "withdrawn_by_run_id")
    )


def logs(supplier_id: int) -> Iterable[object]:
    """Of failed rows; what stopped a whole run is a fact of the fault, not of the catalog."""
    found = ParsingLog.objects.filter(supplier=supplier_id, row_number__isnull=False)
    return sorted(
        repr(row) for row in found.values_list("error_type", "message", "column", "sheet", "row_number", "row_data")
    )


def changes(supplier_id: int) -> Iterable[object]:
    found = Change.objects.filter(run__supplier=supplier_id, run__dry_run=False)
    return sorted(
        repr(row) for row in found.values_list("kind", "state", "supplier_sku", "sheet", "row_number", "percent")
    )


def results(supplier_id: int) -> Iterable[object]:
    """Of the runs that took a list in; one that found its content known has no rows. Padding counts as skipped."""
    return (
        IngestionRun.objects.of_supplier(supplier_id).stored().filter(total_rows__gt=0)
        .order_by("finished_at")
        .values_list(
            "status", "total_rows", "successful_rows", "failed_rows", "new_items", "changed_items",
            "unchanged_items", "missing_items", "returned_items", "new_drafts", "held_items", "error_counts",
        )
    )  # fmt: skip


def differences(found: Checksums, wanted: Checksums) -> list[str]:
    return [name for name in wanted if found.get(name) != wanted[name]]
