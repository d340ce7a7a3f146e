"""The tree of categories."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalog.models import Category
from catalog.querysets import CategoryQuerySet
from ingestion.backoffice.kit.screens import Screen
from ingestion.backoffice.kit.side_bar import SideBarPart, link_to_list

link_to_list(SideBarPart.CATALOG, 40, _("Categories"), "account_tree", "catalog.category")


@admin.register(Category)
class CategoryAdmin(Screen):
    list_display = ["name", "parent", "needs_review"]
    list_filter = ["needs_review"]
    list_select_related = ["parent"]
    search_fields = ["name"]
    autocomplete_fields = ["parent"]
    actions = ["mark_reviewed"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Category]:
        return super().get_queryset(request).select_related("parent")

    @admin.action(description=_("Mark as reviewed"), permissions=["change"])
    def mark_reviewed(self, request: HttpRequest, queryset: CategoryQuerySet) -> None:
        count = queryset.mark_reviewed()
        text = ngettext("%(count)d category marked as reviewed.", "%(count)d categories marked as reviewed.", count)
        self.message_user(request, text % {"count": count})
