"""What is on record: every price that every supplier item had, every move of a product and who made it."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from catalog import search
from catalog.models import PriceHistory, ProductStatusChange
from catalog.money import show_money
from ingestion.backoffice.kit.filters import MomentFilter, PersonFilter, PricesOfFilter
from ingestion.backoffice.kit.screens import ReadOnlyScreen, link


@admin.register(PriceHistory)
class PriceHistoryAdmin(ReadOnlyScreen):
    list_display = ["recorded_at", "supplier_item", "supplier", "shown_price"]
    list_display_links = None
    list_select_related = ["supplier_item__supplier"]
    list_filter = [
        ("supplier_item__supplier", PricesOfFilter),
        ("recorded_at", MomentFilter),
    ]
    ordering = ["-recorded_at"]
    search_fields = ["supplier_item__supplier_sku", "supplier_item__name"]
    search = staticmethod(search.prices)

    @admin.display(description=_("supplier"))
    def supplier(self, price: PriceHistory) -> str:
        return price.supplier_item.supplier.name

    @admin.display(description=_("price"))
    def shown_price(self, price: PriceHistory) -> str:
        return show_money(price.price, price.currency)


@admin.register(ProductStatusChange)
class StatusChangeAdmin(ReadOnlyScreen):
    list_display = ["at", "product_link", "from_status", "to_status", "by"]
    list_display_links = None
    list_select_related = ["product", "by"]
    list_filter = [("by", PersonFilter), ("to_status", ChoicesDropdownFilter), ("at", MomentFilter)]
    search_fields = ["product__internal_sku", "product__name"]
    search = staticmethod(search.moves)

    @admin.display(description=_("product"))
    def product_link(self, change: ProductStatusChange) -> str:
        return link(reverse("admin:catalog_product_change", args=[change.product_id]), change.product)
