"""The causes of errors that a source ignores, on its page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from ingestion.actions import parsing_errors
from ingestion.backoffice.kit.screens import Section, moment, person, section
from ingestion.models import IgnoredCause
from suppliers.models import PriceListSource


def ignored_section(request: HttpRequest, source: PriceListSource) -> Section | None:
    """Each with who decided so, and the way back."""
    found = list(source.ignored_causes.select_related("by"))
    if not found:
        return None
    may = request.user.has_perm("ingestion.delete_ignoredcause")
    rows = [
        (str(each), moment(each.at), each.by or "-", each.comment or "-", heed_button(request, each) if may else "")
        for each in found
    ]
    return section(_("Causes of errors that are ignored"), [_("cause"), _("since"), _("by"), _("comment"), ""], rows)


def heed_button(request: HttpRequest, ignored: IgnoredCause) -> str:
    url = reverse("admin:suppliers_pricelistsource_heed", args=[ignored.source_id, ignored.pk])
    return render_to_string("backoffice/kit/small_button.html", {"url": url, "label": _("Show it again")}, request)


def heed_again_clicked(screen: Any, request: HttpRequest, source: PriceListSource, pk: int) -> HttpResponse:
    if not request.user.has_perm("ingestion.delete_ignoredcause"):
        raise PermissionDenied
    ignored = get_object_or_404(source.ignored_causes, pk=pk)
    parsing_errors.heed_again(source, ignored.cause, by=person(request))
    screen.message_user(request, _("This cause is shown again for “%s”.") % source, messages.SUCCESS)
    return redirect("admin:suppliers_pricelistsource_change", source.pk)
