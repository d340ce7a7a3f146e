"""What no page can make sense of is refused before a page sees it: with 400 or 404, in words, and never with a 500."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.admin.options import IncorrectLookupParameters
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)

LARGEST_NUMBER = 2**63 - 1  # of a key in the database
FORM_BYTES = 1024 * 1024  # beside the file of an upload
UNKNOWN_BYTES = 64 * 1024  # that somebody who has not signed in may send: the sign-in and nothing else

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def refused(request: HttpRequest, status: int, reason: str) -> HttpResponse:
    return render(request, "refused.html", {"reason": reason}, status=status)


class RefuseUnreadable:
    """NUL is in no text of the database, nor may it be asked for; a key has no more than 19 digits."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info:
            return refused(request, 400, unreadable())
        if (size := declared_length(request)) > UNKNOWN_BYTES and size > largest_body(request):
            return refused(request, 413, _("More was sent than this page takes."))
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if any(isinstance(value, int) and value > LARGEST_NUMBER for value in kwargs.values()):
            raise Http404
        if any("\0" in text for text in texts(request)):
            return refused(request, 400, unreadable())
        if any(name.endswith("__range") for name in request.GET):  # the admin takes each letter of the text for an end
            return refused(request, 400, unfit_filter())
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, IncorrectLookupParameters):
            return refused(request, 400, unfit_filter())
        if isinstance(error, DataError):  # forms and filters clean what they know; this is the net below them
            log.error("a value did not fit into the database: %s", request.path, exc_info=error)
            return refused(request, 400, _("A value that was sent does not fit: a number too large, or no text."))
        return None


def unfit_filter() -> str:
    return _("The address asks for something that this list cannot be filtered by.")


def unreadable() -> str:
    return _("The address or the form holds a character that is no text (NUL). Open the page again from the site.")


def texts(request: HttpRequest) -> Iterator[str]:
    """Every name and value that was sent, with the names of files; the bodies of files are nobody's text."""
    yield from texts_of(request.GET)
    if request.method == "POST":
        yield from texts_of(request.POST)
        for name, files in request.FILES.lists():
            yield name
            yield from (file.name or "" for file in files)


def texts_of(sent: QueryDict) -> Iterator[str]:
    for name, values in sent.lists():
        yield name
        yield from (value for value in values if isinstance(value, str))


def declared_length(request: HttpRequest) -> int:
    given = request.META.get("CONTENT_LENGTH") or "0"
    return int(given) if given.isdecimal() and len(given) < 20 else 0


def largest_body(request: HttpRequest) -> int:
    """Whoever has not signed in can only do that, and is not let to fill the disk with an upload that is refused."""
    if not request.user.is_authenticated:
        return UNKNOWN_BYTES
    return int(settings.PRICE_LIST_MAX_BYTES) + FORM_BYTES
