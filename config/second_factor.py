"""Signing in with a second factor: a code of an app (TOTP), or one of ten recovery codes, each good once.

Whoever has set one up is asked for it after the password; whoever has a role of SECOND_FACTOR_ROLES has to set one up
before anything else. Nothing else of the site answers until then.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_otp
import segno
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from unfold.widgets import UnfoldAdminTextInputWidget

RECOVERY_CODES = 10
OPEN = ("admin:logout", "admin:jsi18n", "set_language", "health", "second_factor", "second_factor_setup")


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=16,
        widget=UnfoldAdminTextInputWidget(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )


def has_factor(user: User) -> bool:
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def needs_factor(user: User) -> bool:
    roles = settings.SECOND_FACTOR_ROLES
    return "*" in roles or (bool(roles) and user.groups.filter(name__in=roles).exists())


class AskForSecondFactor:
    """Between the password and everything else; it stands after OTPMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
        user: Any = request.user
        if not user.is_authenticated or user.is_verified():
            return None
        match = request.resolver_match
        if match is not None and match.view_name in OPEN:
            return None
        if has_factor(user):
            target = request.get_full_path() if request.method == "GET" else request.path
            return redirect(reverse("second_factor", query={"next": target}))
        return redirect("second_factor_setup") if needs_factor(user) else None


def page(request: HttpRequest, form: CodeForm, title: str, **context: Any) -> HttpResponse:
    context = {**admin.site.each_context(request), "form": form, "title": title, **context}
    return TemplateResponse(request, "config/second_factor.html", context)


@never_cache
@sensitive_post_parameters("code")
@login_required
def ask(request: HttpRequest) -> HttpResponse:
    """The code after the password."""
    user: Any = request.user
    if user.is_verified() or not has_factor(user):
        return redirect("second_factor_setup")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if device := django_otp.match_token(user, form.cleaned_data["code"].strip().lower()):
            verified(request, device)
            return redirect(next_of(request))
        form.add_error("code", wrong_code())
    return page(request, form, _("Second factor"), asks=True)


@never_cache
@sensitive_post_parameters("code")
@login_required
def setup(request: HttpRequest) -> HttpResponse:
    """Sets a device up, and shows the recovery codes once; whoever has one already is asked for it first."""
    user: Any = request.user
    if has_factor(user):
        if not user.is_verified():
            return redirect("second_factor")
        left = StaticToken.objects.filter(device__user=user).count()
        return page(request, CodeForm(), _("Second factor"), is_set_up=True, left=left)
    device = new_device(user)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if device.verify_token(form.cleaned_data["code"].strip()):
            codes = confirm(user, device)
            verified(request, device)
            return page(request, CodeForm(), _("Recovery codes"), codes=codes)
        form.add_error("code", wrong_code())
    picture = segno.make(device.config_url).svg_data_uri(scale=5, border=2, light="white")
    return page(request, form, _("Set up a second factor"), picture=picture, key=key_of(device))


def new_device(user: User) -> TOTPDevice:
    """The one that is being set up: of two, made by two pages that opened at once, always the same."""
    begun = TOTPDevice.objects.filter(user=user, confirmed=False).order_by("pk").first()
    return begun or TOTPDevice.objects.create(user=user, confirmed=False, name="app")


@transaction.atomic
def confirm(user: User, device: TOTPDevice) -> list[str]:
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    StaticDevice.objects.filter(user=user).delete()
    recovery = StaticDevice.objects.create(user=user, name="recovery codes")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=recovery, token=code) for code in codes)
    return codes


def verified(request: HttpRequest, device: Any) -> None:
    django_otp.login(request, device)
    request.session.cycle_key()
    messages.success(request, _("You are signed in with the second factor."))


def wrong_code() -> str:
    return _("This code is not the right one, or was used already. After several wrong ones wait a little longer.")


def key_of(device: TOTPDevice) -> str:
    """The key for whoever types it, in groups of four."""
    key = str(device.config_url).partition("secret=")[2].partition("&")[0]
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))


def next_of(request: HttpRequest) -> str:
    target = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else reverse("admin:index")
