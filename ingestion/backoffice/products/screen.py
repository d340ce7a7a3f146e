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
from import_export.formats.base_formats import XLSX
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeNumericFilter

from catalog.comparison import MOST_PRODUCTS, TooMany, compare_offers
from catalog.models import Product
from catalog.money import show_money
from catalog.offers import refresh
from ingestion.backoffice.kit.edits import edits_section
from ingestion.backoffice.kit.filters import OfferedByFilter, SubtreeFilter, UncategorisedFilter
from ingestion.backoffice.kit.moves import MOVES, NEWEST_FIRST, OLDEST_FIRST, LifecycleScreen
from ingestion.backoffice.kit.screens import CHART_OPTIONS, Button, badge
from ingestion.backoffice.kit.side_bar import SideBarPart, link_to_list
from ingestion.backoffice.products.exchange import ProductExchange
from ingestion.backoffice.products.joining import JoiningScreen, merge_link
from ingestion.backoffice.products.links import links_section
from ingestion.backoffice.products.offers import listed_offers, offers_section, price_chart
from ingestion.backoffice.products.panel import category_path, status_history

STATUS_COLOURS = {"draft": "warning", "active": "success", "archived": "default"}

link_to_list(SideBarPart.CATALOG, 20, gettext_lazy("Products"), "inventory_2", "catalog.product")


@admin.register(Product)
class ProductAdmin(ProductExchange, JoiningScreen, LifecycleScreen):
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
    readonly_fields = ["status_label", "lowest", "is_available", "created_at", "updated_at"]
    fieldsets = [
        (None, {"fields": ["internal_sku", "name", "category"]}),
        (gettext_lazy("Prices"), {"fields": [("retail_price", "wholesale_price", "currency"), "lowest"]}),
        (
            gettext_lazy("State"),
            {"fields": [("status_label", "is_available"), ("created_at", "updated_at")]},
        ),
    ]
    change_form_outer_before_template = "backoffice/kit/buttons.html"
    change_form_outer_after_template = "backoffice/items/facts.html"

    def get_ordering(self, request: HttpRequest) -> list[str]:
        """Where a status is chosen or sorted by, as the index has its products, read from either end."""
        column = request.GET.get(ORDER_VAR, "")
        if column.startswith("-"):
            return OLDEST_FIRST
        return NEWEST_FIRST if column or "status__exact" in request.GET else ["-id"]

    def get_fieldsets(self, request: HttpRequest, obj: Product | None = None) -> Any:
        return self.fieldsets if obj else self.fieldsets[:2]

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
        offers = listed_offers(obj)
        return {
            "links": merge_link(request, obj),
            "chart_options": CHART_OPTIONS,
            "price_chart": price_chart(obj, offers),
            "buttons": [
                Button(move.label, reverse("admin:catalog_product_move", args=[obj.pk, verb]), move.icon, move.variant)
                for verb, move in MOVES.items()
                if obj.status in move.sources and request.user.has_perm(move.permission)
            ],
            "sections": [
                offers_section(request, obj, offers),
                status_history(obj),
                *links_section(request, obj),
                *edits_section(request, obj),
            ],
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
