"""Taking a run back: a page that says what would happen, and the button that does it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import SupplierItem
from ingestion.actions import undo
from ingestion.backoffice.kit.run_facts import BUSY
from ingestion.backoffice.kit.screens import Link, link, person
from ingestion.errors import IngestionError
from ingestion.models import Change, IngestionRun
from ingestion.runs.supplier_lock import SupplierBusy
from ingestion.texts import text_of


def may_undo(request: HttpRequest) -> bool:
    return request.user.has_perm("ingestion.undo_ingestionrun")


def undo_link(request: HttpRequest, run: IngestionRun) -> list[Link]:
    """The way to the page that says what an undo would do."""
    if not may_undo(request) or not undo.can_be_undone(run):
        return []
    label = _("Undo the undo") if run.kind == IngestionRun.Kind.UNDO else _("Undo this run")
    return [Link(label, reverse("admin:ingestion_ingestionrun_undo", args=[run.pk]), "undo")]


def undo_view(screen: Any, request: HttpRequest, run: IngestionRun) -> HttpResponse:
    if not may_undo(request):
        raise PermissionDenied
    if not undo.can_be_undone(run):
        screen.message_user(request, _("Run #%d cannot be undone.") % run.pk, messages.ERROR)
        return redirect("admin:ingestion_ingestionrun_change", run.pk)
    return undo_now(screen, request, run) if request.method == "POST" else undo_page(screen, request, run)


def undo_page(screen: Any, request: HttpRequest, run: IngestionRun) -> HttpResponse:
    plan = undo.preview(run)
    context = {
        **screen.admin_site.each_context(request),
        "title": _("Undo run #%d") % run.pk,
        "opts": screen.opts,
        "run": run,
        "plan": plan,
        "conflicts": conflicts(plan.conflicts),
        "more_conflicts": plan.conflict_count - len(plan.conflicts),
    }
    return TemplateResponse(request, "backoffice/runs/undo.html", context)


def conflicts(found: list[undo.Conflict]) -> list[tuple[str, str, str]]:
    """Item, name and reason."""
    items = SupplierItem.objects.in_bulk(each.item_id for each in found if each.item_id is not None)
    return [
        (
            link(reverse("admin:catalog_supplieritem_change", args=[each.item_id]), each.supplier_sku)
            if each.item_id in items
            else each.supplier_sku,
            items[each.item_id].name if each.item_id in items else "",
            str(Change.Cause(each.reason).label),
        )
        for each in found
    ]


def undo_now(screen: Any, request: HttpRequest, run: IngestionRun) -> HttpResponse:
    try:
        done = undo.undo(run, by=person(request), comment=request.POST.get("comment", "").strip())
    except SupplierBusy:
        screen.message_user(request, BUSY, messages.WARNING)
        return redirect("admin:ingestion_ingestionrun_undo", run.pk)
    except IngestionError as problem:
        screen.message_user(request, text_of(problem.message), messages.ERROR)
        return redirect("admin:ingestion_ingestionrun_change", run.pk)
    left = done.changes.conflicts().count()
    text = _("Run #%(undone)d was undone by run #%(number)d.") % {"undone": run.pk, "number": done.pk}
    if left:
        left_alone = ngettext("%(count)d conflict was left alone.", "%(count)d conflicts were left alone.", left)
        text += " " + left_alone % {"count": left}
    screen.message_user(request, text, messages.WARNING if left else messages.SUCCESS)
    return redirect("admin:ingestion_ingestionrun_change", done.pk)
