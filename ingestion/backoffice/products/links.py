"""How the offers of a product came to it, newest first: links, merges and splits, each with the way to undo it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.linking.models import AbsorbedProduct, ItemLink
from catalog.models import Product, SupplierItem
from ingestion.backoffice.kit.screens import Section, link, moment, section

LINKS_LISTED = 50


def links_section(request: HttpRequest, product: Product) -> list[Section]:
    """Nothing for a product that is what a list made of one item."""
    merges = list(product.absorbed.merges().select_related("by", "restored_by")[:LINKS_LISTED])
    links = list(links_around(product))
    entries = [*map(merge_row, merges), *link_rows(links)]
    rows = [row for _at, row in sorted(entries, key=lambda entry: entry[0], reverse=True)][:LINKS_LISTED]
    if not rows:
        return []
    if not request.user.has_perm("catalog.decide_link"):
        rows = [[*row[:-1], ""] for row in rows]
    headers = [_("at"), _("what"), _("of"), _("by"), _("likely"), _("undone at"), ""]
    return [section(_("Links, merges and splits"), headers, rows)]


def links_around(product: Product) -> Any:
    """To it, to what became one with it, and from it."""
    own = [product.pk, *product.absorbed.in_force().values_list("was_id", flat=True)]
    found = ItemLink.objects.filter(Q(product__in=own) | Q(from_product_id=product.pk, method=ItemLink.Method.SPLIT))
    return found.select_related("supplier", "by", "undone_by").order_by("-id")[:LINKS_LISTED]


LinkRow = tuple[datetime, list[Any]]


def merge_row(merge: AbsorbedProduct) -> LinkRow:
    undo = reverse("admin:catalog_product_undo_merge", args=[merge.pk])
    return merge.at, [
        moment(merge.at),
        _("%(product)s became one with it") % {"product": merge.internal_sku},
        merge.kept["product"]["name"],
        merge.by or "-",
        "",
        end_of_link(merge.restored_at, merge.restored_by),
        "" if merge.restored_at else link(undo, _("Undo the merge")),
    ]


def link_rows(links: list[ItemLink]) -> Iterator[LinkRow]:
    items = SupplierItem.objects.in_bulk({each.item_id for each in links})
    for each in links:
        item, is_over = items.get(each.item_id), each.undone_at is not None or each.replaced_by_id is not None
        undo = reverse("admin:catalog_product_undo_link", args=[each.pk])
        is_split = each.method == ItemLink.Method.SPLIT
        yield (
            each.at,
            [
                moment(each.at),
                _("taken out") if is_split else _("linked: %(why)s") % {"why": each.get_method_display()},
                f"{each.supplier.name}, {item.supplier_sku if item else each.sku_key}",
                each.by or "-",
                "" if each.score is None else f"{each.score:.0%}",
                end_of_link(each.undone_at, each.undone_by) or (_("replaced") if each.replaced_by_id else ""),
                "" if is_over else link(undo, _("Undo the split") if is_split else _("Undo the link")),
            ],
        )


def end_of_link(at: datetime | None, by: Any) -> str:
    if at is None:
        return ""
    return f"{moment(at)}, {by}" if by else moment(at)
