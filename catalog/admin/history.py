"""Every price that every supplier item had."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalog import search
from catalog.admin.filters import MomentFilter, PricesOfFilter
from catalog.admin.screens import ReadOnlyScreen
from catalog.models import PriceHistory
from catalog.money import show_money


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

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[PriceHistory], search_term: str
    ) -> tuple[QuerySet[PriceHistory], bool]:
        return search.prices(queryset, search_term), False

    @admin.display(description=_("supplier"))
    def supplier(self, price: PriceHistory) -> str:
        return price.supplier_item.supplier.name

    @admin.display(description=_("price"))
    def shown_price(self, price: PriceHistory) -> str:
        return show_money(price.price, price.currency)
