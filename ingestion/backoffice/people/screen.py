"""Accounts and roles, in the look of the other screens."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as BaseGroupAdmin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.views import ChangeList

from ingestion.actions import second_factors
from ingestion.backoffice.kit.screens import CheckedList
from ingestion.backoffice.kit.side_bar import SideBarPart, link_to_list
from ingestion.backoffice.kit.versions import KeepsOthersEdits

admin.site.unregister(User)
admin.site.unregister(Group)

SUPERUSERS_ONLY = ("is_superuser", "user_permissions")

link_to_list(SideBarPart.ADMINISTRATION, 10, gettext_lazy("Users"), "person", "auth.user")
link_to_list(SideBarPart.ADMINISTRATION, 20, gettext_lazy("Roles"), "groups", "auth.group")


@admin.register(User)
class UserAdmin(KeepsOthersEdits, BaseUserAdmin[User], ModelAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    actions = ["reset_second_factor"]

    @admin.action(description=gettext_lazy("Reset the second factor"), permissions=["change"])
    def reset_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """For who lost the device; of a superuser only a superuser does it."""
        people = [user for user in queryset if self.has_change_permission(request, user)]
        for user in people:
            second_factors.reset(user)
            self.log_change(request, user, "second factor reset")
        if people:
            self.message_user(request, _("Reset for: %(count)d.") % {"count": len(people)}, messages.SUCCESS)
        if spared := queryset.count() - len(people):
            text = _("Not reset: %(count)d, which only a superuser may.")
            self.message_user(request, text % {"count": spared}, messages.WARNING)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return CheckedList

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Who is no superuser gives roles, not powers beyond them."""
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else (*fields, *SUPERUSERS_ONLY)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (request.user.is_superuser or obj is None or not obj.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (request.user.is_superuser or obj is None or not obj.is_superuser)


@admin.register(Group)
class GroupAdmin(KeepsOthersEdits, BaseGroupAdmin, ModelAdmin):
    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return CheckedList
