"""RQ's own pages ask only for the staff flag, and they can empty a queue: here they ask for their permission."""

import logging
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django_rq.admin import QueueAdmin
from django_rq.models import Dashboard
from redis.exceptions import RedisError
from rq.exceptions import NoSuchJobError

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


admin.site.unregister(Dashboard)


@admin.register(Dashboard)
class QueueScreen(QueueAdmin):  # type: ignore[misc, unused-ignore]
    def get_urls(self) -> list[URLPattern]:
        patterns: list[URLPattern] = super().get_urls()  # type: ignore[no-untyped-call]
        patterns = [each for each in patterns if each.name and not WITHOUT_USE.fullmatch(each.name)]
        for pattern in patterns:
            pattern.callback = for_operators(pattern.callback)
        return patterns
