"""The page that says of each value of an item from which cell it comes, and how that was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from catalog.models import SupplierItem
from ingestion.backoffice.changes.cells import label_of, shown_value
from ingestion.backoffice.kit.item_facts import notes_section
from ingestion.backoffice.kit.rows import excerpt, row_link
from ingestion.backoffice.kit.run_facts import run_link
from ingestion.backoffice.kit.screens import Section, link, section
from ingestion.views.explain_item import SaidIn, ValueExplained, explain_item

SEES_EXPLANATIONS = ("catalog.view_supplieritem", "ingestion.view_ingestionrun")
_Cells = Mapping[str, str]  # what stands in a row, by the letter of the column


def explanation_page(screen: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """All values of an item, and the newest row that said some of them, as it stands in the file."""
    if not request.user.has_perms(SEES_EXPLANATIONS):
        raise PermissionDenied
    item = get_object_or_404(SupplierItem.objects.select_related("supplier"), pk=pk)
    values = explain_item(item)
    newest = newest_row(values)
    rows = excerpt(request, newest.run, newest.sheet, newest.row_number) if newest.run and newest.row_number else {}
    context = {
        **screen.admin_site.each_context(request),
        "title": _("Where the values of %s come from") % item,
        "opts": screen.opts,
        "run": newest.run,
        "row": newest.row_number,
        "facts": [(_("item"), link(reverse("admin:catalog_supplieritem_change", args=[item.pk]), item))],
        "sections": [
            values_section(item, values, newest, cells_of_row(rows, newest.row_number)),
            *notes_section(item),
            *notes_of_sheet(newest),
        ],
        **rows,
    }
    return TemplateResponse(request, "backoffice/kit/row.html", context)


def newest_row(values: Iterable[ValueExplained]) -> SaidIn:
    rows = [each.said_in for each in values if each.said_in.run and each.said_in.row_number]
    return max(rows, key=lambda said: said.run.pk if said.run else 0, default=SaidIn())


def cells_of_row(rows: Mapping[str, Any], number: int | None) -> _Cells:
    shown = next((row for row in rows["grid"].rows if row.number == number), None) if "grid" in rows else None
    return {cell.letter: cell.text for cell in shown.cells} if shown else {}


def values_section(item: SupplierItem, values: Iterable[ValueExplained], newest: SaidIn, cells: _Cells) -> Section:
    """What only another row says is one click away."""
    headers = [_("what"), _("value"), _("run"), _("row"), _("column"), _("what the cell says"), _("how it was read")]
    lines = [list(_line(item, each, cells if each.said_in == newest else {})) for each in values]
    return section(_("Where each value comes from"), headers, lines)


def _line(item: SupplierItem, value: ValueExplained, cells: _Cells) -> Iterator[Any]:
    said = value.said_in
    letters = [column.letter for column in value.columns]
    yield value.name if value.is_characteristic else capfirst(label_of(value.name))
    yield item.characteristics[value.name] if value.is_characteristic else _shown(item, value.name)
    yield run_link(said.run) if said.run else "-"
    yield row_link(said.run, said.sheet, said.row_number, letters[0] if letters else "")
    yield format_html_join(", ", "{} ({})", ((column.letter, column.header or "-") for column in value.columns))
    yield "; ".join(cells[letter] for letter in letters if cells.get(letter))
    yield value.rule


def _shown(item: SupplierItem, name: str) -> str:
    values = {each: getattr(item, each) for each in (name, "currency", "per_quantity")}
    return shown_value(name, values, {})


def notes_of_sheet(said: SaidIn) -> list[Section]:
    """What a title, a header or a line says of all rows."""
    read = said.run.understood().read if said.run else []
    notes = [[note] for sheet in read if (sheet.name or "") == said.sheet for note in sheet.notes]
    return [section(_("Notes"), [_("what the list says as a whole")], notes)] if notes else []
