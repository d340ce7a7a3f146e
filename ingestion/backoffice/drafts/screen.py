"""Drafts: what lists brought that nobody has reviewed yet."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeNumericFilter
from unfold.views import ChangeList

from catalog.models import DraftProduct, Product, SupplierItem
from catalog.money import show_money
from ingestion.backoffice.drafts.candidates import CandidatesScreen, best_candidates
from ingestion.backoffice.kit.filters import MomentFilter, OfferedByFilter, SubtreeFilter, UncategorisedFilter
from ingestion.backoffice.kit.moves import NEWEST_FIRST
from ingestion.backoffice.kit.screens import ScreenList
from ingestion.backoffice.kit.side_bar import SideBarPart, link_to_list
from ingestion.backoffice.products.panel import category_path

link_to_list(
    SideBarPart.CATALOG, 10, _("Drafts to review"), "rate_review", "catalog.draftproduct", "catalog.view_product"
)


class DraftList(ScreenList):
    def url_for_result(self, result: Product) -> str:
        """The product's own page, which stays when the draft has become active."""
        return reverse("admin:catalog_product_change", args=[result.pk])


@admin.register(DraftProduct)
class DraftProductAdmin(CandidatesScreen):
    list_display = ["name", "suppliers", "price", "category_column", "candidate", "internal_sku", "created_at"]
    list_filter = [
        ("offers__supplier", OfferedByFilter),
        ("category", SubtreeFilter),
        UncategorisedFilter,
        "is_available",
        ("lowest_price", RangeNumericFilter),
        ("created_at", MomentFilter),
    ]
    list_select_related = ["category__parent"]
    ordering = NEWEST_FIRST
    list_per_page = 100
    search_fields = ["internal_sku", "name"]
    actions = ["promote", "archive"]
    list_before_template = "backoffice/drafts/before.html"

    def has_view_permission(self, request: HttpRequest, obj: Product | None = None) -> bool:
        return request.user.has_perm("catalog.view_product")

    def has_change_permission(self, request: HttpRequest, obj: Product | None = None) -> bool:
        return request.user.has_perm("catalog.change_product")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Product | None = None) -> bool:
        return False

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Edited as the product that it is, on whose page its history is kept."""
        return redirect("admin:catalog_product_change", object_id)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DraftList

    def get_queryset(self, request: HttpRequest) -> QuerySet[DraftProduct]:
        shown = SupplierItem.objects.only("product_id", "current_price", "currency", "per_quantity", "supplier__name")
        offers = Prefetch(
            "offers", shown.select_related("supplier").order_by("unit_price").prefetch_related(best_candidates())
        )
        return super().get_queryset(request).awaiting_review().prefetch_related(offers)

    @admin.display(description=_("supplier"))
    def suppliers(self, product: Product) -> str:
        names = list(dict.fromkeys(offer.supplier.name for offer in product.offers.all()))
        return f"{names[0]} (+{len(names) - 1})" if len(names) > 1 else "".join(names) or "-"

    @admin.display(description=_("price"), ordering="lowest_price")
    def price(self, product: Product) -> str:
        """The lowest of its suppliers'; of a product without one, that of its first offer."""
        if product.lowest_price is not None:
            return show_money(product.lowest_price, product.currency)
        first = next(iter(product.offers.all()), None)
        return show_money(first.current_price, first.currency, first.per_quantity) if first else "-"

    @admin.display(description=_("category"), ordering="category__name")
    def category_column(self, product: Product) -> str:
        return category_path(product.category)
