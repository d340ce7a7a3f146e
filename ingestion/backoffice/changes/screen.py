"""The list behind each bucket of a run: what changes, old beside new; filtered, searched, exported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    RangeNumericFilter,
)

from catalog.models import SupplierItem
from ingestion.backoffice.changes import cells
from ingestion.backoffice.kit.export import Export, export_links, exported, register_export
from ingestion.backoffice.kit.filters import PersonFilter
from ingestion.backoffice.kit.rows import row_link
from ingestion.backoffice.kit.run_facts import run_link
from ingestion.backoffice.kit.screens import ReadOnlyScreen, badge
from ingestion.backoffice.kit.side_bar import SideBarPart, link_to_list
from ingestion.models import Change
from ingestion.models.querysets import ChangeQuerySet

AT_LENGTH = ("summary", "understanding", "source_config", "error_counts", "drift")

link_to_list(SideBarPart.PRICE_LISTS, 50, gettext_lazy("Changes"), "difference", "ingestion.change")


def by_code(changes: QuerySet[Change], term: str) -> QuerySet[Change]:
    return changes.filter(supplier_sku__istartswith=term.strip())


class ChangeScreen(ReadOnlyScreen):
    """What lists of changes have in common."""

    list_select_related = ["run"]
    list_per_page = 100
    list_display_links = None
    search_fields = ["supplier_sku"]
    search = staticmethod(by_code)
    search_help_text = gettext_lazy("A supplier's SKU or the start of it")

    class Media:
        css = {"all": ["backoffice/kit/review.css"]}

    def get_queryset(self, request: HttpRequest) -> ChangeQuerySet:
        """Changes name their items by number; the names are read for the rows of a page only.

        What a run says of itself at length is not read again for each of its changes.
        """
        items = SupplierItem.objects.filter(pk=OuterRef("item_id"))
        found: ChangeQuerySet = super().get_queryset(request)
        found = found.annotate(item_name=Subquery(items.values("name")[:1]))
        return found.defer(*(f"run__{name}" for name in AT_LENGTH))

    @admin.display(description=gettext_lazy("item"))
    def item(self, change: Change) -> str:
        return cells.item_link(change)

    @admin.display(description=gettext_lazy("name"))
    def name(self, change: Change) -> str:
        return getattr(change, "item_name", None) or cells.listed_name(change)

    @admin.display(description=gettext_lazy("old and new"))
    def difference(self, change: Change) -> SafeString:
        return cells.side_by_side(change)

    @admin.display(description=gettext_lazy("change"), ordering="percent")
    def shown_percent(self, change: Change) -> str:
        return cells.signed(change.percent)

    @admin.display(description=gettext_lazy("likely cause"), ordering="cause")
    def shown_cause(self, change: Change) -> str:
        return cells.cause_text(change)

    @admin.display(description=gettext_lazy("run"), ordering="run")
    def run_number(self, change: Change) -> str:
        return run_link(change.run)

    @admin.display(description=gettext_lazy("row"), ordering="row_number")
    def row(self, change: Change) -> str:
        """Leads to that row of the stored file."""
        return row_link(change.run, change.sheet, change.row_number)


@admin.register(Change)
class ChangeAdmin(ChangeScreen):
    list_display = [
        "item", "name", "kind_label", "difference", "shown_percent", "shown_cause", "state_label", "row", "run_number",
    ]  # fmt: skip
    list_filter = [
        ("run", AutocompleteSelectFilter),
        ("kind", ChoicesDropdownFilter),
        ("state", ChoicesDropdownFilter),
        ("cause", ChoicesDropdownFilter),
        ("percent", RangeNumericFilter),
        ("decided_by", PersonFilter),
    ]
    list_select_related = ["run", "decided_by"]
    list_before_template = "backoffice/kit/export.html"

    def get_urls(self) -> list[Any]:
        export_view = self.admin_site.admin_view(self.export)
        return [path("export/<str:kind>/", export_view, name="ingestion_change_export"), *super().get_urls()]

    @method_decorator(require_GET)
    def export(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        return exported(self, request, kind, CHANGES_EXPORT)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {"exports": export_links(request, "admin:ingestion_change_export")}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def kind_label(self, change: Change) -> str:
        return badge(change.get_kind_display(), cells.KIND_COLOURS[change.kind])

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_label(self, change: Change) -> str:
        state = badge(change.get_state_display(), cells.STATE_COLOURS[change.state])
        if not change.decided_by and not change.comment:
            return state
        text = ": ".join(filter(None, [str(change.decided_by or ""), change.comment]))
        return format_html('{}<div class="rev-decision">{}</div>', state, text)


def exported_rows(changes: QuerySet[Change]) -> Iterator[list[Any]]:
    return cells.exported_lines(changes.defer(None).select_related(None).order_by("id"))


CHANGES_EXPORT = register_export(Export("changes", Change, cells.EXPORTED_COLUMNS, exported_rows))
