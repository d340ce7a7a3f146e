"""Every price that every supplier item had, and where it comes from: run, file, sheet, row, cell, rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from catalog import search
from catalog.models import PriceHistory
from catalog.money import show_money
from ingestion.backoffice.kit.filters import MomentFilter, PricesOfFilter
from ingestion.backoffice.kit.rows import excerpt
from ingestion.backoffice.kit.run_facts import run_link
from ingestion.backoffice.kit.screens import ReadOnlyScreen, link, moment
from ingestion.backoffice.kit.side_bar import SideBarPart, link_to_list
from ingestion.backoffice.prices.history import explain_link, withdrawn
from ingestion.models import IngestionRun
from ingestion.views.explain import Explanation, explain, show_row

Fact = tuple[Any, Any]

link_to_list(SideBarPart.CATALOG, 50, gettext_lazy("Price history"), "timeline", "catalog.pricehistory")


@admin.register(PriceHistory)
class PriceHistoryAdmin(ReadOnlyScreen):
    list_display = ["recorded_at", "supplier_item", "supplier", "shown_price", "withdrawn", "explanation"]
    list_display_links = None
    list_select_related = ["supplier_item__supplier"]
    list_filter = [
        ("supplier_item__supplier", PricesOfFilter),
        ("recorded_at", MomentFilter),
    ]
    ordering = ["-recorded_at"]
    search_fields = ["supplier_item__supplier_sku", "supplier_item__name"]
    search = staticmethod(search.prices)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.explain)
        return [path("<int:pk>/explain/", view, name="catalog_pricehistory_explain"), *super().get_urls()]

    @admin.display(description=gettext_lazy("supplier"))
    def supplier(self, price: PriceHistory) -> str:
        return price.supplier_item.supplier.name

    @admin.display(description=gettext_lazy("price"))
    def shown_price(self, price: PriceHistory) -> str:
        return show_money(price.price, price.currency, price.per_quantity)

    @admin.display(description=gettext_lazy("withdrawn"))
    def withdrawn(self, price: PriceHistory) -> str:
        return withdrawn(price)

    @admin.display(description=gettext_lazy("where it comes from"))
    def explanation(self, price: PriceHistory) -> str:
        return explain_link(price)

    @method_decorator(require_GET)
    def explain(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everything about one price, and its row in the file."""
        if not request.user.has_perms(["catalog.view_pricehistory", "ingestion.view_ingestionrun"]):
            raise PermissionDenied
        price = get_object_or_404(PriceHistory.objects.select_related("supplier_item__supplier"), pk=pk)
        found = explain(price)
        rows = excerpt(request, found.run, found.sheet, found.row_number) if found.run and found.row_number else {}
        if "grid" in rows:
            show_row(found, rows["grid"])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Where %s comes from") % show_money(price.price, price.currency, price.per_quantity),
            "opts": self.opts,
            "run": found.run,
            "row": found.row_number,
            "column": found.column,
            "facts": list(explanation_facts(found)),
            **rows,
        }
        return TemplateResponse(request, "backoffice/kit/row.html", context)


def explanation_facts(found: Explanation) -> Iterator[Fact]:
    """Everything that is known, from the item down to the cell."""
    price, item = found.price, found.price.supplier_item
    yield _("item"), link(reverse("admin:catalog_supplieritem_change", args=[item.pk]), item)
    yield _("price"), f"{show_money(price.price, price.currency, price.per_quantity)}, {moment(price.recorded_at)}"
    if found.run is not None:
        yield _("run"), run_text(found.run)
    if found.set_by is not None and found.set_by != found.run:
        yield _("accepted by"), run_text(found.set_by)
    if found.row_number:
        yield _("place"), place(found)
    known = (
        (_("file"), found.price_list.original_name if found.price_list else ""),
        (_("what the cell says"), found.raw),
        (_("corrected to"), found.correction),
        (_("how it was read"), found.rule),
        (_("note"), found.note),
        (_("withdrawn"), withdrawn(price)),
    )
    yield from ((name, text) for name, text in known if text)


def run_text(run: IngestionRun) -> str:
    by = f", {run.started_by}" if run.started_by else ""
    comment = f", “{run.comment}”" if run.comment else ""
    return format_html("{}{}, {}{}", run_link(run), by, moment(run.created_at), comment)


def place(found: Explanation) -> str:
    parts = [_("sheet “%s”") % found.sheet] if found.sheet else []
    parts.append(_("row %d") % found.row_number if found.row_number else "")
    if found.column:
        header = f" ({found.header})" if found.header else ""
        parts.append(_("column %s") % found.column + header)
    return ", ".join(parts)
