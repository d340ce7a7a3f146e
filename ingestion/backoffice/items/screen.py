"""The page of a supplier item: edited by hand, compared with its list, each price explained."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from unfold.widgets import UnfoldAdminTextareaWidget

from catalog.models import PriceHistory, SupplierItem
from ingestion.actions import edits_by_hand
from ingestion.backoffice.changes.cells import label_of, value_of
from ingestion.backoffice.items.plain import SupplierItemAdmin as PlainItemAdmin
from ingestion.backoffice.kit.edits import edits_section
from ingestion.backoffice.kit.export import Export, export_links, exported, register_export
from ingestion.backoffice.kit.fields import JSONObjectField
from ingestion.backoffice.kit.screens import Section, person, section
from ingestion.backoffice.prices.screen import history_section
from ingestion.backoffice.runs.undo import BUSY
from ingestion.runs.supplier_lock import SupplierBusy

ALL = "all"
COLUMNS_OF_EXPORT = (
    gettext_lazy("supplier"), gettext_lazy("supplier SKU"), gettext_lazy("name"), gettext_lazy("current price"),
    gettext_lazy("currency"), gettext_lazy("retail price"), gettext_lazy("stock"), gettext_lazy("availability"),
    gettext_lazy("product"), gettext_lazy("missing since"),
)  # fmt: skip
BATCH = 2000
COLUMNS = {"product": "product_id"}

admin.site.unregister(SupplierItem)


@admin.register(SupplierItem)
class SupplierItemAdmin(PlainItemAdmin):
    """Takes the place of the plain screen of `catalog`: an edit by hand is a run, and a list respects it."""

    formfield_overrides = {
        models.JSONField: {"form_class": JSONObjectField, "widget": UnfoldAdminTextareaWidget(attrs={"rows": 3})}
    }
    fields = [
        ("supplier", "source"),
        ("supplier_sku", "sku_is_derived"),
        "name",
        ("current_price", "currency"),
        ("retail_price", "stock"),
        ("availability", "presence"),
        ("last_ingested",),
        "product",
        "characteristics",
    ]
    readonly_fields = ["supplier", "source", "supplier_sku", "sku_is_derived", "presence", "last_ingested"]

    list_before_template = "admin/ingestion/review/export.html"

    def get_urls(self) -> list[Any]:
        follow = self.admin_site.admin_view(self.follow)
        export_view = self.admin_site.admin_view(self.export)
        return [
            path("export/<str:kind>/", export_view, name="catalog_supplieritem_export"),
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
        values = {COLUMNS.get(name, name): getattr(obj, COLUMNS.get(name, name)) for name in form.changed_data}
        if values:
            edits_by_hand.edit_item(SupplierItem.objects.get(pk=obj.pk), values, by=person(request))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {"exports": export_links(request, "admin:catalog_supplieritem_export")}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    @method_decorator(require_GET)
    def export(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        """What the list shows with the filters of the address, all of it."""
        return exported(self, request, kind, EXPORT)

    @method_decorator(require_POST)
    def follow(self, request: HttpRequest, pk: int, column: str) -> HttpResponse:
        """One click, and the list has its say again."""
        if not request.user.has_perm("catalog.change_supplieritem"):
            raise PermissionDenied
        item = get_object_or_404(SupplierItem, pk=pk)
        differing = [each.column for each in edits_by_hand.differences(item)]
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
        found = super().panel(request, obj)
        return {**found, "sections": [*differences(request, obj), *found["sections"], *edits_section(request, obj)]}

    def history_section(self, prices: list[PriceHistory]) -> Section:
        return history_section(prices)


def exported_rows(items: QuerySet[SupplierItem]) -> Iterator[list[Any]]:
    for item in items.select_related("supplier", "product").order_by("id").iterator(chunk_size=BATCH):
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
        ]


EXPORT = register_export(Export("items", SupplierItem, COLUMNS_OF_EXPORT, exported_rows))


def differences(request: HttpRequest, item: SupplierItem) -> list[Section]:
    """Where the hand and the list differ, each with the way back to the list."""
    found = edits_by_hand.differences(item)
    may = request.user.has_perm("catalog.change_supplieritem")
    rows = [
        [
            label_of(each.column),
            shown(item, each.column, each.hand),
            shown(item, each.column, each.listed),
            follow_button(request, item, each.column) if may else "",
        ]
        for each in found
    ]
    headers = [_("field"), _("by hand"), _("in the list"), ""]
    return (
        [section(_("Changed by hand: a list touches these only when the supplier changes them"), headers, rows)]
        if rows
        else []
    )


def shown(item: SupplierItem, column: str, value: Any) -> str:
    return value_of(column, {column: value, "currency": item.currency if column != "currency" else value}, {})


def follow_button(request: HttpRequest, item: SupplierItem, column: str) -> str:
    url = reverse("admin:catalog_supplieritem_follow", args=[item.pk, column])
    context = {"url": url, "label": _("Follow the list")}
    return render_to_string("admin/ingestion/review/small_button.html", context, request)
