"""Parsing logs: what went wrong, row by row."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter
from unfold.sections import TemplateSection

from ingestion.backoffice.kit.filters import MomentFilter
from ingestion.backoffice.kit.rows import row_link
from ingestion.backoffice.kit.run_facts import ERROR_TYPE_LABELS
from ingestion.backoffice.kit.screens import ReadOnlyScreen, badge, link, section
from ingestion.backoffice.kit.side_bar import SideBarPart, link_to_list
from ingestion.models import ParsingLog

link_to_list(SideBarPart.PRICE_LISTS, 70, gettext_lazy("Parsing logs"), "report", "ingestion.parsinglog")


def raw_row(log: ParsingLog) -> list[tuple[str, Any]]:
    """The cells in the order of the list's columns, which JSON in the database does not keep."""
    sheets = log.run.understood().sheets if log.run else ()
    names = (name for sheet in sheets for column in sheet.columns for name in (column.header, column.letter))
    places = {name: place for place, name in enumerate(names) if name}
    return sorted(log.row_data.items(), key=lambda cell: places.get(cell[0], len(places)))


class RawRow(TemplateSection):
    """The raw row, opened under its line of the list."""

    template_name = "backoffice/errors/raw_row.html"

    def get_context_data(self, request: HttpRequest, instance: Model) -> dict[str, Any]:
        assert isinstance(instance, ParsingLog)
        return {"cells": raw_row(instance)}


@admin.register(ParsingLog)
class ParsingLogAdmin(ReadOnlyScreen):
    list_display = ["row", "short_message", "type_label", "supplier_name", "run_link", "created_at"]
    list_display_links = ["short_message"]
    list_sections = [RawRow]
    list_filter = [
        ("supplier", AutocompleteSelectFilter),
        ("run", AutocompleteSelectFilter),
        ("error_type", ChoicesDropdownFilter),
        "is_ignored",
        ("created_at", MomentFilter),
    ]
    list_select_related = ["run"]
    list_per_page = 100
    search_fields = ["message", "task_id__exact"]
    fieldsets = [
        (None, {"fields": ["message", ("type_label", "created_at")]}),
        (gettext_lazy("Where"), {"fields": [("supplier_name", "run_link"), ("sheet", "row"), "task_id"]}),
    ]
    readonly_fields = ["type_label", "run_link", "row"]
    change_form_outer_after_template = "backoffice/kit/tables.html"

    def panel(self, request: HttpRequest, obj: Model) -> dict[str, Any]:
        assert isinstance(obj, ParsingLog)
        return {"sections": [section(_("The raw row"), [_("column"), _("content")], raw_row(obj))]}

    @admin.display(description=gettext_lazy("row"), ordering="row_number")
    def row(self, log: ParsingLog) -> str:
        """Leads to that row of the stored file."""
        return row_link(log.run, log.sheet, log.row_number, log.column) or "-"

    @admin.display(description=gettext_lazy("message"))
    def short_message(self, log: ParsingLog) -> str:
        return Truncator(log.message).chars(160)

    @admin.display(description=gettext_lazy("error type"), ordering="error_type")
    def type_label(self, log: ParsingLog) -> str:
        return badge(*ERROR_TYPE_LABELS[log.error_type])

    @admin.display(description=gettext_lazy("run"))
    def run_link(self, log: ParsingLog) -> str:
        if log.run_id is None:
            return "-"
        return link(reverse("admin:ingestion_ingestionrun_change", args=[log.run_id]), f"#{log.run_id}")
