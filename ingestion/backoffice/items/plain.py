"""Supplier items: what a supplier offers now, and what it cost before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeNumericFilter

from catalog import offers, search
from catalog.models import PriceHistory, SupplierItem
from catalog.money import show_money
from catalog.removal import remove_items
from ingestion.backoffice.kit.filters import FromSourceFilter, LinkedFilter, MissingFilter
from ingestion.backoffice.kit.screens import CHART_OPTIONS, Screen, Section, badge, link, moment, section

PRICES_SHOWN = 200
AVAILABILITY_COLOURS = {"in_stock": "success", "on_order": "info", "out_of_stock": "danger", "": "default"}


def steps(prices: list[PriceHistory]) -> Iterator[tuple[str, str, str]]:
    """Since when, the price, and how far it is from the one before; newest first."""
    for price, before in zip_longest(prices, prices[1:]):
        yield moment(price.recorded_at), show_money(price.price, price.currency), change(price, before)


def change(price: PriceHistory, before: PriceHistory | None) -> str:
    """In per cent; prices in different currencies are not compared."""
    if before is None or before.currency != price.currency or not before.price:
        return "-"
    return f"{(price.price / before.price - 1) * 100:+.1f} %"


def chart(prices: list[PriceHistory], label: str, now: datetime) -> str:
    """The data of a line chart, oldest first; the newest price lasts until now."""
    steps_of_chart = [*((price.recorded_at, price.price) for price in reversed(prices)), (now, prices[0].price)]
    line = {
        "label": label,
        "data": [float(price) for _at, price in steps_of_chart],
        "borderColor": "var(--color-primary-600)",
        "borderWidth": 2,
        "pointRadius": 0,
        "stepped": True,
    }
    return json.dumps(
        {"labels": [date_format(localtime(at), "j M Y") for at, _price in steps_of_chart], "datasets": [line]}
    )


@admin.register(SupplierItem)
class SupplierItemAdmin(Screen):
    list_display = ["supplier_sku", "name", "supplier", "price", "availability_label", "product_link", "missing_since"]
    list_filter = [
        ("supplier", AutocompleteSelectFilter),
        ("source", FromSourceFilter),
        ("availability", ChoicesDropdownFilter),
        MissingFilter,
        LinkedFilter,
        ("current_price", RangeNumericFilter),
    ]
    list_select_related = ["supplier", "product"]
    search_fields = ["supplier_sku", "name"]
    search = staticmethod(search.items)
    autocomplete_fields = ["product"]
    fields = [
        ("supplier", "source"),
        ("supplier_sku", "sku_is_derived"),
        "name",
        ("price", "shown_retail_price"),
        ("availability_label", "shown_missing_since"),
        ("last_ingested",),
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
        "shown_missing_since",
        "last_ingested",
    ]
    change_form_outer_after_template = "admin/catalog/supplieritem/facts.html"

    def save_model(self, request: HttpRequest, obj: SupplierItem, form: Any, change: Any) -> None:
        """The products that gained and lost this offer get their lowest price anew."""
        super().save_model(request, obj, form, change)
        products = {obj.product_id, form.initial.get("product")}
        offers.refresh(product for product in products if product is not None)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_ordering(self, request: HttpRequest) -> list[str]:
        """Newest first; the items of one supplier by their code, which has an index to read them from."""
        is_one_suppliers = "supplier__id__exact" in request.GET or "source__id__exact" in request.GET
        return ["supplier_sku"] if is_one_suppliers else ["-id"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[SupplierItem]:
        return super().get_queryset(request).select_related("supplier", "source", "product")

    def delete_model(self, request: HttpRequest, obj: SupplierItem) -> None:
        remove_items(SupplierItem.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[SupplierItem]) -> None:
        remove_items(queryset)

    def panel(self, request: HttpRequest, obj: SupplierItem) -> dict[str, Any]:
        prices = list(obj.price_history.all()[:PRICES_SHOWN])
        same_currency = [price for price in prices if price.currency == obj.currency and not price.withdrawn_by_run_id]
        return {
            "chart_options": CHART_OPTIONS,
            "price_chart": chart(same_currency, obj.currency, timezone.now()) if len(same_currency) > 1 else "",
            "sections": [
                self.history_section(prices),
                section(_("Characteristics"), [_("characteristic"), _("value")], sorted(obj.characteristics.items())),
            ],
        }

    def history_section(self, prices: list[PriceHistory]) -> Section:
        return section(_("Price history"), [_("from"), _("price"), _("change")], steps(prices))

    @admin.display(description=gettext_lazy("product"), ordering="product__internal_sku")
    def product_link(self, item: SupplierItem) -> str:
        if item.product is None:
            return "-"
        return link(reverse("admin:catalog_product_change", args=[item.product.pk]), item.product.internal_sku)

    @admin.display(description=gettext_lazy("current price"), ordering="current_price")
    def price(self, item: SupplierItem) -> str:
        return show_money(item.current_price, item.currency)

    @admin.display(description=gettext_lazy("retail price"))
    def shown_retail_price(self, item: SupplierItem) -> str:
        return show_money(item.retail_price, item.currency if item.retail_price is not None else "")

    @admin.display(description=gettext_lazy("availability"), ordering="availability")
    def availability_label(self, item: SupplierItem) -> str:
        quantity = f" ({item.stock})" if item.stock is not None else ""
        return badge(f"{item.get_availability_display()}{quantity}", AVAILABILITY_COLOURS[item.availability])

    @admin.display(description=gettext_lazy("presence in the last list"))
    def presence(self, item: SupplierItem) -> str:
        """Listed, missing, or gone for so many lists that it counts as discontinued."""
        if item.missing_since is None:
            return badge(_("listed"), "success")
        word, colour = (_("discontinued"), "danger") if item.is_discontinued else (_("missing"), "warning")
        return format_html("{} {}", badge(word, colour), _("since %s") % moment(item.missing_since))

    @admin.display(description=gettext_lazy("missing since"))
    def shown_missing_since(self, item: SupplierItem) -> str:
        return moment(item.missing_since)

    @admin.display(description=gettext_lazy("last ingested at"))
    def last_ingested(self, item: SupplierItem) -> str:
        return moment(item.last_ingested_at)
