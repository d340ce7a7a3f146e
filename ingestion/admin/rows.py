"""One row of a stored file, among its neighbours, as the spreadsheet shows it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.admin.screens import link
from ingestion.errors import IngestionError
from ingestion.fields import LABELS
from ingestion.mapping.grid import grid_of
from ingestion.mapping.trial import opened
from ingestion.models import IngestionRun
from ingestion.sheet.records import ListRefused
from ingestion.texts import text_of

NEIGHBOURS = 8


def row_url(run_id: int, sheet: str | None, row: int, column: str = "") -> str:
    query = {name: value for name, value in (("sheet", sheet), ("row", row), ("column", column)) if value}
    return reverse("admin:ingestion_ingestionrun_row", args=[run_id], query=query)


def row_link(run: IngestionRun | None, sheet: str | None, row: int | None, column: str = "") -> str:
    """The row's number, leading to its file at that row where there is one."""
    if run is None or run.price_list_id is None or not row:
        return str(row or "")
    return link(row_url(run.pk, sheet, row, column), row)


def run_row(screen: Any, request: HttpRequest, run: IngestionRun) -> HttpResponse:
    """The row that the address names."""
    if not screen.has_view_permission(request):
        raise PermissionDenied
    given = request.GET.get("row", "")
    row = int(given) if given.isdecimal() and int(given) else 1
    context = {
        **screen.admin_site.each_context(request),
        "title": _("Row %(row)d of %(file)s") % {"row": row, "file": run.price_list or "-"},
        "opts": screen.opts,
        "run": run,
        "row": row,
        "column": request.GET.get("column", "").upper(),
        **excerpt(run, request.GET.get("sheet", ""), row),
    }
    return TemplateResponse(request, "admin/ingestion/review/row.html", context)


def taken_for(run: IngestionRun, sheet: str) -> dict[str, str]:
    """What the run took each column for."""
    sheets = run.understanding.get("sheets", [])
    read = [each for each in sheets if each["chosen"] and sheet in ("", each["sheet"])]
    return {
        column["letter"]: str(LABELS.get(column["field"], column["field"]))
        for each in read
        for column in each["columns"]
    }


def excerpt(run: IngestionRun, name: str, row: int) -> dict[str, Any]:
    """The rows around this one, or why they cannot be shown."""
    if run.price_list is None:
        return {"refusal": _("The list of this run is not known any more.")}
    try:
        with opened(run.price_list, run.source_config) as (book, _hints):
            sheet = next((each for each in book.sheets if each.name == name), book.sheets[0])
            grid = grid_of(sheet, limit=2 * NEIGHBOURS + 1, first=max(1, row - NEIGHBOURS))
    except (ListRefused, IngestionError) as problem:
        return {"refusal": text_of(problem.message)}
    except FileNotFoundError:
        return {"refusal": _("The file of this price list is gone from the storage.")}
    labels = taken_for(run, name)
    return {"grid": grid, "sheet": sheet.name, "columns": [(each, labels.get(each, "")) for each in grid.letters]}
