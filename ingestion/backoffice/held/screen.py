"""What waits for a person: suspicious prices, and runs that stored nothing yet. Accepted and rejected in bulk."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeNumericFilter

from catalog.models import SupplierItem
from ingestion.actions import holds
from ingestion.backoffice.changes import cells
from ingestion.backoffice.changes.screen import ChangeScreen
from ingestion.backoffice.kit.run_facts import BUSY
from ingestion.backoffice.kit.screens import person
from ingestion.backoffice.kit.side_bar import SideBarPart, link_to_list
from ingestion.models import Change, HeldChange, IngestionRun
from ingestion.models.querysets import ChangeQuerySet
from ingestion.runs.life_cycle import RunMoved
from ingestion.runs.requests import UnderWay
from ingestion.runs.supplier_lock import SupplierBusy
from ingestion.views.held import held_groups

HELD = "admin:ingestion_heldchange_changelist"
SAMPLES = 10
GROUPS = 50
NO_CAUSE = "none"  # in addresses, where an empty cause means any

link_to_list(
    SideBarPart.PRICE_LISTS, 40, gettext_lazy("Held"), "front_hand", "ingestion.heldchange", "ingestion.view_change"
)


class Decision(NamedTuple):
    """One of the two answers, as people see it."""

    decide: Callable[..., holds.Decided]
    label: Promise
    done: Promise
    icon: str
    variant: str


DECISIONS = {
    "accept": Decision(holds.accept, gettext_lazy("Accept"), gettext_lazy("accepted"), "check_circle", "primary"),
    "reject": Decision(holds.reject, gettext_lazy("Reject"), gettext_lazy("rejected"), "block", "danger"),
}


class ScopeForm(forms.Form):
    """Which of the held changes are meant: those of a run, of a cause, with a change below so many per cent."""

    run = forms.IntegerField(required=False)
    cause = forms.ChoiceField(choices=[(NO_CAUSE, ""), *Change.Cause.choices], required=False)
    below = forms.DecimalField(required=False, min_value=Decimal(0), max_value=Decimal(10**9))

    def chosen(self) -> QuerySet[Change]:
        """None of them where the form says nothing, or nothing that can be understood."""
        if not self.is_valid() or not any(value not in (None, "") for value in self.cleaned_data.values()):
            return holds.open_holds().none()
        run, cause, below = (self.cleaned_data[name] for name in ("run", "cause", "below"))
        return holds.holds_of(run=run, cause="" if cause == NO_CAUSE else cause or None, under=below)


def may_decide(request: HttpRequest) -> bool:
    return request.user.has_perm("ingestion.decide_change")


def held_group_rows() -> list[dict[str, Any]]:
    """What is held, as lines of a table."""
    return [
        {
            "group": group,
            "run_id": group.run_id,
            "supplier_name": group.supplier_name,
            "cause_key": group.cause or NO_CAUSE,
            "least": cells.signed(group.least),
            "most": cells.signed(group.most),
        }
        for group in held_groups(GROUPS)
    ]


@admin.register(HeldChange)
class HeldAdmin(ChangeScreen):
    list_display = [
        "item",
        "name",
        "difference",
        "shown_percent",
        "shown_cause",
        "supplier_and_source",
        "row",
        "run_number",
    ]
    list_filter = [
        ("run", AutocompleteSelectFilter),
        ("cause", ChoicesDropdownFilter),
        ("percent", RangeNumericFilter),
    ]
    list_select_related = ["run__source", "run__price_list"]
    list_before_template = "backoffice/held/groups.html"
    actions = ["accept_chosen", "reject_chosen"]

    def has_view_permission(self, request: HttpRequest, obj: Change | None = None) -> bool:
        return request.user.has_perm("ingestion.view_change")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return may_decide(request)

    def get_queryset(self, request: HttpRequest) -> ChangeQuerySet:
        items = SupplierItem.objects.filter(pk=OuterRef("item_id"))
        return super().get_queryset(request).held().annotate(item_notes=Subquery(items.values("notes")[:1]))

    @admin.display(description=gettext_lazy("old and new"))
    def difference(self, change: Change) -> SafeString:
        return cells.with_notes(change, getattr(change, "item_notes", None))

    def get_urls(self) -> list[Any]:
        decide = self.admin_site.admin_view(self.decide)
        decide_run = self.admin_site.admin_view(self.decide_run)
        return [
            path("decide/<str:verb>/", decide, name="ingestion_heldchange_decide"),
            path("run/<int:pk>/<str:verb>/", decide_run, name="ingestion_heldchange_run"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {
            "title": _("Held for a person"),
            "groups": held_group_rows(),
            "waiting": IngestionRun.objects.waiting().select_related("source"),
            "may_decide": may_decide(request),
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    @admin.action(description=gettext_lazy("Accept"), permissions=["decide"])
    def accept_chosen(self, request: HttpRequest, queryset: QuerySet[Change]) -> HttpResponse | None:
        return self.answer(request, "accept", queryset)

    @admin.action(description=gettext_lazy("Reject"), permissions=["decide"])
    def reject_chosen(self, request: HttpRequest, queryset: QuerySet[Change]) -> HttpResponse | None:
        return self.answer(request, "reject", queryset)

    def decide(self, request: HttpRequest, verb: str) -> HttpResponse:
        """A bucket, a run, or all below so many per cent: first what it would be, then the decision."""
        if verb not in DECISIONS:
            raise Http404
        if not may_decide(request):
            raise PermissionDenied
        given = request.POST if request.method == "POST" else request.GET
        return self.answer(request, verb, ScopeForm(given).chosen()) or redirect(HELD)

    def answer(self, request: HttpRequest, verb: str, changes: QuerySet[Change]) -> HttpResponse | None:
        """The page with the comment; when that comes back, the decision itself."""
        if not changes.exists():
            self.message_user(request, _("Nothing of that is held."), messages.WARNING)
            return None
        if "confirmed" not in request.POST:
            return self.confirm(request, verb, changes)
        chosen = Change.objects.filter(pk__in=changes.order_by().values("pk"))
        comment = request.POST.get("comment", "").strip()
        try:
            decided = DECISIONS[verb].decide(chosen, by=person(request), comment=comment)
        except SupplierBusy:
            self.message_user(request, BUSY, messages.WARNING)
        else:
            self.message_user(
                request, decided_text(verb, decided), messages.WARNING if decided.moot else messages.SUCCESS
            )
        return None

    def confirm(self, request: HttpRequest, verb: str, changes: QuerySet[Change]) -> HttpResponse:
        count = changes.count()
        title = ngettext("%(what)s: %(count)d held price", "%(what)s: %(count)d held prices", count)
        context = {
            **self.admin_site.each_context(request),
            "title": title % {"what": DECISIONS[verb].label, "count": count},
            "opts": self.opts,
            "decision": DECISIONS[verb],
            "verb": verb,
            "count": count,
            "carried": carried(request),
            "samples": samples(changes),
        }
        return TemplateResponse(request, "backoffice/held/decide.html", context)

    @method_decorator(require_POST)
    def decide_run(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """A run that waits for a yes or no: whether its rows may go in."""
        if verb not in DECISIONS:
            raise Http404
        if not may_decide(request):
            raise PermissionDenied
        run = get_object_or_404(holds.waiting_runs(), pk=pk)
        take = {"accept": holds.take_in_anyway, "reject": holds.refuse_list}[verb]
        try:
            take(run, by=person(request), comment=request.POST.get("comment", "").strip())
        except (RunMoved, UnderWay):
            self.message_user(request, _("Somebody else has decided on run #%d meanwhile.") % run.pk, messages.WARNING)
            return redirect("admin:ingestion_ingestionrun_change", run.pk)
        text = {
            "accept": _("Run #%d goes on."),
            "reject": _("Run #%d was refused; nothing of it was stored."),
        }[verb]
        self.message_user(request, text % run.pk, messages.SUCCESS)
        return redirect("admin:ingestion_ingestionrun_change", run.pk)

    @admin.display(description=gettext_lazy("supplier and source"), ordering="run__supplier_name")
    def supplier_and_source(self, change: Change) -> str:
        source = change.run.source
        return f"{change.run.supplier_name} / {source.name}" if source else change.run.supplier_name


def samples(changes: QuerySet[Change]) -> list[tuple[str, ...]]:
    """The first of them, as lines of a table."""
    shown = list(changes[:SAMPLES])
    items = cells.items_of(shown)
    return [
        (
            cells.item_link(change),
            cells.item_name(change, items),
            cells.with_notes(change, item.notes if (item := items.get(change.item_id or 0)) else None),
            cells.signed(change.percent),
            cells.cause_text(change),
        )
        for change in shown
    ]


def carried(request: HttpRequest) -> list[tuple[str, str]]:
    """What the confirmation sends again: the selection, and how it was made."""
    given = request.POST if request.method == "POST" else request.GET
    left_out = {"csrfmiddlewaretoken", "comment", "confirmed"}
    return [(name, str(value)) for name in given if name not in left_out for value in given.getlist(name)]


def decided_text(verb: str, decided: holds.Decided) -> str:
    """The result in numbers, and what is left."""
    parts = [f"{decided.count} {DECISIONS[verb].done}"]
    if decided.moot:
        parts.append(_("%(count)d were moot already") % {"count": decided.moot})
    left = holds.open_holds().count()
    still = ngettext("%(count)d is still held.", "%(count)d are still held.", left) % {"count": left}
    return f"{', '.join(parts)}. {still}"
