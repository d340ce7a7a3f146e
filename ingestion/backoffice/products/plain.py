"""Products: edited by hand, moved through their life cycle, imported and exported."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ORDER_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from import_export.admin import ImportExportModelAdmin
from import_export.formats.base_formats import CSV, XLSX
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeNumericFilter
from unfold.contrib.import_export.forms import ExportForm

from catalog.comparison import MOST_PRODUCTS, TooMany, compare_offers
from catalog.models import Category, Product
from catalog.money import show_money
from catalog.offers import refresh
from catalog.resources import ProductResource
from ingestion.backoffice.kit.edits import edits_section
from ingestion.backoffice.kit.filters import OfferedByFilter, SubtreeFilter, UncategorisedFilter
from ingestion.backoffice.kit.moves import MOVES, NEWEST_FIRST, OLDEST_FIRST, LifecycleScreen
from ingestion.backoffice.kit.screens import Button, Section, badge, link, moment, section
from ingestion.backoffice.products.import_form import ConfirmForm, ImportForm

STATUS_COLOURS = {"draft": "warning", "active": "success", "archived": "default"}

SHOWN = 50


def category_path(category: Category | None) -> str:
    """A category with the one above it, which is what a list has room for."""
    if category is None:
        return "-"
    return f"{category.parent.name} > {category.name}" if category.parent else category.name


def offers(product: Product) -> Section:
    """What its suppliers ask for it, side by side: listed ones first, the cheapest on top."""
    items = product.offers.select_related("supplier").order_by("-missing_since", "current_price")
    rows = (
        (
            item.supplier.name,
            link(reverse("admin:catalog_supplieritem_change", args=[item.pk]), item.supplier_sku),
            item.name,
            show_money(item.current_price, item.currency),
            item.get_availability_display(),
            moment(item.missing_since),
        )
        for item in items[:SHOWN]
    )
    headers = [_("supplier"), _("supplier SKU"), _("name"), _("current price"), _("availability"), _("missing since")]
    return section(_("Offers of suppliers"), headers, rows)


def status_history(product: Product) -> Section:
    changes = product.status_changes.select_related("by")
    rows = (
        (moment(change.at), change.by or "-", change.get_from_status_display(), change.get_to_status_display())
        for change in changes[:SHOWN]
    )
    return section(_("Status history"), [_("at"), _("by"), _("from"), _("to")], rows)


@admin.register(Product)
class ProductAdmin(ImportExportModelAdmin, LifecycleScreen):
    list_display = ["internal_sku", "name", "category_column", "status_label", "lowest", "retail", "is_available"]
    list_filter = [
        ("status", ChoicesDropdownFilter),
        ("category", SubtreeFilter),
        ("offers__supplier", OfferedByFilter),
        UncategorisedFilter,
        "is_available",
        ("lowest_price", RangeNumericFilter),
    ]
    list_select_related = ["category__parent"]
    search_fields = ["internal_sku", "name"]
    autocomplete_fields = ["category"]
    actions = ["promote", "archive", "reactivate", "compare"]
    formats = [XLSX, CSV]
    import_form_class = ImportForm
    confirm_form_class = ConfirmForm
    export_form_class = ExportForm
    to_encoding = "utf-8-sig"
    resource_classes = [ProductResource]
    readonly_fields = ["status_label", "lowest", "is_available", "created_at", "updated_at"]
    fieldsets = [
        (None, {"fields": ["internal_sku", "name", "category"]}),
        (gettext_lazy("Prices"), {"fields": [("retail_price", "wholesale_price", "currency"), "lowest"]}),
        (
            gettext_lazy("State"),
            {"fields": [("status_label", "is_available"), ("created_at", "updated_at")]},
        ),
    ]
    change_form_outer_before_template = "admin/buttons.html"
    change_form_outer_after_template = "admin/tables.html"

    def get_ordering(self, request: HttpRequest) -> list[str]:
        """Where a status is chosen or sorted by, as the index has its products, read from either end."""
        column = request.GET.get(ORDER_VAR, "")
        if column.startswith("-"):
            return OLDEST_FIRST
        return NEWEST_FIRST if column or "status__exact" in request.GET else ["-id"]

    def get_fieldsets(self, request: HttpRequest, obj: Product | None = None) -> Any:
        return self.fieldsets if obj else self.fieldsets[:2]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perms(["catalog.add_product", "catalog.change_product"])

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def init_request_context_data(self, request: HttpRequest, form: Any) -> dict[str, Any]:
        """The page of an export names what is exported, which is more than what can be imported."""
        context: dict[str, Any] = super().init_request_context_data(request, form)
        resources = [resource() for resource in self.get_export_resource_classes(request)]
        context["fields_list"] = [
            (resource.get_display_name(), resource.get_export_headers()) for resource in resources
        ]
        return context

    def get_urls(self) -> list[Any]:
        move = self.admin_site.admin_view(self.move_one)
        return [path("<int:pk>/<str:verb>/now/", move, name="catalog_product_move"), *super().get_urls()]

    @method_decorator(require_POST)
    def move_one(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        if verb not in MOVES:
            raise Http404
        if not request.user.has_perm(MOVES[verb].permission):
            raise PermissionDenied
        self.move(request, Product.objects.filter(pk=pk), verb)
        return redirect("admin:catalog_product_change", pk)

    @admin.action(description=gettext_lazy("Compare offers (XLSX)"), permissions=["view"])
    def compare(self, request: HttpRequest, queryset: QuerySet[Product]) -> HttpResponse | None:
        try:
            content = compare_offers(queryset)
        except TooMany:
            text = _("More than %(most)d products cannot be compared at once: choose fewer, by a filter for example.")
            self.message_user(request, text % {"most": MOST_PRODUCTS}, messages.ERROR)
            return None
        named = {"Content-Disposition": 'attachment; filename="offers.xlsx"'}
        return HttpResponse(content, content_type=XLSX().get_content_type(), headers=named)

    def save_model(self, request: HttpRequest, obj: Product, form: Any, change: Any) -> None:
        """The lowest price is that of offers in the product's own currency."""
        super().save_model(request, obj, form, change)
        if change and "currency" in form.changed_data:
            refresh([obj.pk])

    def panel(self, request: HttpRequest, obj: Product) -> dict[str, Any]:
        return {
            "buttons": [
                Button(move.label, reverse("admin:catalog_product_move", args=[obj.pk, verb]), move.icon, move.variant)
                for verb, move in MOVES.items()
                if obj.status in move.sources and request.user.has_perm(move.permission)
            ],
            "sections": [offers(obj), status_history(obj), *edits_section(request, obj)],
        }

    @admin.display(description=gettext_lazy("category"), ordering="category__name")
    def category_column(self, product: Product) -> str:
        return category_path(product.category)

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def status_label(self, product: Product) -> str:
        return badge(product.get_status_display(), STATUS_COLOURS[product.status])

    @admin.display(description=gettext_lazy("lowest supplier price"), ordering="lowest_price")
    def lowest(self, product: Product) -> str:
        return show_money(product.lowest_price, product.currency)

    @admin.display(description=gettext_lazy("retail price"), ordering="retail_price")
    def retail(self, product: Product) -> str:
        return show_money(product.retail_price, product.currency)
