"""The frame's screens: the queue, and who is locked out.

RQ's own pages ask only for the staff flag, and they can empty a queue: here they ask for their permission."""

import logging
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_rq.admin import QueueAdmin
from django_rq.models import Dashboard
from redis.exceptions import RedisError
from rq.exceptions import NoSuchJobError
from unfold.admin import ModelAdmin

from config.requests import refused

log = logging.getLogger(__name__)

View = Callable[..., HttpResponseBase]

NAME = re.compile(r"[\w.:-]{1,200}", re.ASCII)  # of a job, a worker, a result
NUMBERED = ("queue_index", "scheduler_index", "connection_index")
# a table that does not exist, and a package that is not installed
WITHOUT_USE = re.compile(r"django_rq_dashboard_(add|history|delete|change)|django_rq_scheduler_jobs")


def for_operators(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.has_perm("django_rq.admin"):
            raise PermissionDenied
        if not request.user.is_authenticated:
            return view(request, *args, **kwargs)  # which asks to log in
        refuse_unknown(kwargs)
        try:
            return view(request, *args, **kwargs)
        except NoSuchJobError as error:
            raise Http404 from error
        except RedisError:
            log.exception("the queue does not answer")
            return refused(request, 503, _("The queue (Redis) does not answer. Nothing is lost: try again later."))

    return guarded


def refuse_unknown(places: dict[str, Any]) -> None:
    """RQ's pages take any name and any number, and end with an error where there is no such thing."""
    for name, value in places.items():
        known = value < len(settings.RQ_QUEUES) if name in NUMBERED else NAME.fullmatch(str(value))
        if not known:
            raise Http404
    if "job_id" in places and not re.fullmatch(r"[\w-]+", places["job_id"], re.ASCII):
        raise Http404
    if "key" in places and not places["key"].startswith("rq:worker:"):
        raise Http404


admin.site.unregister([Dashboard, TOTPDevice, StaticDevice])  # the last two would show people's keys


@admin.register(Dashboard)
class QueueScreen(QueueAdmin):  # type: ignore[misc, unused-ignore]
    def get_urls(self) -> list[URLPattern]:
        patterns: list[URLPattern] = super().get_urls()  # type: ignore[no-untyped-call]
        patterns = [each for each in patterns if each.name and not WITHOUT_USE.fullmatch(each.name)]
        for pattern in patterns:
            pattern.callback = for_operators(pattern.callback)
        return patterns


@admin.register(AccessAttempt)
class LockScreen(ModelAdmin):  # type: ignore[misc, unused-ignore]
    """Whose attempts to sign in failed, where; deleting them unlocks. For those who may change accounts."""

    list_display = ["username", "ip_address", "failures_since_start", "attempt_time"]
    search_fields = ["username", "ip_address"]
    ordering = ["-attempt_time"]
    list_before_template = "config/locks.html"
    fields = ["username", "ip_address", "user_agent", "failures_since_start", "attempt_time"]
    actions = ["unlock"]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
        context = {"limit": settings.AXES_FAILURE_LIMIT, "minutes": minutes}
        return super().changelist_view(request, {**context, **(extra_context or {})})  # type: ignore[no-any-return]

    @admin.action(description=gettext_lazy("Unlock"), permissions=["delete"])
    def unlock(self, request: HttpRequest, queryset: QuerySet[AccessAttempt]) -> None:
        count, _details = queryset.delete()
        log.info("%s unlocked %s sign-ins", request.user, count)
        self.message_user(request, _("Unlocked: %(count)d.") % {"count": count}, messages.SUCCESS)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("auth.change_user")

    def has_view_permission(self, request: HttpRequest, obj: AccessAttempt | None = None) -> bool:
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: AccessAttempt | None = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: AccessAttempt | None = None) -> bool:
        return False
