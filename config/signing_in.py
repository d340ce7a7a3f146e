"""The brake on guessing passwords: django-axes counts what failed, by account, by address, and by both together."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from config.requests import refused


def client_address(request: HttpRequest) -> str:
    """The address of who asks; of an IPv6 address its /64, all of which one connection has.

    Behind our proxy it is the last that the proxy added to X-Forwarded-For: what stands before it anybody can send.
    """
    given = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        given = request.META.get("HTTP_X_FORWARDED_FOR", given).rpartition(",")[2].strip()
    try:
        address = ip_address(given)
    except ValueError:
        return "0.0.0.0"  # noqa: S104  (no address to listen on: one to count by)
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, 64), strict=False).network_address)
    return str(address)


class Brake(AxesDatabaseHandler):  # type: ignore[misc, unused-ignore]
    """Five failures of one account from one address lock the two; an account, or an address, takes more of them.

    An office has one address: a colleague's forgotten password must not lock everybody out.
    """

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """How near the nearest limit is, on the scale of AXES_FAILURE_LIMIT."""
        [pair] = self.get_user_attempts(request, credentials)
        recent = AccessAttempt.objects.filter(attempt_time__gte=request.axes_attempt_time - settings.AXES_COOLOFF_TIME)  # type: ignore[attr-defined]
        name = credentials.get("username") if credentials else request.POST.get("username", "")
        limit: int = settings.AXES_FAILURE_LIMIT
        near = (
            failed(pair),
            failed(recent.filter(username=name)) * limit // settings.SIGN_IN_LIMIT_ACCOUNT,
            failed(recent.filter(ip_address=client_address(request))) * limit // settings.SIGN_IN_LIMIT_ADDRESS,
        )
        return int(max(near))


def failed(attempts: QuerySet[AccessAttempt]) -> int:
    found: dict[str, int | None] = attempts.aggregate(sum=Sum("failures_since_start"))
    return found["sum"] or 0


def locked(request: HttpRequest, response: object = None, credentials: object = None) -> HttpResponse:
    """The same words whether or not there is such an account."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    text = _(
        "Too many attempts to sign in have failed. Wait %(minutes)d minutes, or ask an administrator to unlock you "
        "(Administration, Locked sign-ins)."
    )
    answer = refused(request, 429, text % {"minutes": minutes})
    answer.headers["Retry-After"] = str(minutes * 60)
    return answer
