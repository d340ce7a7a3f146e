"""Supplier items: what a supplier offers now, and what it cost before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeNumericFilter
from unfold.decorators import display

from catalog.admin.filters import LinkedFilter, MissingFilter
from catalog.admin.screens import Screen, moment, section
from catalog.models import PriceHistory, SupplierItem
from catalog.money import show_money

PRICES_SHOWN = 200
AVAILABILITY_COLOURS = {"in_stock": "success", "on_order": "info", "out_of_stock": "danger", "": "default"}


def steps(prices: list[PriceHistory]) -> Iterator[tuple[str, str, str]]:
    """Since when, the price, and how far it is from the one before; newest first."""
    for price, before in zip(prices, [*prices[1:], None], strict=True):
        yield moment(price.recorded_at), show_money(price.price, price.currency), change(price, before)


def change(price: PriceHistory, before: PriceHistory | None) -> str:
    """In per cent; prices in different currencies are not compared."""
    if before is None or before.currency != price.currency or not before.price:
        return "-"
    return f"{(price.price / before.price - 1) * 100:+.1f} %"


def chart(prices: list[PriceHistory], label: str) -> str:
    """The data of a line chart, oldest first."""
    ordered = prices[::-1]
    return json.dumps(
        {
            "labels": [date_format(localtime(price.recorded_at), "SHORT_DATE_FORMAT") for price in ordered],
            "datasets": [
                {
                    "label": label,
                    "data": [float(price.price) for price in ordered],
                    "borderColor": "var(--color-primary-600)",
                    "stepped": True,
                }
            ],
        }
    )


@admin.register(SupplierItem)
class SupplierItemAdmin(Screen):
    list_display = ["supplier_sku", "name", "supplier", "price", "availability_label", "product", "missing_since"]
    list_filter = [
        ("supplier", AutocompleteSelectFilter),
        ("source", AutocompleteSelectFilter),
        ("availability", ChoicesDropdownFilter),
        MissingFilter,
        LinkedFilter,
        ("current_price", RangeNumericFilter),
    ]
    list_select_related = ["supplier", "product"]
    search_fields = ["supplier_sku", "name"]
    autocomplete_fields = ["product"]
    fields = [
        ("supplier", "source"),
        ("supplier_sku", "sku_is_derived"),
        "name",
        ("price", "shown_retail_price"),
        ("availability_label", "stock"),
        ("last_ingested", "missing_since"),
        "product",
    ]
    readonly_fields = [
        "supplier",
        "source",
        "supplier_sku",
        "sku_is_derived",
        "name",
        "price",
        "shown_retail_price",
        "availability_label",
        "stock",
        "last_ingested",
        "missing_since",
    ]
    change_form_outer_after_template = "admin/catalog/supplieritem/facts.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[SupplierItem]:
        return super().get_queryset(request).select_related("supplier", "source", "product")

    def panel(self, request: HttpRequest, obj: SupplierItem) -> dict[str, Any]:
        prices = list(obj.price_history.all()[:PRICES_SHOWN])
        same_currency = [price for price in prices if price.currency == obj.currency]
        return {
            "price_chart": chart(same_currency, obj.currency) if len(same_currency) > 1 else "",
            "sections": [
                section(_("Price history"), [_("from"), _("price"), _("change")], steps(prices)),
                section(_("Characteristics"), [_("characteristic"), _("value")], sorted(obj.characteristics.items())),
            ],
        }

    @display(description=gettext_lazy("current price"), ordering="current_price")
    def price(self, item: SupplierItem) -> str:
        return show_money(item.current_price, item.currency)

    @display(description=gettext_lazy("retail price"))
    def shown_retail_price(self, item: SupplierItem) -> str:
        return show_money(item.retail_price, item.currency if item.retail_price is not None else "")

    @display(description=gettext_lazy("availability"), ordering="availability", label=AVAILABILITY_COLOURS)
    def availability_label(self, item: SupplierItem) -> tuple[str, str]:
        quantity = f" ({item.stock})" if item.stock is not None else ""
        return item.availability, f"{item.get_availability_display()}{quantity}"

    @display(description=gettext_lazy("last ingested at"))
    def last_ingested(self, item: SupplierItem) -> Any:
        return item.last_ingested_at
