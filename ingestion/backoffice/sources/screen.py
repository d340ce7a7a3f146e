"""Sources: where price lists come from, and what came of them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from ingestion.actions.starts import ingest_now
from ingestion.backoffice.errors.ignored import heed_again_clicked, ignored_section
from ingestion.backoffice.kit.edits import edits_section
from ingestion.backoffice.kit.fields import JSONObjectField
from ingestion.backoffice.kit.run_facts import RUNS, runs_section, tell_started
from ingestion.backoffice.kit.screens import Button, Link, Screen, person
from ingestion.backoffice.kit.side_bar import SideBarPart, link_to_list
from ingestion.backoffice.mapping.screen import go_back_clicked, mapping_link, profiles_section
from ingestion.backoffice.sources.forms import SourceForm
from suppliers.models import PriceListSource

link_to_list(SideBarPart.PRICE_LISTS, 20, gettext_lazy("Sources"), "move_to_inbox", "suppliers.pricelistsource")


def upload_link(request: HttpRequest, **given: int) -> list[Link]:
    """The way to the upload form, for those who may."""
    if not request.user.has_perm("ingestion.start_ingestionrun"):
        return []
    return [Link(_("Upload price list"), reverse("admin:ingestion_pricelist_add", query=given), "upload", "primary")]


@admin.register(PriceListSource)
class SourceAdmin(Screen):
    form = SourceForm
    formfield_overrides = {models.JSONField: {"form_class": JSONObjectField}}
    list_display = ["name", "supplier", "kind", "last_ingested_at", "is_active"]

    list_filter = [("supplier", AutocompleteSelectFilter), ("kind", ChoicesDropdownFilter), "is_active"]
    list_select_related = ["supplier"]
    search_fields = ["name", "supplier__name"]
    autocomplete_fields = ["supplier"]
    actions = ["ingest_chosen", "dry_run_chosen"]
    readonly_fields = ["last_ingested_at", "complete_lists"]
    fieldsets = [
        (None, {"fields": [("supplier", "name"), ("kind", "is_active"), "sheet_url", "last_ingested_at"]}),
        (
            gettext_lazy("How it is read"),
            {
                "fields": [
                    ("parser_type", "sheet_name"),
                    ("decimal_sign", "default_currency"),
                    "zero_is_price",
                    "config",
                ]
            },
        ),
        (
            gettext_lazy("Guards"),
            {
                "description": gettext_lazy("What is stopped before it does harm. Left empty, a guard is off."),
                "fields": [
                    ("shock_percent", "max_failed_percent"),
                    ("minimum_share", "discontinued_after"),
                    ("max_new_categories", "complete_lists"),
                ],
            },
        ),
    ]
    change_form_outer_before_template = "backoffice/kit/buttons.html"
    change_form_outer_after_template = "backoffice/kit/tables.html"

    class Media:
        js = ["backoffice/sources/source.js"]

    def has_start_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("ingestion.start_ingestionrun")

    def get_urls(self) -> list[Any]:
        ingest = self.admin_site.admin_view(self.ingest_one)
        mapping = self.admin_site.admin_view(self.mapping)
        heed = self.admin_site.admin_view(self.heed)
        return [
            path("<int:pk>/ingest/", ingest, name="suppliers_pricelistsource_ingest"),
            path("<int:pk>/heed/<int:ignored>/", heed, name="suppliers_pricelistsource_heed"),
            path("<int:pk>/mapping/<int:profile>/", mapping, name="suppliers_pricelistsource_mapping"),
            *super().get_urls(),
        ]

    @method_decorator(require_POST)
    def mapping(self, request: HttpRequest, pk: int, profile: int) -> HttpResponse:
        return go_back_clicked(self, request, get_object_or_404(PriceListSource, pk=pk), profile)

    @method_decorator(require_POST)
    def heed(self, request: HttpRequest, pk: int, ignored: int) -> HttpResponse:
        return heed_again_clicked(self, request, get_object_or_404(PriceListSource, pk=pk), ignored)

    @admin.action(description=gettext_lazy("Ingest now"), permissions=["start"])
    def ingest_chosen(self, request: HttpRequest, queryset: QuerySet[PriceListSource]) -> None:
        tell_started(self, request, ingest_now(queryset.select_related("supplier"), by=person(request)))

    @admin.action(description=gettext_lazy("Dry run"), permissions=["start"])
    def dry_run_chosen(self, request: HttpRequest, queryset: QuerySet[PriceListSource]) -> None:
        chosen = queryset.select_related("supplier")
        tell_started(self, request, ingest_now(chosen, by=person(request), dry_run=True))

    @method_decorator(require_POST)
    def ingest_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_start_permission(request):
            raise PermissionDenied
        source = get_object_or_404(PriceListSource.objects.select_related("supplier"), pk=pk)
        started = ingest_now([source], by=person(request), dry_run="dry_run" in request.GET)
        for run in started.runs:
            self.message_user(request, _("Run #%(number)d waits in the queue.") % {"number": run.pk}, messages.SUCCESS)
            return redirect("admin:ingestion_ingestionrun_change", run.pk)
        self.message_user(request, " ".join(started.refused), messages.WARNING if started.under_way else messages.ERROR)
        for run in started.under_way:
            return redirect("admin:ingestion_ingestionrun_change", run.pk)
        return redirect("admin:suppliers_pricelistsource_change", pk)

    def panel(self, request: HttpRequest, obj: PriceListSource) -> dict[str, Any]:
        may_start = self.has_start_permission(request)
        ingest = reverse("admin:suppliers_pricelistsource_ingest", args=[obj.pk])
        is_upload = obj.kind == PriceListSource.Kind.UPLOAD
        buttons = [
            Button(_("Ingest now"), ingest, "sync", "default" if is_upload else "primary"),
            Button(_("Dry run"), f"{ingest}?dry_run=1", "visibility"),
        ]
        return {
            "links": [
                *(upload_link(request, source=obj.pk) if is_upload else []),
                *mapping_link(obj.price_lists.first()),
            ],
            "buttons": buttons if may_start else [],
            "sections": [
                runs_section(obj.runs.all(), reverse(RUNS, query={"source__id__exact": obj.pk})),
                *filter(None, [profiles_section(request, obj), ignored_section(request, obj)]),
                *edits_section(request, obj),
            ],
        }
