"""Tables that people take away as CSV or XLSX. No cell of them is ever run as a formula."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, Any, NamedTuple

import openpyxl
from django.contrib import admin, messages
from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from catalog.exports import keep_as_text, without_formula
from ingestion.backoffice.kit.screens import Link, person
from ingestion.errors import ConfigurationError, IngestionError
from ingestion.models import PreparedView
from ingestion.texts import text_of
from ingestion.views import prepared
from ingestion.views.kinds import Made, ViewKind, Watch, register_kind

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOM = "\ufeff"  # without it Excel takes UTF-8 for something else
KINDS = ("xlsx", "csv")
MOST_AT_ONCE = 2_000  # rows of a workbook that a page writes itself: a fraction of a second
ROWS_BETWEEN_LOOKS = 500
Row = Sequence[Any]


def export_links(request: HttpRequest, view: str) -> list[Link]:
    """The list as it is filtered, once for each kind of file."""
    labels = {"xlsx": _("Export as XLSX"), "csv": _("Export as CSV")}
    return [
        Link(label, f"{reverse(view, args=[kind])}?{request.GET.urlencode()}", "download")
        for kind, label in labels.items()
    ]


class Export(NamedTuple):
    """A list that can be taken away: which, what its columns are called, and its rows."""

    name: str
    model: type[Model]
    headers: Iterable[Any]
    rows: Callable[[QuerySet[Any]], Iterable[Row]]

    def header(self) -> list[str]:
        return [str(header) for header in self.headers]


EXPORTS: dict[str, Export] = {}


def register_export(export: Export) -> Export:
    EXPORTS[export.name] = export
    return export


def exported(screen: Any, request: HttpRequest, kind: str, export: Export) -> HttpResponseBase:
    """What a list shows with the filters of the address, all of it: at once, or by a worker where that takes long."""
    if kind not in KINDS:
        raise Http404
    if not screen.has_view_permission(request):
        raise PermissionDenied
    found = screen.get_changelist_instance(request).queryset
    if kind == "csv":
        return as_csv(export.name, export.header(), export.rows(found))
    if found[: MOST_AT_ONCE + 1].count() > MOST_AT_ONCE:
        return by_a_worker(screen, request, export)
    file = workbook_of(export.name, export.header(), export.rows(found))
    return FileResponse(file, as_attachment=True, filename=f"{export.name}.xlsx", content_type=XLSX_TYPE)


def by_a_worker(screen: Any, request: HttpRequest, export: Export) -> HttpResponseBase:
    """Each press is an export of its own: what it shows changes with the data."""
    params = {"export": export.name, "query": request.GET.urlencode(), "at": timezone.now().isoformat()}
    try:
        view = prepared.request_view(_EXPORT.name, by=person(request), params=params)
    except IngestionError as problem:
        screen.message_user(request, text_of(problem.message), messages.ERROR)
        return redirect(screen_url(export))
    return redirect(reverse("admin:ingestion_preparedview_wait", args=[view.pk], query={"next": screen_url(export)}))


def screen_url(export: Export) -> str:
    return reverse(f"admin:{export.model._meta.app_label}_{export.model._meta.model_name}_changelist")  # noqa: SLF001


def _make_export(view: PreparedView, watch: Watch) -> Made:
    """In a worker: the list as its person sees it now, row by row into a file."""
    export = EXPORTS[view.params["export"]]
    screen = admin.site.get_model_admin(export.model)
    request = request_of(view)
    if not (request.user.is_active and request.user.is_staff and screen.has_view_permission(request)):
        raise ConfigurationError(_("You may not see this list any more."))
    found = screen.get_changelist_instance(request).queryset
    rows = counted(export.rows(found), found.count(), watch)
    return Made(file=workbook_of(export.name, export.header(), rows), file_name=f"{export.name}.xlsx")


def request_of(view: PreparedView) -> HttpRequest:
    """The request that somebody made, as far as a list looks at it."""
    request = HttpRequest()
    request.method, request.GET = "GET", QueryDict(view.params["query"])
    request.user = view.asked_by or AnonymousUser()
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]  # noqa: SLF001 - what a list says is not shown
    return request


def counted(rows: Iterable[Row], count: int, watch: Watch) -> Iterator[Row]:
    for number, row in enumerate(rows):
        if number % ROWS_BETWEEN_LOOKS == 0:
            watch.progress = 95 * number / max(count, 1)
            watch()
        yield row


def sees_export(view: PreparedView) -> tuple[str, ...]:
    meta = EXPORTS[view.params["export"]].model._meta  # noqa: SLF001 - Django's public way
    return (f"{meta.app_label}.{get_permission_codename('view', meta)}",)


_EXPORT = register_kind(ViewKind("export", _make_export, sees_export, seconds=900, is_private=True))


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


def workbook_of(name: str, headers: Row, rows: Iterable[Row]) -> IO[bytes]:
    """As an open file that is gone when it is closed."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.append(list(headers))
    for row in rows:
        sheet.append([cell(sheet, value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends or keeps it closes it
    book.save(file)
    file.seek(0)
    return file


def cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub(" ", value))
    keep_as_text(text)
    return text
