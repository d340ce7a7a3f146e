"""The moves of the life cycle, as actions on lists and for one product."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog import lifecycle, search
from catalog.models import Product
from ingestion.backoffice.kit.screens import Screen, person

NEWEST_FIRST = ["-created_at", "-id"]  # as the index of each status has them
OLDEST_FIRST = ["created_at", "id"]


class Move(NamedTuple):
    """One move of the life cycle as people see it."""

    apply: Callable[..., lifecycle.Outcome]
    label: Promise
    done: Promise
    permission: str
    sources: tuple[str, ...]
    icon: str
    variant: str


MOVES = {
    "promote": Move(
        lifecycle.promote,
        gettext_lazy("Promote to active"),
        gettext_lazy("promoted"),
        "catalog.promote_product",
        ("draft",),
        "check_circle",
        "primary",
    ),
    "reactivate": Move(
        lifecycle.reactivate,
        gettext_lazy("Reactivate"),
        gettext_lazy("reactivated"),
        "catalog.promote_product",
        ("archived",),
        "restart_alt",
        "primary",
    ),
    "archive": Move(
        lifecycle.archive,
        gettext_lazy("Archive"),
        gettext_lazy("archived"),
        "catalog.archive_product",
        ("draft", "active"),
        "archive",
        "default",
    ),
}


class LifecycleScreen(Screen):
    """Products: found by part of a name or code, and moved through their life cycle."""

    search = staticmethod(search.products)
    search_help_text = gettext_lazy("Part of a name or of an internal SKU, or a supplier's SKU")

    def has_promote_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("catalog.promote_product")

    def has_archive_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("catalog.archive_product")

    @admin.action(description=gettext_lazy("Promote to active"), permissions=["promote"])
    def promote(self, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        self.move(request, queryset, "promote")

    @admin.action(description=gettext_lazy("Archive"), permissions=["archive"])
    def archive(self, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        self.move(request, queryset, "archive")

    @admin.action(description=gettext_lazy("Reactivate"), permissions=["promote"])
    def reactivate(self, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        self.move(request, queryset, "reactivate")

    def move(self, request: HttpRequest, products: QuerySet[Product], verb: str) -> None:
        outcome = MOVES[verb].apply(products, by=person(request))
        parts = [f"{outcome.changed} {MOVES[verb].done}"]
        if outcome.refused:
            reasons = ", ".join(f"{count} {reason}" for reason, count in outcome.refused.items())
            refused = {"count": sum(outcome.refused.values()), "reasons": reasons}
            parts.append(_("%(count)d refused: %(reasons)s") % refused)
        level = messages.WARNING if outcome.refused else messages.SUCCESS
        self.message_user(request, ", ".join(parts) + ".", level)
