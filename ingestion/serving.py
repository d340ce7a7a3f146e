"""While a request is served, no file is read: what people send is understood by workers, in a process of its own.

A page that needs something of a file asks for a prepared view (`ingestion.views`). Whoever opens a file calls
`refuse_while_serving`, so a new screen that forgets this fails with the first test that opens it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponseBase

_serving: ContextVar[bool] = ContextVar("serving", default=False)


class ReadWhileServing(RuntimeError):
    """A programming error: the web process was about to read what somebody sent."""


def refuse_while_serving() -> None:
    if _serving.get():
        raise ReadWhileServing("No file is read while a request is served: ask for a prepared view (ingestion.views).")


def is_serving() -> bool:
    return _serving.get()


class ServingMiddleware:
    """Marks the time in which a request is served."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        mark = _serving.set(True)
        try:
            return self.get_response(request)
        finally:
            _serving.reset(mark)
