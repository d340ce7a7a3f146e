"""The rows of one cause of errors: look, correct values by hand, ignore the cause, or go and change the mapping."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ingestion.actions import parsing_errors
from ingestion.actions.starts import run_again
from ingestion.backoffice.errors.causes import group_url
from ingestion.backoffice.errors.screen import raw_row
from ingestion.backoffice.kit.rows import row_link
from ingestion.backoffice.kit.screens import person
from ingestion.errors import IngestionError
from ingestion.lists.corrections import corrections_of
from ingestion.models import IngestionRun, ParsingLog
from ingestion.models.facts import ColumnUnderstood
from ingestion.pricegrid.cells import CellPlace
from ingestion.texts import cause_title, field_label, text_of

ROWS_OF_A_PAGE = 50
FIELD = "value-"
SEEN = "seen-"  # beside it: the correction that was shown


class Line(NamedTuple):
    """One row that failed, and the value that a person has given for its cell."""

    log: ParsingLog
    row: str
    cells: list[tuple[str, Any]]
    raw: str
    correction: str


class Group(NamedTuple):
    run: IngestionRun
    cause: str
    column: str

    @property
    def is_ignored(self) -> bool:
        return parsing_errors.is_ignored(self.run, self.cause)

    @property
    def title(self) -> str:
        return cause_title(self.cause, parsing_errors.sample_of(self.run, self.cause))

    @property
    def url(self) -> str:
        return group_url(self.run, self.cause, self.column)


def may_correct(request: HttpRequest, run: IngestionRun) -> bool:
    allowed = request.user.has_perms(["ingestion.add_correction", "ingestion.start_ingestionrun"])
    return allowed and run.source_id is not None and run.price_list_id is not None


def may_ignore(request: HttpRequest, run: IngestionRun) -> bool:
    return run.source_id is not None and request.user.has_perm("ingestion.add_ignoredcause")


def error_group(screen: Any, request: HttpRequest, run: IngestionRun) -> HttpResponse:
    if not screen.has_view_permission(request):
        raise PermissionDenied
    group = Group(run, request.GET.get("cause", ""), request.GET.get("column", ""))
    if request.method != "POST":
        return group_page(screen, request, group)
    do = {"save": _correct, "run": _correct, "ignore": _ignore, "heed": heed}.get(request.POST.get("do", ""), _correct)
    return do(screen, request, group)


def group_page(screen: Any, request: HttpRequest, group: Group) -> HttpResponse:
    run = group.run
    pages = Paginator(parsing_errors.of_group(run, group.cause, group.column).order_by("id"), ROWS_OF_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    letters = _columns(run)
    column = request.GET.get("at") or group.column or next((each for each, _text in letters), "A")
    context = {
        **screen.admin_site.each_context(request),
        "title": ngettext("Run #%(run)d: %(count)d row", "Run #%(run)d: %(count)d rows", pages.count)
        % {"run": run.pk, "count": pages.count},
        "opts": screen.opts,
        "run": run,
        "group": group,
        "letters": letters,
        "column": column,
        "page": page,
        "lines": _lines(run, page, column),
        "may_correct": may_correct(request, run),
        "may_ignore": may_ignore(request, run),
        "mapping_url": reverse("admin:ingestion_pricelist_mapping", args=[run.price_list_id])
        if run.price_list_id
        else "",
    }
    return TemplateResponse(request, "backoffice/errors/group.html", context)


def _columns(run: IngestionRun) -> list[tuple[str, str]]:
    """The columns of the list, each with its header and what it was taken for."""
    return list({each.letter: described(each) for sheet in run.understood().read for each in sheet.columns}.items())


def described(column: ColumnUnderstood) -> str:
    return f"{column.letter}: {column.header or '-'} ({field_label(column.field)})"


def headers(run: IngestionRun, column: str) -> set[str]:
    """What raw rows call this column."""
    found = (each for sheet in run.understood().sheets for each in sheet.columns)
    return {column, *(each.header for each in found if each.letter == column and each.header)}


def _lines(run: IngestionRun, page: Page[ParsingLog], column: str) -> list[Line]:
    names = headers(run, column)
    given = corrections_of(run.source_id, run.price_list.sha256) if run.price_list else {}
    return [
        Line(
            log,
            row_link(run, log.sheet, log.row_number, column),
            raw_row(log),
            next((str(value) for name, value in log.row_data.items() if name in names), ""),
            given.get(CellPlace(log.sheet, log.row_number or 0, column), ""),
        )
        for log in page
    ]


def _correct(screen: Any, request: HttpRequest, group: Group) -> HttpResponse:
    """Keeps the values that were given, for this list; and runs it again where that was asked for."""
    if not may_correct(request, group.run):
        raise PermissionDenied
    try:
        if not keep_corrections(screen, request, group) or request.POST.get("do") != "run":
            return redirect(group.url)
        again = run_again(group.run, by=person(request), force=True)
    except IngestionError as problem:
        screen.message_user(request, text_of(problem.message), messages.ERROR)
        return redirect(group.url)
    screen.message_user(request, _("Run #%(number)d waits in the queue.") % {"number": again.pk}, messages.SUCCESS)
    return redirect("admin:ingestion_ingestionrun_change", again.pk)


def keep_corrections(screen: Any, request: HttpRequest, group: Group) -> bool:
    """What the person changed; false where somebody else was faster with one of them, which is said."""
    given, seen = values(request, FIELD), values(request, SEEN)
    wanted = {pk: value for pk, value in given.items() if value and value != seen.get(pk)}
    at = request.POST.get("at", group.column)
    failed = parsing_errors.of_group(group.run, group.cause, group.column)
    count, clashes = parsing_errors.correct_each(failed, at, wanted, by=person(request), seen=seen)
    if count:
        text = ngettext("%(count)d correction was kept.", "%(count)d corrections were kept.", count)
        screen.message_user(request, text % {"count": count}, messages.SUCCESS)
    elif not clashes:
        screen.message_user(request, _("No correction was changed: there was nothing to keep."), messages.INFO)
    for clash in clashes:
        screen.message_user(request, clash, messages.ERROR)
    return not clashes


def values(request: HttpRequest, prefix: str) -> dict[int, str]:
    """By the number of their parsing log."""
    given = {name[len(prefix) :]: str(value).strip() for name, value in request.POST.items() if name.startswith(prefix)}
    return {int(pk): value for pk, value in given.items() if pk.isdecimal()}


def _ignore(screen: Any, request: HttpRequest, group: Group) -> HttpResponse:
    if group.run.source is None or not may_ignore(request, group.run):
        raise PermissionDenied
    comment = request.POST.get("comment", "").strip()
    parsing_errors.ignore(group.run.source, group.cause, by=person(request), comment=comment)
    text = _("This cause is ignored for “%s” from now on; its rows are counted, nobody is asked to look.")
    screen.message_user(request, text % group.run.source, messages.SUCCESS)
    return redirect("admin:ingestion_ingestionrun_change", group.run.pk)


def heed(screen: Any, request: HttpRequest, group: Group) -> HttpResponse:
    if group.run.source is None or not may_ignore(request, group.run):
        raise PermissionDenied
    parsing_errors.heed_again(group.run.source, group.cause, by=person(request))
    screen.message_user(request, _("This cause is shown again for “%s”.") % group.run.source, messages.SUCCESS)
    return redirect(group.url)
