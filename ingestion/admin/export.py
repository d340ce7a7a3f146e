"""Tables that people take away as CSV or XLSX. No cell of them is ever run as a formula."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import openpyxl
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from catalog.admin.screens import Link
from catalog.exports import keep_as_text, without_formula

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOM = "\ufeff"  # without it Excel takes UTF-8 for something else
KINDS = ("xlsx", "csv")
Row = Sequence[Any]


def export_links(request: HttpRequest, view: str) -> list[Link]:
    """The list as it is filtered, once for each kind of file."""
    labels = {"xlsx": _("Export as XLSX"), "csv": _("Export as CSV")}
    return [
        Link(label, f"{reverse(view, args=[kind])}?{request.GET.urlencode()}", "download")
        for kind, label in labels.items()
    ]


def exported(
    screen: Any,
    request: HttpRequest,
    kind: str,
    *,
    name: str,
    headers: Iterable[Any],
    rows: Callable[[QuerySet[Any]], Iterable[Row]],
) -> HttpResponseBase:
    """What a list shows with the filters of the address, all of it."""
    if kind not in KINDS:
        raise Http404
    if not screen.has_view_permission(request):
        raise PermissionDenied
    found = screen.get_changelist_instance(request).queryset
    write = as_xlsx if kind == "xlsx" else as_csv
    return write(name, [str(header) for header in headers], rows(found))


class Echo:
    """A file that hands on what is written to it."""

    def write(self, text: str) -> str:
        return text


def as_csv(name: str, headers: Row, rows: Iterable[Row]) -> StreamingHttpResponse:
    writer = csv.writer(Echo())

    def lines() -> Iterator[str]:
        yield BOM
        yield writer.writerow(headers)
        yield from (writer.writerow([without_formula(value) for value in row]) for row in rows)

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def as_xlsx(name: str, headers: Row, rows: Iterable[Row]) -> FileResponse:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.append(list(headers))
    for row in rows:
        sheet.append([cell(sheet, value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)


def cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub(" ", value))
    keep_as_text(text)
    return text
