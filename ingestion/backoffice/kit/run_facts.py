"""What runs look like, on every screen that shows some."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.utils import label_for_field
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin

from ingestion.actions.starts import Started
from ingestion.backoffice.kit.screens import Section, badge, link, moment, section
from ingestion.models import IngestionRun
from ingestion.runs.requests import UnderWay
from ingestion.texts import text_of

_Status = IngestionRun.Status
_COLOURS = {
    "queued": "default",
    "running": "info",
    "waiting": "warning",
    "scheduled": "info",
    "success": "success",
    "partial_success": "warning",
    "failure": "danger",
    "cancelled": "default",
    "overtaken": "warning",
}
ERROR_TYPE_LABELS = {
    "ValidationError": (gettext_lazy("Validation error"), "warning"),
    "ParserError": (gettext_lazy("Parser error"), "danger"),
    "ConfigurationError": (gettext_lazy("Configuration error"), "info"),
    "NetworkError": (gettext_lazy("Network error"), "info"),
    "AuthenticationError": (gettext_lazy("Authentication error"), "info"),
    "DatabaseError": (gettext_lazy("Database error"), "danger"),
}
RECENT = 10
ROWS = (
    "held_items",
    "failed_rows",
    "stored_rows",
    "total_rows",
    "skipped_rows",
    "new_drafts",
)  # what needs a look first
ITEMS = ("new_items", "changed_items", "unchanged_items", "missing_items", "returned_items")  # the buckets say them too
RUNS = "admin:ingestion_ingestionrun_changelist"
BUSY = gettext_lazy("A run of this supplier is at work; try again in a moment.")


def tell_started(screen: ModelAdmin, request: HttpRequest, started: Started) -> None:
    """The result of starting several runs, in numbers, and why some did not start."""
    count = len(started.runs)
    text = ngettext("%(count)d run put on the queue.", "%(count)d runs put on the queue.", count) % {"count": count}
    for reason, times in started.refused.items():
        text += f" {times} ×: {reason}" if times > 1 else f" {reason}"
    screen.message_user(request, text, messages.WARNING if started.refused else messages.SUCCESS)


def tell_under_way(screen: ModelAdmin, request: HttpRequest, doubled: UnderWay) -> HttpResponse | None:
    """A second press leads to the run that the first one made."""
    screen.message_user(request, text_of(doubled.message), messages.WARNING)
    return redirect("admin:ingestion_ingestionrun_change", doubled.run.pk) if doubled.run else None


def settings_of(run: IngestionRun) -> Iterator[str]:
    """What people said about the list, a setting a line, by the names that a source is given them with."""
    for name, value in sorted(run.source_config.items()):
        yield f"{name}: {plain(value)}"


def plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} = {plain(each)}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(map(plain, value))
    return str(value)


def label(run: IngestionRun) -> str:
    """The badge that tells how a run is, and of a running one what it does and how far it is."""
    return badge(at_work(run) if run.status == _Status.RUNNING else run.get_status_display(), _COLOURS[run.status])


def at_work(run: IngestionRun) -> str:
    """Such as: Running: comparing, 80 %."""
    doing = f": {run.get_stage_display()}," if run.stage else ""
    return f"{run.get_status_display()}{doing} {run.progress} %"


def run_link(run: IngestionRun) -> str:
    return link(reverse("admin:ingestion_ingestionrun_change", args=[run.pk]), f"#{run.pk}")


def runs_section(runs: QuerySet[IngestionRun], more_url: str = "", *, of_all: bool = False) -> Section:
    """The newest runs as a table; those `of_all` suppliers say whose they are."""
    headers = [
        _("run"), *([_("supplier")] if of_all else []), _("state"), _("kind"), _("started"), _("by"), _("held"),
        _("failed"), _("stored"), _("new"), _("changed"), _("missing"),
    ]  # fmt: skip
    rows = (
        (
            run_link(run),
            *([run.supplier_name] if of_all else []),
            label(run),
            what(run),
            moment(run.created_at),
            run.started_by or "-",
            run.held_items,
            run.failed_rows,
            run.stored_rows,
            run.new_items,
            run.changed_items,
            run.missing_items,
        )
        for run in runs.select_related("started_by").order_by("-id")[:RECENT]
    )
    return section(_("Last runs"), headers, rows, more_url=more_url, more_label=_("All runs"))


def run_counts(run: IngestionRun) -> Iterator[tuple[str, str]]:
    """Every count of a run with its name; seconds and speed once it has ended. Who acts by hand reads no rows."""
    for name in _counted(run):
        yield count_label(run, name), number_format(getattr(run, name), force_grouping=True)
    yield _("seconds"), number_format(run.processing_seconds, 2) if run.processing_seconds is not None else "-"
    if run.kind == IngestionRun.Kind.INGESTION:
        speed = run.items_per_second
        yield _("items per second"), number_format(speed, 0, force_grouping=True) if speed else "-"


def _counted(run: IngestionRun) -> tuple[str, ...]:
    if run.kind != IngestionRun.Kind.INGESTION:
        return ()
    return ROWS if run.has_change_set else (*ROWS, *ITEMS)


def count_label(run: IngestionRun, name: str) -> str:
    if name == "stored_rows":
        return _("rows that would be stored") if run.dry_run else _("rows stored")
    if name == "held_items":
        return _("prices that would be held") if run.dry_run else _("prices held")
    return str(label_for_field(name, IngestionRun))


def what(run: IngestionRun) -> str:
    """A dry run is no ingestion to who reads a list of runs."""
    return _("Dry run") if run.dry_run else run.get_kind_display()


def relations(run: IngestionRun) -> Iterator[tuple[str, int]]:
    """The runs that this one has to do with, each with the words before its number."""
    if run.applies_id:
        yield _("Applies the dry run"), run.applies_id
    for number in run.applied_by.order_by("id").values_list("pk", flat=True):
        yield _("Applied by"), number
    if run.overtaken_by_id:
        yield _("Overtaken by"), run.overtaken_by_id
    if run.undoes_id:
        yield _("Undoes"), run.undoes_id
    if run.undone_by_id:
        yield _("Undone by"), run.undone_by_id


def held(run: IngestionRun) -> dict[str, int]:
    """How many of the prices that it held still wait for a person."""
    waits = run.held_items and not run.dry_run
    return {"still_held": run.changes.held().count() if waits else 0}


def drafts_url(run: IngestionRun) -> str:
    """The drafts that the run brought: those of its supplier made while it ran."""
    if run.dry_run or not run.new_drafts or not run.started_at or not run.supplier_id:
        return ""
    query: dict[str, Any] = {"offers__supplier__id__exact": run.supplier_id}
    for side, at, rest in (("from", run.started_at, 0), ("to", run.finished_at, 1)):
        if at:
            second = localtime(at).replace(microsecond=0) + timedelta(seconds=rest)
            query |= {f"created_at_{side}_0": f"{second:%Y-%m-%d}", f"created_at_{side}_1": f"{second:%H:%M:%S}"}
    return f"{reverse('admin:catalog_draftproduct_changelist')}?{urlencode(query)}"
