"""Where the hand and the list differ on an item's page, each with the way back to the list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import SupplierItem
from ingestion.actions import edits_by_hand
from ingestion.backoffice.changes.cells import label_of, shown_value
from ingestion.backoffice.kit.screens import Section, section


def edited_sections(request: HttpRequest, item: SupplierItem) -> list[Section]:
    """Nothing where the list has its say."""
    found = edits_by_hand.edited_fields(item)
    if not found:
        return []
    may = request.user.has_perm("catalog.change_supplieritem")
    rows = [
        [
            label_of(each.column),
            _shown(item, each.column, each.hand),
            _shown(item, each.column, each.listed),
            follow_button(request, item, each.column) if may else "",
        ]
        for each in found
    ]
    title = _("Changed by hand: a list touches these only when the supplier changes them")
    return [section(title, [_("field"), _("by hand"), _("in the list"), ""], rows)]


def _shown(item: SupplierItem, column: str, value: Any) -> str:
    return shown_value(column, {column: value, "currency": item.currency if column != "currency" else value}, {})


def follow_button(request: HttpRequest, item: SupplierItem, column: str) -> str:
    url = reverse("admin:catalog_supplieritem_follow", args=[item.pk, column])
    context = {"url": url, "label": _("Follow the list")}
    return render_to_string("backoffice/kit/small_button.html", context, request)
