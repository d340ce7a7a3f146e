"""Suppliers of whose items nothing is linked without a person, since too many such links were wrong."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from catalog.linking.audit import Audit, open_gate
from catalog.linking.models import ClosedGate
from ingestion.backoffice.kit.screens import ReadOnlyScreen, badge, person
from ingestion.backoffice.kit.side_bar import SideBarPart, link_to_list

link_to_list(SideBarPart.CATALOG, 16, gettext_lazy("Closed gates"), "door_front", "catalog.closedgate")


@admin.register(ClosedGate)
class ClosedGateAdmin(ReadOnlyScreen):
    list_display = ["supplier", "state", "wrong", "right", "interval", "closed_at", "opened_at", "opened_by"]
    list_filter = [("supplier", AutocompleteSelectFilter)]
    list_select_related = ["supplier", "opened_by"]
    search_fields = ["supplier__name"]
    actions = ["open_again"]

    def has_open_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("catalog.open_closedgate")

    @admin.display(description=gettext_lazy("gate"), ordering="opened_at")
    def state(self, gate: ClosedGate) -> str:
        return badge(_("open again"), "success") if gate.opened_at else badge(_("closed"), "danger")

    @admin.display(description=gettext_lazy("precision, with 95 %"))
    def interval(self, gate: ClosedGate) -> str:
        lowest, highest = Audit(gate.right, gate.wrong).interval
        return f"{lowest:.1%} - {highest:.1%}"

    @admin.action(description=gettext_lazy("Open the gate again"), permissions=["open"])
    def open_again(self, request: HttpRequest, queryset: QuerySet[ClosedGate]) -> None:
        count = sum(open_gate(gate, by=person(request)) for gate in queryset)
        text = _("%(count)d opened: what is beyond doubt is linked without a person again.")
        self.message_user(request, text % {"count": count}, messages.SUCCESS if count else messages.WARNING)
