"""RQ's own pages ask only for the staff flag, and they can empty a queue: here they ask for their permission."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern
from django_rq.admin import QueueAdmin
from django_rq.models import Dashboard

View = Callable[..., HttpResponseBase]


def for_operators(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.has_perm("django_rq.admin"):
            raise PermissionDenied
        return view(request, *args, **kwargs)  # somebody unknown is asked to log in there

    return guarded


admin.site.unregister(Dashboard)


@admin.register(Dashboard)
class QueueScreen(QueueAdmin):  # type: ignore[misc, unused-ignore]
    def get_urls(self) -> list[URLPattern]:
        patterns: list[URLPattern] = super().get_urls()  # type: ignore[no-untyped-call]
        for pattern in patterns:
            pattern.callback = for_operators(pattern.callback)
        return patterns
