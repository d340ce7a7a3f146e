"""Suppliers and their sources, with what came of their lists."""

from __future__ import annotations

from typing import Any

from django import forms
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
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminURLInputWidget

from catalog.admin.screens import Button, Link, Screen, Section, link, moment, person, section
from catalog.models import SupplierItem
from catalog.removal import remove_items
from ingestion import sources
from ingestion.admin.mapping import go_back, mapping_link, profiles_section
from ingestion.admin.run_facts import runs_section, tell_started
from ingestion.errors import ConfigurationError
from ingestion.parsers.registry import get_parser, parsers
from ingestion.starts import ingest_now
from ingestion.texts import text_of
from suppliers.admin import SupplierAdmin as PlainSupplierAdmin
from suppliers.forms import JSONObjectField
from suppliers.models import PriceListSource, Supplier

READING = ("kind", "sheet_url", "sheet_name", "config", "parser_type")
RUNS = "admin:ingestion_ingestionrun_changelist"


def upload_link(request: HttpRequest, **given: int) -> list[Link]:
    """The way to the upload form, for those who may."""
    if not request.user.has_perm("ingestion.start_ingestionrun"):
        return []
    return [Link(_("Upload price list"), reverse("admin:ingestion_pricelist_add", query=given), "upload", "primary")]


class SourceForm(forms.ModelForm[PriceListSource]):
    """Refuses what could only fail later: an address that is not a sheet's, settings that no parser knows."""

    sheet_url = forms.URLField(
        label=gettext_lazy("Sheet address"),
        max_length=1000,
        required=False,
        assume_scheme="https",
        widget=UnfoldAdminURLInputWidget,
        help_text=gettext_lazy("As the browser shows it. The sheet must be shared with the service account."),
    )

    class Meta:
        model = PriceListSource
        fields = (
            "supplier",
            "name",
            "kind",
            "is_active",
            "sheet_url",
            "sheet_name",
            "parser_type",
            "decimal_sign",
            "zero_is_price",
            "config",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "parser_type" in self.fields:
            choices = [("", _("as the content says")), *((name, parser.title) for name, parser in parsers().items())]
            self.fields["parser_type"] = forms.ChoiceField(
                label=self.fields["parser_type"].label,
                help_text=self.fields["parser_type"].help_text,
                choices=choices,
                required=False,
                widget=UnfoldAdminSelectWidget,
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("kind") == PriceListSource.Kind.GOOGLE_SHEET and "sheet_url" not in self.errors:
            self._check_address(data["sheet_url"])
        if not self.errors:
            self._check_settings()
        return data

    def _check_address(self, address: str) -> None:
        if not address:
            self.add_error("sheet_url", _("A Google Sheet needs its address."))
            return
        try:
            get_parser(sources.GOOGLE_SHEETS).check({"sheet_url": address})
        except ConfigurationError as problem:
            self.add_error("sheet_url", text_of(problem.message))

    def _check_settings(self) -> None:
        source = PriceListSource(**{name: self.cleaned_data[name] for name in READING})
        try:
            sources.parser_of(source, None).check(sources.with_source(source, {}))
        except ConfigurationError as problem:
            text = text_of(problem.message)
            self.add_error("config", text)


@admin.register(PriceListSource)
class SourceAdmin(Screen):
    form = SourceForm
    formfield_overrides = {models.JSONField: {"form_class": JSONObjectField}}
    list_display = ["name", "supplier", "kind", "last_ingested_at", "is_active"]
    list_filter = [("supplier", AutocompleteSelectFilter), ("kind", ChoicesDropdownFilter), "is_active"]
    list_select_related = ["supplier"]
    search_fields = ["name", "supplier__name"]
    autocomplete_fields = ["supplier"]
    actions = ["ingest_chosen"]
    readonly_fields = ["last_ingested_at"]
    fieldsets = [
        (None, {"fields": [("supplier", "name"), ("kind", "is_active"), "sheet_url", "last_ingested_at"]}),
        (
            gettext_lazy("How it is read"),
            {"fields": [("parser_type", "sheet_name"), ("decimal_sign", "zero_is_price"), "config"]},
        ),
    ]
    conditional_fields = {"sheet_url": "kind == 'google_sheet'"}
    change_form_outer_before_template = "admin/buttons.html"
    change_form_outer_after_template = "admin/tables.html"

    def has_start_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("ingestion.start_ingestionrun")

    def get_urls(self) -> list[Any]:
        ingest = self.admin_site.admin_view(self.ingest_one)
        mapping = self.admin_site.admin_view(self.mapping)
        return [
            path("<int:pk>/ingest/", ingest, name="suppliers_pricelistsource_ingest"),
            path("<int:pk>/mapping/<int:profile>/", mapping, name="suppliers_pricelistsource_mapping"),
            *super().get_urls(),
        ]

    @method_decorator(require_POST)
    def mapping(self, request: HttpRequest, pk: int, profile: int) -> HttpResponse:
        return go_back(self, request, get_object_or_404(PriceListSource, pk=pk), profile)

    @admin.action(description=gettext_lazy("Ingest now"), permissions=["start"])
    def ingest_chosen(self, request: HttpRequest, queryset: QuerySet[PriceListSource]) -> None:
        tell_started(self, request, ingest_now(queryset.select_related("supplier"), by=person(request)))

    @method_decorator(require_POST)
    def ingest_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_start_permission(request):
            raise PermissionDenied
        source = get_object_or_404(PriceListSource.objects.select_related("supplier"), pk=pk)
        started = ingest_now([source], by=person(request))
        for run in started.runs:
            self.message_user(request, _("Run #%(number)d waits in the queue.") % {"number": run.pk}, messages.SUCCESS)
            return redirect("admin:ingestion_ingestionrun_change", run.pk)
        self.message_user(request, " ".join(started.refused), messages.ERROR)
        return redirect("admin:suppliers_pricelistsource_change", pk)

    def panel(self, request: HttpRequest, obj: PriceListSource) -> dict[str, Any]:
        may_start = self.has_start_permission(request)
        ingest = reverse("admin:suppliers_pricelistsource_ingest", args=[obj.pk])
        is_upload = obj.kind == PriceListSource.Kind.UPLOAD
        button = Button(_("Ingest now"), ingest, "sync", "default" if is_upload else "primary")
        return {
            "links": [
                *(upload_link(request, source=obj.pk) if is_upload else []),
                *mapping_link(obj.price_lists.first()),
            ],
            "buttons": [button] if may_start else [],
            "sections": [
                runs_section(obj.runs.all(), reverse(RUNS, query={"source__id__exact": obj.pk})),
                *filter(None, [profiles_section(request, obj)]),
            ],
        }


admin.site.unregister(Supplier)


@admin.register(Supplier)
class SupplierAdmin(PlainSupplierAdmin, Screen):
    """The supplier's page with its sources, its last runs and the way to upload a list."""

    change_form_outer_before_template = "admin/buttons.html"
    change_form_outer_after_template = "admin/tables.html"

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
        return {"links": links, "sections": [sources_section(obj), runs_section(obj.runs.all(), runs_url)]}


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
