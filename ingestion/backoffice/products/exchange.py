"""Products go out, and come in from files that a worker reads before a person sees what would change."""

from __future__ import annotations

from typing import Any

import tablib
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from import_export.admin import ImportExportModelAdmin
from import_export.formats.base_formats import CSV, XLSX
from unfold.contrib.import_export.forms import ExportForm

from catalog.resources import ProductResource
from ingestion.backoffice.kit.export import MOST_AT_ONCE
from ingestion.backoffice.kit.prepared import Failed, NotReady, look_at, result_of, waiting_page
from ingestion.backoffice.kit.screens import person
from ingestion.backoffice.products.export import PRODUCTS_EXPORT
from ingestion.backoffice.products.import_form import ConfirmForm, ImportForm
from ingestion.errors import IngestionError
from ingestion.models import PreparedView
from ingestion.texts import text_of
from ingestion.views import prepared
from ingestion.views.table import GONE, LONGEST_KEY, TABLE, ask_table, table_read

_LIST = "admin:catalog_product_changelist"
IMPORT = "admin:catalog_product_import"
NOT_AS_SHOWN = gettext_lazy("Nothing was imported: the catalog has changed since this was shown. Look at it again.")
_SHOWN = 5  # rows that are named


class ProductExchange(ImportExportModelAdmin):
    """The imports and exports of the products' screen."""

    formats = [XLSX, CSV]
    import_form_class = ImportForm
    confirm_form_class = ConfirmForm
    export_form_class = ExportForm
    to_encoding = "utf-8-sig"
    resource_classes = [ProductResource]

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

    def _do_file_export(self, file_format: Any, request: HttpRequest, queryset: Any, export_form: Any = None) -> Any:
        """At once, or by a worker where that takes long."""
        if queryset[: MOST_AT_ONCE + 1].count() <= MOST_AT_ONCE:
            return super()._do_file_export(file_format, request, queryset, export_form=export_form)
        chosen = export_form.cleaned_data.get("export_items") if export_form else None
        params = {
            "kind": file_format.get_extension(),
            "name": self.get_export_filename(request, queryset, file_format),
            "query": request.GET.urlencode(),
            "items": sorted(int(pk) for pk in chosen or []),
            "at": timezone.now().isoformat(),
        }
        try:
            view = prepared.request_view(PRODUCTS_EXPORT.name, by=person(request), params=params)
        except IngestionError as problem:
            self.message_user(request, text_of(problem.message), messages.ERROR)
            return redirect(_LIST)
        return redirect(reverse("admin:ingestion_preparedview_wait", args=[view.pk], query={"next": reverse(_LIST)}))

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form; then, by the number of the view that holds the file's rows, what an import would change."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        if request.GET.get("view", "").isdecimal() and request.method == "GET":
            return self.import_preview(request, self.table_view(request, request.GET["view"]))
        form = self.create_import_form(request)
        if request.method != "POST" or not form.is_valid():
            return super().import_action(request, **kwargs)  # shows the form and reads nothing
        try:
            view = ask_table(form.cleaned_data["import_file"], by=person(request))
        except IngestionError as problem:
            self.message_user(request, text_of(problem.message), messages.ERROR)
            return redirect(IMPORT)
        return redirect(reverse(IMPORT, query={"view": view.pk}))

    def table_view(self, request: HttpRequest, pk: str) -> PreparedView:
        return get_object_or_404(PreparedView, pk=pk[:LONGEST_KEY], kind=TABLE.name, asked_by=person(request))

    def import_preview(self, request: HttpRequest, view: PreparedView) -> HttpResponse:
        try:
            look_at(request, lambda: view)
        except NotReady as waiting:
            return waiting_page(self, request, waiting.view, back=reverse(IMPORT))
        except Failed as failed:
            self.message_user(request, failed.view.message, messages.ERROR)
            return redirect(IMPORT)
        resource, shown_at = ProductResource(), timezone.now().timestamp()
        name = view.params["name"]
        result = resource.import_data(dataset_of(view), dry_run=True, file_name=name, user=request.user)
        form = self.create_import_form(request)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import"),
            "form": form,
            "opts": self.opts,
            "media": self.media + form.media,
            "result": result,
            "fields_list": [
                (resource.get_display_name(), [field.column_name for field in resource.get_user_visible_fields()])
            ],
            "import_error_display": self.import_error_display,
        }
        if not result.has_errors() and not result.has_validation_errors():
            initial = {"import_file_name": str(view.pk), "original_file_name": name, "format": "0", "resource": ""}
            initial["shown_at"] = shown_at
            context["confirm_form"] = self.get_confirm_form_class(request)(initial=initial)
        return TemplateResponse(request, [self.import_template_name], context)

    @method_decorator(require_POST)
    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Stores what was shown: the same rows, not the file again."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = self.create_confirm_form(request)
        pk = form.cleaned_data["import_file_name"] if form.is_valid() else ""
        view = table_read(pk, by=person(request))
        if view is None:
            self.message_user(request, _(GONE), messages.ERROR)
            return redirect(IMPORT)
        result = ProductResource().import_data(
            dataset_of(view),
            dry_run=False,
            file_name=view.params["name"],
            user=request.user,
            shown_at=form.cleaned_data["shown_at"],
            rollback_on_validation_errors=True,
            retain_instance_in_row_result=True,
        )
        if not result.has_errors() and not result.has_validation_errors():
            return self.process_result(result, request)
        self.message_user(request, NOT_AS_SHOWN, messages.ERROR)
        for row in result.invalid_rows[:_SHOWN]:
            self.message_user(request, " ".join(row.error.messages), messages.ERROR)
        return redirect(reverse(IMPORT, query={"view": view.pk}))


def dataset_of(view: PreparedView) -> tablib.Dataset:
    found = result_of(view)
    return tablib.Dataset(*found["rows"], headers=found["headers"])
