"""Received files, and the form that receives one."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from ingestion.actions.uploads import keep_upload, own_source, receive_upload
from ingestion.backoffice.kit.filters import MomentFilter
from ingestion.backoffice.kit.run_facts import runs_section, tell_under_way
from ingestion.backoffice.kit.screens import badge, link, person
from ingestion.backoffice.kit.side_bar import SideBarPart, link_to_list
from ingestion.backoffice.mapping.screen import MappingScreen, mapping_link
from ingestion.backoffice.price_lists.upload_form import SupplierForm, UploadForm
from ingestion.errors import IngestionError
from ingestion.lists.storage import damaged, open_whole
from ingestion.models import FileState, PriceList
from ingestion.runs.requests import UnderWay
from ingestion.texts import text_of
from suppliers.models import PriceListSource, Supplier

link_to_list(SideBarPart.PRICE_LISTS, 60, gettext_lazy("Received lists"), "description", "ingestion.pricelist")


class DamagedFilter(admin.SimpleListFilter):
    title = gettext_lazy("damaged files")
    parameter_name = "is_damaged"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("Damaged or gone"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.damaged() if self.value() == "yes" else queryset


@admin.register(PriceList)
class PriceListAdmin(MappingScreen):
    list_display = ["original_name", "supplier", "source", "shown_size", "received_by", "received_at", "file_link"]
    list_filter = [
        ("supplier", AutocompleteSelectFilter),
        ("source", AutocompleteSelectFilter),
        ("received_at", MomentFilter),
        DamagedFilter,
    ]
    list_select_related = ["supplier", "source__supplier", "received_by"]
    search_fields = ["original_name", "sha256__exact"]
    fields = [
        ("original_name", "file_link"),
        ("supplier", "source"),
        ("shown_size", "sha256"),
        ("receiver", "received_at"),
        ("shown_state", "checked_at"),
    ]
    readonly_fields = ["shown_size", "file_link", "receiver", "shown_state"]
    change_form_outer_before_template = "backoffice/kit/buttons.html"
    change_form_outer_after_template = "backoffice/kit/tables.html"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("ingestion.start_ingestionrun")

    def get_urls(self) -> list[Any]:
        download = self.admin_site.admin_view(self.download)
        return [path("<int:pk>/file/", download, name="ingestion_pricelist_file"), *super().get_urls()]

    def download(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The file as it came, or why not. Never shown in our own pages: it is always an attachment."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        price_list = get_object_or_404(PriceList, pk=pk)
        try:
            content = open_whole(price_list)
        except IngestionError as problem:
            self.message_user(request, text_of(problem.message), messages.ERROR)
            return redirect("admin:ingestion_pricelist_change", pk)
        response = FileResponse(
            content,
            as_attachment=True,
            filename=price_list.original_name,
            content_type="application/octet-stream",
        )
        response["X-Content-Type-Options"] = "nosniff"
        return response

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Adding a price list is receiving a file: first whose it is, then the file."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        choice = SupplierForm({"supplier": self._given_supplier(request)})
        if not choice.is_valid():
            first_step = choice if request.GET.get("supplier") else SupplierForm()
            return self._page(request, first_step, None)
        supplier: Supplier = choice.cleaned_data["supplier"]
        given = (request.POST, request.FILES) if request.method == "POST" else ()
        form = UploadForm(*given, supplier=supplier, initial={"source": request.GET.get("source")})
        if form.is_valid():
            try:
                receive = self._preview if "preview" in request.POST else self._receive
                return receive(request, supplier, form.cleaned_data)
            except IngestionError as problem:
                form.add_error(None, text_of(problem.message))
        return self._page(request, form, supplier)

    def _given_supplier(self, request: HttpRequest) -> str:
        source = request.GET.get("source", "")
        if source.isdecimal():
            found = PriceListSource.objects.filter(pk=source).values_list("supplier", flat=True).first()
            return str(found or "")
        supplier = request.GET.get("supplier", "")
        return supplier if supplier.isdecimal() else ""

    def _receive(self, request: HttpRequest, supplier: Supplier, data: dict[str, Any]) -> HttpResponse:
        try:
            run = receive_upload(
                supplier=supplier,
                source=data.get("source"),
                file=data["file"],
                by=person(request),
                force=data["force"],
                dry_run="dry_run" in request.POST,
            )
        except UnderWay as doubled:
            if answer := tell_under_way(self, request, doubled):
                return answer
            raise
        self.message_user(request, _("“%s” was received and waits in the queue.") % data["file"].name, messages.SUCCESS)
        return redirect("admin:ingestion_ingestionrun_change", run.pk)

    def _preview(self, request: HttpRequest, supplier: Supplier, data: dict[str, Any]) -> HttpResponse:
        source = data.get("source") or own_source(supplier)
        price_list = keep_upload(file=data["file"], source=source, by=person(request))
        return redirect("admin:ingestion_pricelist_mapping", price_list.pk)

    def _page(self, request: HttpRequest, form: Any, supplier: Supplier | None) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Upload a price list of %s") % supplier if supplier else _("Upload a price list"),
            "opts": self.opts,
            "form": form,
            "media": self.media + form.media,
            "supplier": supplier,
        }
        return TemplateResponse(request, "backoffice/price_lists/upload.html", context)

    def panel(self, request: HttpRequest, obj: PriceList) -> dict[str, Any]:
        return {"links": mapping_link(obj), "sections": [runs_section(obj.runs.all())]}

    @admin.display(description=gettext_lazy("size"), ordering="size")
    def shown_size(self, price_list: PriceList) -> str:
        return filesizeformat(price_list.size)

    @admin.display(description=gettext_lazy("stored file"))
    def shown_state(self, price_list: PriceList) -> str:
        if price_list.file_state == FileState.WHOLE:
            return price_list.get_file_state_display()
        return str(damaged(price_list, FileState(price_list.file_state)))

    @admin.display(description=gettext_lazy("received from"))
    def receiver(self, price_list: PriceList) -> str:
        """Without a link: who may see lists need not see accounts."""
        return str(price_list.received_by or "-")

    @admin.display(description=gettext_lazy("file"))
    def file_link(self, price_list: PriceList) -> str:
        if price_list.file_state != FileState.WHOLE:
            return badge(price_list.get_file_state_display(), "danger")
        return link(reverse("admin:ingestion_pricelist_file", args=[price_list.pk]), _("Download"))
