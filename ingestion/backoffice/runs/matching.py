"""What became of the items that a run brought, when they were matched with the products of the catalog."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ingestion.models import IngestionRun, MatchingTask
from ingestion.runs.matching import try_matching_again


def matching_of(run: IngestionRun) -> dict[str, Any]:
    """For the part of the page that shows it; empty where nothing was asked for."""
    task = MatchingTask.objects.filter(run=run).first()
    if task is None:
        return {}
    done = task.status == MatchingTask.Status.DONE
    return {
        "matching": task,
        "matching_said": matching_state(task),
        "matching_counts": matched_items(task) if done else [],
    }


def matching_state(task: MatchingTask) -> str:
    if task.status == MatchingTask.Status.WORKING:
        return _("Matching is under way.")
    if task.status == MatchingTask.Status.FAILED:
        return _("Matching has failed: %s") % task.message
    if task.status == MatchingTask.Status.WAITING:
        text = _("Its new items are matched when a worker has time.")
        return f"{text} {_('The last attempt failed: %s') % task.message}" if task.message else text
    if task.counted().gate_closed:
        return _("Nothing was linked without a person: too many such links of this supplier were wrong.")
    return ""


def matched_items(task: MatchingTask) -> list[tuple[str, int]]:
    counts = task.counted()
    named = [
        (_("linked as before"), counts.remembered),
        (_("linked by key"), counts.by_key),
        (_("linked by the gate"), counts.by_gate),
        (_("linked by score"), counts.by_score),
        (_("proposed"), counts.proposed),
        (_("left as drafts"), counts.left),
    ]
    rare = {_("linked as before"), _("linked by score")}
    return [(name, count) for name, count in named if count or name not in rare]


def match_clicked(screen: Any, request: HttpRequest, run: IngestionRun) -> HttpResponse:
    if not screen.has_start_permission(request):
        raise PermissionDenied
    task = MatchingTask.objects.filter(run=run).first()
    if task is not None and try_matching_again(task):
        screen.message_user(request, _("Its new items are matched when a worker has time."), messages.SUCCESS)
    return redirect("admin:ingestion_ingestionrun_change", run.pk)
