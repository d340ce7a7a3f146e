"""The Content-Security-Policy: scripts are files of ours, or carry the nonce of this one answer.

Templates, ours and those of packages, are given the nonce while they are read from the disk (`Nonced...`): only what
stands in a template has it, never a value that is put into one, so a `<script>` that somebody smuggles in stays dead.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.template import Library, Origin
from django.template.loaders import app_directories, filesystem

register = Library()
_nonce: ContextVar[str] = ContextVar("nonce", default="")

POLICY = {
    "default-src": "'none'",
    "script-src": "'self' 'nonce-{nonce}'",
    "style-src": "'self' 'nonce-{nonce}'",
    "style-src-attr": "'unsafe-inline'",  # unfold and the pages of the queue set widths so; an attribute loads nothing
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
}
PERMISSIONS = ", ".join(f"{power}=()" for power in ("camera", "geolocation", "microphone", "payment", "usb"))

# What the templates of unfold say in a script that the build of Alpine without `eval` does not understand. The words
# on the right are in static/config/page.js; a test looks that each on the left still stands in its template.
Replacement = tuple[str | re.Pattern[str], str]
REPLACED: dict[str, list[Replacement]] = {
    "admin/change_form.html": [(re.compile(r'x-bind:action="activeTab &&[^"]*"'), 'x-bind:action="address()"')],
    "unfold/layouts/skeleton.html": [
        ("unfold/js/alpine/alpine.js", "config/alpine.csp.js"),
        (
            re.compile(r'x-data="\{\s*\{% if opts %\}activeTab.*?"\s*>', re.DOTALL),
            "x-data=\"page('{% if opts %}{% tabs_primary_active inline_admin_formsets %}{% endif %}')\">",
        ),
    ],
    "unfold/helpers/search.html": [
        ("openSearchResults = true; currentIndex = 0", "openResults()"),
        (
            re.compile(r'x-on:keydown\.escape\.prevent="openSearchResults = false; if[^"]*"'),
            'x-on:keydown.escape.prevent="escape()"',
        ),
    ],
    "unfold/helpers/welcomemsg.html": [
        (
            re.compile(r"sidebarDesktopOpen = !sidebarDesktopOpen; localStorage[^\"]*"),
            "sidebarDesktopOpen = !sidebarDesktopOpen",
        )
    ],
    "unfold/helpers/command.html": [
        ("if (!$event.metaKey && !$event.ctrlKey) selectItem", "!$event.metaKey && !$event.ctrlKey && selectItem")
    ],
}
TAG = re.compile(r"<(script|style)(?=[\s>])")
HANDLER = re.compile(r'\son(?:click|change)="[^"]*"')  # rows of the queue's pages that lead where a link in them leads
# what the queue's pages call has gone from Django's admin: a script that ends with an error
DEAD_SCRIPT = re.compile(r"<script(?:(?!</script>).)*\.actions\((?:(?!</script>).)*</script>", re.DOTALL)


def nonced(name: str, source: str) -> str:
    if not name.endswith(".html"):
        return source
    for old, new in REPLACED.get(name, ()):
        pattern = re.compile(re.escape(old)) if isinstance(old, str) else old
        source = pattern.sub(new.replace("\\", r"\\"), source)
    if name.startswith("django_rq/"):
        source = DEAD_SCRIPT.sub("", source)
    return TAG.sub(r'<\1 nonce="{% csp_nonce %}"', HANDLER.sub("", source))


class NoncedFolders(filesystem.Loader):
    def get_contents(self, origin: Origin) -> str:
        return nonced(str(origin.template_name), super().get_contents(origin))


class NoncedApps(app_directories.Loader):
    def get_contents(self, origin: Origin) -> str:
        return nonced(str(origin.template_name), super().get_contents(origin))


@register.simple_tag
def csp_nonce() -> str:
    return _nonce.get()


class ContentSecurityPolicy:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        nonce = secrets.token_urlsafe(16)
        token = _nonce.set(nonce)
        try:
            response = self.get_response(request)
        finally:
            _nonce.reset(token)
        if not (settings.DEBUG and response.status_code >= 400):  # Django's pages about errors, for developers
            response.headers["Content-Security-Policy"] = policy(nonce)
        response.headers["Permissions-Policy"] = PERMISSIONS
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


def policy(nonce: str) -> str:
    return "; ".join(f"{name} {value}" for name, value in POLICY.items()).format(nonce=nonce)
