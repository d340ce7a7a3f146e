"""Runs: watched while they work, explained when they have ended, started again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from ingestion.actions.dry_runs import can_be_applied
from ingestion.actions.starts import (
    cancel_each,
    run_again,
    run_each_again,
    take_in_all_the_same,
    take_in_before_its_day,
)
from ingestion.backoffice.errors import causes
from ingestion.backoffice.errors.group import error_group
from ingestion.backoffice.held.screen import may_decide
from ingestion.backoffice.kit import run_facts
from ingestion.backoffice.kit.filters import MomentFilter, PersonFilter
from ingestion.backoffice.kit.rows import run_row
from ingestion.backoffice.kit.screens import ReadOnlyScreen, person
from ingestion.backoffice.kit.side_bar import SideBarPart, link_to_list
from ingestion.backoffice.mapping.screen import bind_anew_clicked, changes_of
from ingestion.backoffice.runs import buttons, change_set
from ingestion.backoffice.runs.currency import answer_currency, currency_facts
from ingestion.backoffice.runs.matching import match_clicked, matching_of
from ingestion.backoffice.runs.notices import notices_of
from ingestion.backoffice.runs.understanding import understanding_sections
from ingestion.backoffice.runs.undo import undo_view
from ingestion.errors import IngestionError
from ingestion.models import IngestionRun
from ingestion.runs.requests import UnderWay
from ingestion.texts import text_of
from ingestion.views import run_waits

link_to_list(SideBarPart.PRICE_LISTS, 30, gettext_lazy("Runs"), "sync", "ingestion.ingestionrun")


@admin.register(IngestionRun)
class IngestionRunAdmin(ReadOnlyScreen):
    list_display = [
        "run",
        "status_label",
        "what",
        "origin",
        "held",
        "failed_rows",
        "stored",
        "new_items",
        "changed_items",
        "started_by",
        "created_at",
    ]
    list_filter = [
        ("supplier", AutocompleteSelectFilter),
        ("source", AutocompleteSelectFilter),
        ("status", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        "dry_run",
        ("started_by", PersonFilter),
        ("created_at", MomentFilter),
    ]
    list_select_related = ["source", "started_by"]
    search_fields = ["supplier_name", "task_id__exact", "price_list__original_name"]
    fieldsets = [
        (
            gettext_lazy("Details"),
            {
                "fields": [
                    ("parser_type", "priority"),
                    ("created_at", "heartbeat_at"),
                    ("started_at", "finished_at"),
                    ("retry_count", "max_retries"),
                    "task_id",
                    "reading_settings",
                ]
            },
        )
    ]
    readonly_fields = ["reading_settings"]
    change_form_outer_before_template = "backoffice/runs/state.html"
    change_form_outer_after_template = "backoffice/kit/tables.html"
    actions = ["run_chosen_again", "cancel_chosen"]

    @admin.display(description=gettext_lazy("reading settings"))
    def reading_settings(self, run: IngestionRun) -> str:
        return format_html_join("", "<p>{}</p>", ((line,) for line in run_facts.settings_of(run))) or "-"

    def has_start_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("ingestion.start_ingestionrun")

    def get_queryset(self, request: HttpRequest) -> QuerySet[IngestionRun]:
        return super().get_queryset(request).select_related("supplier", "source__supplier", "price_list", "started_by")

    def get_urls(self) -> list[Any]:
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"ingestion_ingestionrun_{name}")
            for name, view in (
                ("state", self.state),
                ("again", self.again),
                ("force", self.force),
                ("cancel", self.cancel),
                ("bind", self.bind),
                ("row", self.row),
                ("apply", self.apply),
                ("undo", self.undo),
                ("currency", self.currency),
                ("move", self.move),
                ("errors", self.errors),
                ("workbook", self.workbook),
                ("match", self.match),
            )
        ]
        return [*own, *super().get_urls()]

    def panel(self, request: HttpRequest, obj: IngestionRun) -> dict[str, Any]:
        return {
            "run": obj,
            "error_name": run_facts.ERROR_TYPE_LABELS[obj.error_type][0] if obj.error_type else "",
            "label": run_facts.label(obj),
            "working": obj.is_under_way,
            "waits": run_waits.reason(obj),
            "counts": list(run_facts.run_counts(obj)),
            "drafts_url": run_facts.drafts_url(obj),
            "changes": changes_of(obj),
            **change_set.change_set_facts(obj),
            **causes.error_facts(obj),
            **run_facts.held(obj),
            **matching_of(obj),
            "relations": list(run_facts.relations(obj)),
            "can_be_applied": can_be_applied(obj),
            "notices": notices_of(obj),
            "yes_or_no": obj.status == IngestionRun.Status.WAITING and obj.waits_for in buttons.YES_OR_NO,
            **currency_facts(request, obj),
            "may_decide": may_decide(request),
            "links": buttons.links_of(request, obj),
            "buttons": buttons.buttons_of(request, obj),
            "sections": list(understanding_sections(obj)),
        }

    @method_decorator([require_GET, never_cache])
    def state(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The part of the run's page that refreshes itself while the run works."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        run = get_object_or_404(self.get_queryset(request), pk=pk)
        answer = render(request, "backoffice/runs/state.html", self.panel(request, run))
        if not run.is_under_way:
            answer["HX-Refresh"] = "true"  # the rest of the page changes with the end of the run
        return answer

    @method_decorator(require_POST)
    def again(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_start_permission(request):
            raise PermissionDenied
        run = get_object_or_404(self.get_queryset(request), pk=pk)
        how = {"force": "force" in request.GET, "dry_run": "dry_run" in request.GET}
        return self.started(request, run, lambda: run_again(run, by=person(request), **how))

    @method_decorator(require_POST)
    def force(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_start_permission(request):
            raise PermissionDenied
        run = get_object_or_404(self.get_queryset(request), pk=pk)
        is_early = run.status == IngestionRun.Status.SCHEDULED
        take_in = take_in_before_its_day if is_early else take_in_all_the_same
        return self.started(request, run, lambda: take_in(run, by=person(request)))

    def started(self, request: HttpRequest, run: IngestionRun, start: Callable[[], IngestionRun]) -> HttpResponse:
        try:
            run = start()
        except UnderWay as doubled:
            if answer := run_facts.tell_under_way(self, request, doubled):
                return answer
        except IngestionError as problem:
            self.message_user(request, text_of(problem.message), messages.ERROR)
        else:
            self.message_user(request, _("Run #%(number)d waits in the queue.") % {"number": run.pk}, messages.SUCCESS)
        return redirect("admin:ingestion_ingestionrun_change", run.pk)

    @method_decorator(require_POST)
    def cancel(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_start_permission(request):
            raise PermissionDenied
        self.cancel_chosen(request, self.get_queryset(request).filter(pk=pk))
        return redirect("admin:ingestion_ingestionrun_change", pk)

    @method_decorator(require_POST)
    def bind(self, request: HttpRequest, pk: int) -> HttpResponse:
        return bind_anew_clicked(self, request, get_object_or_404(self.get_queryset(request), pk=pk))

    @method_decorator(require_POST)
    def match(self, request: HttpRequest, pk: int) -> HttpResponse:
        return match_clicked(self, request, get_object_or_404(self.get_queryset(request), pk=pk))

    @method_decorator(require_POST)
    def apply(self, request: HttpRequest, pk: int) -> HttpResponse:
        return buttons.apply_now(self, request, get_object_or_404(self.get_queryset(request), pk=pk))

    @method_decorator(require_POST)
    def currency(self, request: HttpRequest, pk: int) -> HttpResponse:
        return answer_currency(self, request, get_object_or_404(self.get_queryset(request), pk=pk))

    @method_decorator(require_POST)
    def move(self, request: HttpRequest, pk: int) -> HttpResponse:
        return buttons.move_clicked(self, request, get_object_or_404(self.get_queryset(request), pk=pk))

    def undo(self, request: HttpRequest, pk: int) -> HttpResponse:
        return undo_view(self, request, get_object_or_404(self.get_queryset(request), pk=pk))

    def errors(self, request: HttpRequest, pk: int) -> HttpResponse:
        return error_group(self, request, get_object_or_404(self.get_queryset(request), pk=pk))

    @method_decorator(require_GET)
    def workbook(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        return causes.error_workbook(self, request, get_object_or_404(self.get_queryset(request), pk=pk))

    @method_decorator(require_GET)
    def row(self, request: HttpRequest, pk: int) -> HttpResponse:
        return run_row(self, request, get_object_or_404(self.get_queryset(request), pk=pk))

    @admin.action(description=gettext_lazy("Run again"), permissions=["start"])
    def run_chosen_again(self, request: HttpRequest, queryset: QuerySet[IngestionRun]) -> None:
        run_facts.tell_started(self, request, run_each_again(queryset, by=person(request)))

    @admin.action(description=gettext_lazy("Cancel"), permissions=["start"])
    def cancel_chosen(self, request: HttpRequest, queryset: QuerySet[IngestionRun]) -> None:
        cancelled, ended = cancel_each(queryset, by=person(request))
        text = _("%(cancelled)d cancelled.") % {"cancelled": cancelled}
        if ended:
            text += " " + _("%(finished)d had ended already.") % {"finished": ended}
        self.message_user(request, text, messages.WARNING if ended else messages.SUCCESS)

    @admin.display(description=gettext_lazy("run"), ordering="id")
    def run(self, run: IngestionRun) -> str:
        return f"#{run.pk}"

    @admin.display(description=gettext_lazy("state"), ordering="status")
    def status_label(self, run: IngestionRun) -> str:
        return run_facts.label(run)

    @admin.display(description=gettext_lazy("held"), ordering="held_items")
    def held(self, run: IngestionRun) -> int:
        return run.held_items

    @admin.display(description=gettext_lazy("stored"), ordering="successful_rows")
    def stored(self, run: IngestionRun) -> int:
        return run.stored_rows

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def what(self, run: IngestionRun) -> str:
        return run_facts.what(run)

    @admin.display(description=gettext_lazy("supplier and source"), ordering="supplier_name")
    def origin(self, run: IngestionRun) -> str:
        return f"{run.supplier_name} / {run.source.name}" if run.source else run.supplier_name
