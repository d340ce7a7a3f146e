"""One row of a stored file, among its neighbours, as the spreadsheet shows it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ingestion.backoffice.kit.prepared import Failed, NotReady, look_at, panel_of, result_of
from ingestion.backoffice.kit.screens import link, person
from ingestion.errors import IngestionError
from ingestion.models import IngestionRun
from ingestion.texts import field_label, text_of
from ingestion.views import grid
from ingestion.views.excerpt import ask_row

LAST_ROW = 2**31 - 1


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
    row = min(max(int(given), 1), LAST_ROW) if given.isdecimal() and len(given) < 20 else 1
    context = {
        **screen.admin_site.each_context(request),
        "title": _("Row %(row)d of %(file)s") % {"row": row, "file": run.price_list or "-"},
        "opts": screen.opts,
        "run": run,
        "row": row,
        "column": request.GET.get("column", "").upper(),
        **excerpt(request, run, request.GET.get("sheet", "").replace("\0", ""), row),
    }
    return TemplateResponse(request, "backoffice/kit/row.html", context)


def taken_for(run: IngestionRun, sheet: str) -> dict[str, str]:
    """What the run took each column for."""
    read = [each for each in run.understood().read if sheet in ("", each.name)]
    return {column.letter: field_label(column.field) for each in read for column in each.columns}


def excerpt(request: HttpRequest, run: IngestionRun, name: str, row: int) -> dict[str, Any]:
    """The rows around this one, or why they cannot be shown, or that they are being prepared."""
    try:
        view = look_at(request, lambda: ask_row(run, name, row, by=person(request)))
    except NotReady as waiting:
        return {**panel_of(request, waiting.view), "preparing": waiting.view}
    except Failed as failed:
        return {**panel_of(request, failed.view), "refusal": failed.view.message}
    except IngestionError as problem:
        return {"refusal": text_of(problem.message)}
    kept = result_of(view)
    found, labels = grid.grid_from_json(kept["grid"]), taken_for(run, name)
    return {
        "grid": found,
        "sheet": kept["sheet"],
        "columns": [(letter, labels.get(letter, "")) for letter in found.letters],
    }
