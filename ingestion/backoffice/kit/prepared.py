"""Pages that show what a worker prepares: at once where it is ready soon, else with its progress until it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ingestion.backoffice.kit.screens import ReadOnlyScreen, person
from ingestion.errors import IngestionError
from ingestion.models import PreparedView
from ingestion.runs import queue
from ingestion.texts import text_of
from ingestion.views import prepared
from ingestion.views.kinds import kind_of, permissions_of

PATIENCE_SECONDS = 3.0  # after which a page says that nobody is there to prepare anything
_Status = PreparedView.Status


class NotReady(Exception):
    """A view that a page needs is being prepared, or somebody has cancelled it."""

    def __init__(self, view: PreparedView) -> None:
        super().__init__(str(view))
        self.view = view


class Failed(IngestionError):
    """A view could not be prepared; the message says why."""

    def __init__(self, view: PreparedView) -> None:
        super().__init__(view.message)
        self.view = view


def look_at(request: HttpRequest, ask: Callable[[], PreparedView]) -> PreparedView:
    """A view that is ready within a moment. Raises NotReady, Failed, and what asking raises."""
    view = ask()
    prepared.wait([view])
    if view.status == _Status.FAILED:
        raise Failed(view)
    if view.status != _Status.READY:
        raise NotReady(view)
    return view


def result_of(view: PreparedView) -> Any:
    """Raises NotReady."""
    if view.status != _Status.READY:
        raise NotReady(view)
    return json.loads(view.result)


def may_see(request: HttpRequest, view: PreparedView) -> bool:
    is_theirs = not kind_of(view).is_private or view.asked_by_id == request.user.pk
    return is_theirs and request.user.has_perms(permissions_of(view))


def panel_of(request: HttpRequest, view: PreparedView, back: str = "") -> dict[str, Any]:
    """What the panel shows: how far it is, and the ways out of it. `back` is where they lead."""
    query = {"next": back or next_of(request) or request.get_full_path()}
    urls = {
        f"{name}_url": reverse(f"admin:ingestion_preparedview_{name}", args=[view.pk], query=query)
        for name in ("state", "cancel", "again", "file")
    }
    return {"view": view, "is_open": view.is_open, "trouble": trouble(view), **urls}


def trouble(view: PreparedView) -> str:
    """Why it may take long, where that is not the list's fault."""
    if view.status != _Status.WAITING or (now() - view.asked_at).total_seconds() < PATIENCE_SECONDS:
        return ""
    return {
        queue.Preparers.NONE: _("No worker is running that prepares views: an administrator has to start one."),
        queue.Preparers.UNKNOWN: _("The queue does not answer. This goes on by itself as soon as it is back."),
        queue.Preparers.ALIVE: _("The workers are busy; it will be its turn soon."),
    }[queue.preparers()]


def waiting_page(screen: Any, request: HttpRequest, view: PreparedView, *, back: str) -> HttpResponse:
    """A page that goes on to what was asked for, sent forms included, as soon as the view is ready."""
    sent = [(name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values]
    context = {
        **screen.admin_site.each_context(request),
        **panel_of(request, view, back if request.method == "POST" else ""),
        "title": _("One moment"),
        "opts": screen.opts,
        "replay": request.method == "POST",
        "sent": sent,
        "back": back,
        "here": request.get_full_path(),
    }
    response = TemplateResponse(request, "backoffice/kit/waiting.html", context)
    response["Cache-Control"] = "no-store"
    return response


def next_of(request: HttpRequest) -> str:
    """Where the address wants to lead, if that is a page of ours."""
    given = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        given, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return given if is_ours else ""


class PreparedScreen(ReadOnlyScreen):
    """The addresses of prepared views; they stand under those of the price lists."""

    def get_urls(self) -> list[Any]:
        views = {
            "state": self.view_state,
            "wait": self.view_wait,
            "cancel": self.view_cancel,
            "again": self.view_again,
            "file": self.view_file,
        }
        own = [
            path(f"prepared/<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"ingestion_preparedview_{name}")
            for name, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def prepared_view(self, request: HttpRequest, pk: int) -> PreparedView:
        view = get_object_or_404(PreparedView, pk=pk)
        if not may_see(request, view):
            raise PermissionDenied
        return view

    @method_decorator([require_GET, never_cache])
    def view_state(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The panel, which asks for itself again and again."""
        view = prepared.repaired(self.prepared_view(request, pk))
        return render(request, "backoffice/kit/prepared.html", panel_of(request, view))

    @method_decorator([require_GET, never_cache])
    def view_wait(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A page of its own for what is a file in the end; what is none has another page, to which it leads."""
        view = prepared.repaired(self.prepared_view(request, pk))
        if view.status == _Status.READY and not view.file:
            return redirect(next_of(request) or "admin:index")
        return waiting_page(self, request, view, back=next_of(request) or reverse("admin:index"))

    @method_decorator(require_POST)
    def view_cancel(self, request: HttpRequest, pk: int) -> HttpResponse:
        prepared.cancel_view(self.prepared_view(request, pk))
        return redirect(next_of(request) or "admin:index")

    @method_decorator(require_POST)
    def view_again(self, request: HttpRequest, pk: int) -> HttpResponse:
        view = self.prepared_view(request, pk)
        try:
            prepared.try_again(view, by=person(request))
        except IngestionError as problem:
            self.message_user(request, text_of(problem.message), messages.ERROR)
        if kind_of(view).is_private:  # it has no other page than that on which it is waited for
            return redirect(reverse("admin:ingestion_preparedview_wait", args=[pk], query={"next": next_of(request)}))
        return redirect(next_of(request) or "admin:index")

    @method_decorator([require_GET, never_cache])
    def view_file(self, request: HttpRequest, pk: int) -> FileResponse:
        return file_of(self.prepared_view(request, pk))


def file_of(view: PreparedView) -> FileResponse:
    """The file that was made. It is always an attachment."""
    if view.status != _Status.READY or not view.file:
        raise Http404
    try:
        content = view.file.open("rb")
    except FileNotFoundError:
        raise Http404(_("This file was kept for a day and is gone: ask for it again.")) from None
    response = FileResponse(content, as_attachment=True, filename=view.file_name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
