"""The page of a supplier: its sources, its last runs, and the way to upload a list."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import SupplierItem
from catalog.removal import remove_items
from ingestion.backoffice.kit.edits import edits_section
from ingestion.backoffice.kit.fields import JSONObjectField
from ingestion.backoffice.kit.run_facts import RUNS, runs_section
from ingestion.backoffice.kit.screens import Link, Screen, Section, link, moment, section
from ingestion.backoffice.kit.side_bar import SideBarPart, link_to_list
from ingestion.backoffice.sources.screen import upload_link
from ingestion.backoffice.suppliers.matching import matching_section
from suppliers.models import Supplier

link_to_list(SideBarPart.PRICE_LISTS, 10, gettext_lazy("Suppliers"), "local_shipping", "suppliers.supplier")


@admin.register(Supplier)
class SupplierAdmin(Screen):
    formfield_overrides = {models.JSONField: {"form_class": JSONObjectField}}
    list_display = ["name", "default_currency", "contact_email", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name", "contact_email"]
    readonly_fields = ["created_at", "updated_at"]
    fieldsets = [
        (None, {"fields": ["name", "contact_email", ("default_currency", "is_active")]}),
        (gettext_lazy("More"), {"fields": ["metadata", ("created_at", "updated_at")], "classes": ["collapse"]}),
    ]
    change_form_outer_before_template = "backoffice/kit/buttons.html"
    change_form_outer_after_template = "backoffice/kit/tables.html"

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Says how many items would go, not each of them: there may be a hundred thousand."""
        items = SupplierItem.objects.filter(supplier__in=[supplier.pk for supplier in objs])
        counts = {_("suppliers"): len(objs), _("supplier items"): items.count()}
        missing = set() if self.has_delete_permission(request) else {_("supplier")}
        return [str(supplier) for supplier in objs], counts, missing, []

    def delete_model(self, request: HttpRequest, obj: Supplier) -> None:
        remove_items(SupplierItem.objects.filter(supplier=obj))
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Supplier]) -> None:
        remove_items(SupplierItem.objects.filter(supplier__in=queryset.values("pk")))
        super().delete_queryset(request, queryset)

    def panel(self, request: HttpRequest, obj: Supplier) -> dict[str, Any]:
        links = upload_link(request, supplier=obj.pk)
        if request.user.has_perm("suppliers.add_pricelistsource"):
            add = reverse("admin:suppliers_pricelistsource_add", query={"supplier": obj.pk})
            links.append(Link(_("Add a source"), add, "add"))
        items = reverse("admin:catalog_supplieritem_changelist", query={"supplier__id__exact": obj.pk})
        links.append(Link(_("Its items"), items, "sell"))
        runs_url = reverse(RUNS, query={"supplier__id__exact": obj.pk})
        sections = [sources_section(obj), *matching_section(obj), runs_section(obj.runs.all(), runs_url)]
        return {"links": links, "sections": [*sections, *edits_section(request, obj)]}


def sources_section(supplier: Supplier) -> Section:
    rows = (
        (
            link(reverse("admin:suppliers_pricelistsource_change", args=[source.pk]), source.name),
            source.get_kind_display(),
            moment(source.last_ingested_at),
            _("yes") if source.is_active else _("no"),
        )
        for source in supplier.sources.order_by("name")
    )
    return section(_("Price list sources"), [_("name"), _("kind"), _("last ingested at"), _("active")], rows)
