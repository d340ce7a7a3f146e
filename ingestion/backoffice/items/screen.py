"""Supplier items: what a supplier offers now and what it cost before; an edit by hand is a run of its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeNumericFilter
from unfold.widgets import UnfoldAdminTextareaWidget

from catalog import search
from catalog.models import SupplierItem
from catalog.removal import remove_items
from ingestion.actions import edits_by_hand
from ingestion.backoffice.changes.cells import label_of
from ingestion.backoffice.items.differences import edited_sections
from ingestion.backoffice.items.explanation import explanation_page
from ingestion.backoffice.items.export import ITEMS_EXPORT
from ingestion.backoffice.kit.edits import edits_section
from ingestion.backoffice.kit.export import export_links, exported
from ingestion.backoffice.kit.fact_filters import (
    BarcodeFilter,
    BrandFilter,
    CountryFilter,
    TaxSideFilter,
    UnitPriceFilter,
    UpcomingFilter,
)
from ingestion.backoffice.kit.fields import JSONObjectField
from ingestion.backoffice.kit.filters import FromSourceFilter, LinkedFilter, MissingFilter, NotedFilter
from ingestion.backoffice.kit.item_facts import facts_section, notes_section, price_with_tax
from ingestion.backoffice.kit.run_facts import BUSY
from ingestion.backoffice.kit.screens import CHART_OPTIONS, Screen, badge, link, moment, person, section
from ingestion.backoffice.kit.side_bar import SideBarPart, link_to_list
from ingestion.backoffice.prices.history import chart, chart_label, history_section, upcoming_section
from ingestion.runs.supplier_lock import SupplierBusy

ALL = "all"
COLUMN_OF_FORM_FIELD = {"product": "product_id"}
PRICES_SHOWN = 200
AVAILABILITY_COLOURS = {"in_stock": "success", "on_order": "info", "out_of_stock": "danger", "": "default"}

link_to_list(SideBarPart.CATALOG, 30, gettext_lazy("Supplier items"), "sell", "catalog.supplieritem")


@admin.register(SupplierItem)
class SupplierItemAdmin(Screen):
    """A list respects what a person has changed here."""

    list_display = ["supplier_sku", "name", "supplier", "price", "availability_label", "product_link", "missing_since"]
    list_filter = [
        ("supplier", AutocompleteSelectFilter),
        ("source", FromSourceFilter),
        ("availability", ChoicesDropdownFilter),
        MissingFilter,
        LinkedFilter,
        ("unit_price", UnitPriceFilter),
        NotedFilter,
        BrandFilter,
        BarcodeFilter,
        CountryFilter,
        TaxSideFilter,
        ("minimum_order", RangeNumericFilter),
        ("lead_time", RangeNumericFilter),
        UpcomingFilter,
    ]
    list_select_related = ["supplier", "product"]
    search_fields = ["supplier_sku", "name", "mpn", "barcode"]
    search = staticmethod(search.items)
    autocomplete_fields = ["product"]
    formfield_overrides = {
        models.JSONField: {"form_class": JSONObjectField, "widget": UnfoldAdminTextareaWidget(attrs={"rows": 3})}
    }
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("supplier", "source"),
                    ("supplier_sku", "sku_is_derived"),
                    "name",
                    ("current_price", "per_quantity", "currency"),
                    ("retail_price", "stock"),
                    ("availability", "presence"),
                    ("last_ingested",),
                    "product",
                    "characteristics",
                ]
            },
        ),
        (
            gettext_lazy("Order and tax"),
            {
                "classes": ["collapse"],
                "fields": [
                    ("minimum_order", "order_multiple"),
                    ("unit", "pack_size"),
                    "price_breaks",
                    ("tax_rate", "tax_included"),
                    "lead_time",
                ],
            },
        ),
        (
            gettext_lazy("Goods"),
            {
                "classes": ["collapse"],
                "fields": [("brand", "mpn"), ("barcode", "country"), ("weight",), "link", "picture"],
            },
        ),
    ]
    readonly_fields = ["supplier", "source", "supplier_sku", "sku_is_derived", "presence", "last_ingested"]

    list_before_template = "backoffice/kit/export.html"
    change_form_outer_after_template = "backoffice/items/facts.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Price breaks are a list; the other JSON is an object."""
        if db_field.name == "price_breaks":
            kwargs["form_class"] = forms.JSONField
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_ordering(self, request: HttpRequest) -> list[str]:
        """Newest first; the items of one supplier by their code, which has an index to read them from."""
        is_one_suppliers = "supplier__id__exact" in request.GET or "source__id__exact" in request.GET
        return ["sku_key"] if is_one_suppliers else ["-id"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[SupplierItem]:
        return super().get_queryset(request).select_related("supplier", "source", "product")

    def delete_model(self, request: HttpRequest, obj: SupplierItem) -> None:
        remove_items(SupplierItem.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[SupplierItem]) -> None:
        remove_items(queryset)

    def get_urls(self) -> list[Any]:
        explain = self.admin_site.admin_view(self.explain)
        follow = self.admin_site.admin_view(self.follow)
        export_view = self.admin_site.admin_view(self.export)
        return [
            path("export/<str:kind>/", export_view, name="catalog_supplieritem_export"),
            path("<int:pk>/explain/", explain, name="catalog_supplieritem_explain"),
            path("<int:pk>/follow/<str:column>/", follow, name="catalog_supplieritem_follow"),
            *super().get_urls(),
        ]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except SupplierBusy:
            self.message_user(request, BUSY, messages.WARNING)
            return redirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: SupplierItem, form: Any, change: Any) -> None:
        """What the person changed, as a run of its own that can be undone."""
        values = {
            COLUMN_OF_FORM_FIELD.get(name, name): getattr(obj, COLUMN_OF_FORM_FIELD.get(name, name))
            for name in form.changed_data
        }
        if values:
            edits_by_hand.edit_item(SupplierItem.objects.get(pk=obj.pk), values, by=person(request))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {"exports": export_links(request, "admin:catalog_supplieritem_export")}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    @method_decorator(require_GET)
    def export(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        """What the list shows with the filters of the address, all of it."""
        return exported(self, request, kind, ITEMS_EXPORT)

    @method_decorator(require_GET)
    def explain(self, request: HttpRequest, pk: int) -> HttpResponse:
        return explanation_page(self, request, pk)

    @method_decorator(require_POST)
    def follow(self, request: HttpRequest, pk: int, column: str) -> HttpResponse:
        """One click, and the list has its say again."""
        if not request.user.has_perm("catalog.change_supplieritem"):
            raise PermissionDenied
        item = get_object_or_404(SupplierItem, pk=pk)
        differing = [each.column for each in edits_by_hand.edited_fields(item)]
        columns = differing if column == ALL else [each for each in differing if each == column]
        try:
            edits_by_hand.follow_list(item, columns, by=person(request))
        except SupplierBusy:
            self.message_user(request, BUSY, messages.WARNING)
        else:
            names = ", ".join(label_of(each) for each in columns) or "-"
            self.message_user(request, _("Follows the list again: %s.") % names, messages.SUCCESS)
        return redirect("admin:catalog_supplieritem_change", pk)

    def panel(self, request: HttpRequest, obj: SupplierItem) -> dict[str, Any]:
        prices = list(obj.price_history.all()[:PRICES_SHOWN])
        drawn = [price for price in prices if price.currency == obj.currency and not price.withdrawn_by_run_id]
        characteristics = sorted(obj.characteristics.items())
        explain_url = reverse("admin:catalog_supplieritem_explain", args=[obj.pk])
        return {
            "chart_options": CHART_OPTIONS,
            "price_chart": chart(drawn, chart_label(obj.currency, drawn), timezone.now()) if len(drawn) > 1 else "",
            "sections": [
                *notes_section(obj),
                *edited_sections(request, obj),
                *facts_section(obj),
                *upcoming_section(obj),
                history_section(prices),
                section(
                    _("Characteristics"),
                    [_("characteristic"), _("value")],
                    characteristics,
                    more_url=explain_url,
                    more_label=_("Where each value comes from"),
                ),
                *edits_section(request, obj),
            ],
        }

    @admin.display(description=gettext_lazy("product"), ordering="product__internal_sku")
    def product_link(self, item: SupplierItem) -> str:
        if item.product is None:
            return "-"
        return link(reverse("admin:catalog_product_change", args=[item.product.pk]), item.product.internal_sku)

    @admin.display(description=gettext_lazy("current price"), ordering="unit_price")
    def price(self, item: SupplierItem) -> str:
        return price_with_tax(item)

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

    @admin.display(description=gettext_lazy("last ingested at"))
    def last_ingested(self, item: SupplierItem) -> str:
        return moment(item.last_ingested_at)
