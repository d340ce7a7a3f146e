"""What a person can do with a run, as its page offers it: each only to those who may."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ingestion.actions.dry_runs import apply_dry_run, can_be_applied
from ingestion.actions.moves import likely_supplier, move_to_likely_supplier
from ingestion.backoffice.kit.run_facts import tell_under_way
from ingestion.backoffice.kit.screens import Button, Link, person
from ingestion.backoffice.mapping.screen import answer_link, waiting_buttons
from ingestion.backoffice.runs.undo import undo_link
from ingestion.errors import IngestionError
from ingestion.models import IngestionRun
from ingestion.runs import order
from ingestion.runs.requests import UnderWay
from ingestion.texts import text_of

Status = IngestionRun.Status
YES_OR_NO = (IngestionRun.WaitsFor.QUALITY, IngestionRun.WaitsFor.PLAUSIBILITY)  # a form of the page asks for it


def may_start(request: HttpRequest) -> bool:
    return request.user.has_perm("ingestion.start_ingestionrun")


def links_of(request: HttpRequest, run: IngestionRun) -> list[Link]:
    return [*answer_link(run), *undo_link(request, run)]


def buttons_of(request: HttpRequest, run: IngestionRun) -> list[Button]:
    if not may_start(request) or run.kind != IngestionRun.Kind.INGESTION:
        return []
    if run.is_under_way:
        question = _("Stop this run? Nothing of it is stored.")
        return [Button(_("Cancel"), url("cancel", run), "cancel", "danger", question)]
    if run.status == Status.WAITING:
        return move_button(run) if run.waits_for in YES_OR_NO else waiting_buttons(run)
    if run.status == Status.SCHEDULED:
        return buttons_before_its_day(run)
    return [*apply_button(run), *again_buttons(run)]


def buttons_before_its_day(run: IngestionRun) -> list[Button]:
    now = _("Take the prices of this list in now, before its day?")
    early = [Button(_("Take it in now"), url("force", run), "bolt", "default", now)] if run.takes_force_on else []
    question = _("Cancel this run? Its list is not taken in on its day.")
    return [
        Button(_("Dry run"), f"{url('again', run)}?dry_run=1", "visibility", "primary"),
        *early,
        Button(_("Cancel"), url("cancel", run), "cancel", "danger", question),
    ]


def move_button(run: IngestionRun) -> list[Button]:
    supplier = likely_supplier(run)
    if supplier is None:
        return []
    return [Button(_("It is a list of %s: move it there") % supplier, url("move", run), "move_up", "primary")]


def move_clicked(screen: Any, request: HttpRequest, run: IngestionRun) -> HttpResponse:
    """The one click on a list that came in under the wrong supplier."""
    if not may_start(request):
        raise PermissionDenied
    try:
        run = move_to_likely_supplier(run, by=person(request))
    except UnderWay as doubled:
        return tell_under_way(screen, request, doubled) or redirect("admin:ingestion_ingestionrun_change", run.pk)
    except IngestionError as problem:
        screen.message_user(request, text_of(problem.message), messages.ERROR)
    else:
        screen.message_user(request, _("Run #%(number)d waits in the queue.") % {"number": run.pk}, messages.SUCCESS)
    return redirect("admin:ingestion_ingestionrun_change", run.pk)


def apply_button(run: IngestionRun) -> list[Button]:
    if not can_be_applied(run) or is_outdated(run):
        return []
    return [Button(_("Apply it now"), url("apply", run), "published_with_changes", "primary")]


def is_outdated(run: IngestionRun) -> bool:
    """Whether a newer list of its source is stored: only what is forced by hand goes over that."""
    return order.newer_than(run.source_id, run.price_list_id) is not None


def again_buttons(run: IngestionRun) -> list[Button]:
    again = url("again", run)
    dry = Button(_("Dry run"), f"{again}?dry_run=1", "visibility")
    if is_outdated(run):
        question = _("Bring the prices of this older list back, over the newer list that is stored?")
        return [Button(_("Take it in all the same"), url("force", run), "history", "danger", question), dry]
    if run.dry_run:
        return [dry]
    variant = "primary" if run.status == Status.FAILURE else "default"
    forced = Button(_("Run again, even if nothing changed"), f"{again}?force=1", "restart_alt")
    return [Button(_("Run again"), again, "replay", variant), forced, dry]


def url(name: str, run: IngestionRun) -> str:
    return reverse(f"admin:ingestion_ingestionrun_{name}", args=[run.pk])


def apply_now(screen: Any, request: HttpRequest, run: IngestionRun) -> HttpResponse:
    """The one click on a dry run: what it showed is done, or computed again where the catalog has changed since."""
    if not may_start(request):
        raise PermissionDenied
    try:
        applied = apply_dry_run(run, by=person(request))
    except UnderWay as doubled:
        return tell_under_way(screen, request, doubled) or redirect("admin:ingestion_ingestionrun_change", run.pk)
    except IngestionError as problem:
        screen.message_user(request, text_of(problem.message), messages.ERROR)
    else:
        run = applied.run
        tell_applied(screen, request, run, is_current=applied.is_current)
    return redirect("admin:ingestion_ingestionrun_change", run.pk)


def tell_applied(screen: Any, request: HttpRequest, run: IngestionRun, *, is_current: bool) -> None:
    if is_current:
        screen.message_user(request, _("Run #%d applies the dry run.") % run.pk, messages.SUCCESS)
        return
    text = _("The catalog has changed since, so nothing was applied. Dry run #%d computes it again: look once more.")
    screen.message_user(request, text % run.pk, messages.WARNING)
