"""Parsing errors on a run's page: by cause with counts, not one by one; and the workbook to mail back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from ingestion.actions import parsing_errors
from ingestion.backoffice.kit.prepared import Failed, NotReady, file_of, look_at, waiting_page
from ingestion.backoffice.kit.run_facts import ERROR_TYPE_LABELS
from ingestion.backoffice.kit.screens import person
from ingestion.errors import IngestionError
from ingestion.models import IngestionRun
from ingestion.texts import cause_title, text_of
from ingestion.views.error_workbook import SEES_WORKBOOK, ask_workbook


def error_facts(run: IngestionRun) -> dict[str, Any]:
    """What went wrong in a run that has ended."""
    has_ended = run.is_taken_in or run.status == IngestionRun.Status.FAILURE
    found = (list(error_group_lines(run)) or list(types(run))) if has_ended else []
    has_rows = any(group["url"] for group in found)
    workbook_url = reverse("admin:ingestion_ingestionrun_workbook", args=[run.pk]) if has_rows else ""
    return {"error_groups": found, "workbook_url": workbook_url}


def error_group_lines(run: IngestionRun) -> Iterator[dict[str, Any]]:
    """Each cause with the addresses of its rows, and of the page on which they are worked off."""
    for group in parsing_errors.error_groups(run):
        yield {
            **asdict(group),
            "title": cause_title(group.cause, group.sample),
            "type": ERROR_TYPE_LABELS[group.error_type][0],
            "logs_url": logs_url(run, group.error_type),
            "url": group_url(run, group.cause, group.column) if group.first_row and run.price_list_id else "",
        }


def types(run: IngestionRun) -> Iterator[dict[str, Any]]:
    """What is known of errors whose logs are gone, or were never written."""
    for error_type, found in sorted(run.errors().items()):
        yield {
            **asdict(found),
            "title": found.sample,
            "type": ERROR_TYPE_LABELS[error_type][0],
            "logs_url": logs_url(run, error_type),
            "url": "",
        }


def logs_url(run: IngestionRun, error_type: str) -> str:
    query = {"run__id__exact": run.pk, "error_type__exact": error_type}
    return reverse("admin:ingestion_parsinglog_changelist", query=query)


def group_url(run: IngestionRun, cause: str, column: str) -> str:
    query = {"cause": cause, "column": column}
    return reverse("admin:ingestion_ingestionrun_errors", args=[run.pk], query=query)


def error_workbook(screen: Any, request: HttpRequest, run: IngestionRun) -> HttpResponseBase:
    """The supplier's own list with what is wrong in it; a file of theirs, so for those who may see the list."""
    if not request.user.has_perms(SEES_WORKBOOK):
        raise PermissionDenied
    back = reverse("admin:ingestion_ingestionrun_change", args=[run.pk])
    try:
        return file_of(look_at(request, lambda: ask_workbook(run, by=person(request))))
    except NotReady as waiting:
        return waiting_page(screen, request, waiting.view, back=back)
    except Failed as failed:
        return waiting_page(screen, request, failed.view, back=back)
    except IngestionError as problem:
        screen.message_user(request, text_of(problem.message), messages.ERROR)
        return redirect(back)
