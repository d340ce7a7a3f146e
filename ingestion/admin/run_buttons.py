"""What a person can do with a run, as its page offers it: each only to those who may."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.admin.screens import Button, Link, person
from ingestion.admin.mapping import answer_link, waiting_buttons
from ingestion.admin.undo import BUSY, undo_link
from ingestion.errors import IngestionError
from ingestion.models import IngestionRun
from ingestion.presence import SupplierBusy
from ingestion.review.dry_runs import apply_dry_run
from ingestion.runs import UNFINISHED
from ingestion.texts import text_of

Status = IngestionRun.Status
TAKEN_IN = (Status.SUCCESS, Status.PARTIAL_SUCCESS)


def may_start(request: HttpRequest) -> bool:
    return request.user.has_perm("ingestion.start_ingestionrun")


def links_of(request: HttpRequest, run: IngestionRun) -> list[Link]:
    return [*answer_link(run), *undo_link(request, run)]


def buttons_of(request: HttpRequest, run: IngestionRun) -> list[Button]:
    if not may_start(request) or run.kind != IngestionRun.Kind.INGESTION:
        return []
    if run.status in UNFINISHED:
        question = _("Stop this run? Nothing of it is stored.")
        return [Button(_("Cancel"), url("cancel", run), "cancel", "danger", question)]
    if run.status == Status.WAITING:
        return [] if run.waits_for == IngestionRun.WaitsFor.QUALITY else waiting_buttons(run)
    return [*apply_button(run), *again_buttons(run)]


def apply_button(run: IngestionRun) -> list[Button]:
    if not can_be_applied(run):
        return []
    return [Button(_("Apply it now"), url("apply", run), "published_with_changes", "primary")]


def can_be_applied(run: IngestionRun) -> bool:
    return run.dry_run and run.status in TAKEN_IN and not run.applied_by.exclude(status=Status.CANCELLED).exists()


def again_buttons(run: IngestionRun) -> list[Button]:
    again = url("again", run)
    dry = Button(_("Dry run"), f"{again}?dry_run=1", "visibility")
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
    except SupplierBusy:
        screen.message_user(request, BUSY, messages.WARNING)
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
