"""Decide by keyboard: an item beside what it may be, the answer, the next one. It works without a script, too."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from catalog.linking.audit import closed_gate
from catalog.models import SupplierItem
from ingestion.actions import links, pairings
from ingestion.backoffice.kit.screens import person
from ingestion.backoffice.matches.bulk import BulkScreen
from ingestion.backoffice.matches.card import card_of
from ingestion.backoffice.matches.scope import PairScopeForm, asked_scope, choices_of_scope, query_of_scope
from ingestion.runs.supplier_lock import SupplierBusy
from ingestion.views.pairings import MOST_COUNTED, Pairing, PairScope, next_pairings, progress

REVIEW = "admin:catalog_matchproposal_decide"
AHEAD = 2  # the pair that is asked about, and the next one


class Reply(NamedTuple):
    """What became of an answer, and which item is to be shown next, unless the order says."""

    text: str
    is_warning: bool = False
    item: int | None = None


class PairAnswer(NamedTuple):
    """One of the answers, as people give it and read it."""

    of_pair: str  # of `PairDecision.Verdict`
    text: Promise
    judges: Promise  # how a link was made that nobody had looked at
    is_of_all: bool = False  # products that are shown, else of the chosen one
    is_shown_again: bool = False  # with what is left of its products


ANSWERS = {
    "same": PairAnswer("same", gettext_lazy("The same: %s"), gettext_lazy("rightly")),
    "not_this": PairAnswer("different", gettext_lazy("Not this one: %s"), gettext_lazy("wrongly"), is_shown_again=True),
    "none": PairAnswer("different", gettext_lazy("None of these: %s"), gettext_lazy("wrongly"), is_of_all=True),
    "unsure": PairAnswer(
        "unsure", gettext_lazy("Nobody can tell: %s"), gettext_lazy("nobody can tell how"), is_of_all=True
    ),
}


class ReviewScreen(BulkScreen):
    """The part of the proposals' admin in which they are decided one after the other."""

    def get_urls(self) -> list[Any]:
        review = self.admin_site.admin_view(self.review)
        return [path("decide/", review, name="catalog_matchproposal_decide"), *super().get_urls()]

    @method_decorator(never_cache)
    def review(self, request: HttpRequest) -> HttpResponse:
        if not self.has_decide_permission(request):
            raise PermissionDenied
        form = asked_scope(request)
        if request.method != "POST":
            return self.review_page(request, form)
        told = answered(request)
        if request.headers.get("Accept") == "application/json":
            shown = None if told.item else number_in(request.POST.get("ahead", "")) or None
            comes = ahead(request, form, told.item, known=shown)
            return JsonResponse({"text": told.text, "is_warning": told.is_warning, **comes})
        self.message_user(request, told.text, messages.WARNING if told.is_warning else messages.SUCCESS)
        return redirect(review_url(query_of_scope(request), told.item))

    def review_page(self, request: HttpRequest, form: PairScopeForm) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Decide by keyboard"),
            "opts": self.opts,
            "query": query_of_scope(request),
            **choices_of_scope(form),
            **ahead(request, form, form.cleaned_data["item"]),
        }
        return TemplateResponse(request, "backoffice/matches/page.html", context)


def review_url(query: str, item: int | None) -> str:
    """The page with its filters; `item` is shown first."""
    parts = [query, f"item={item}" if item else ""]
    return f"{reverse(REVIEW)}?{'&'.join(part for part in parts if part)}"


def ahead(request: HttpRequest, form: PairScopeForm, first: int | None, known: int | None = None) -> dict[str, Any]:
    """What comes now and what comes next, or only this where the former is shown already; and how far the person is."""
    scope, by = form.scope(), person(request)
    done = progress(scope, by=by)
    count = AHEAD if known is None else AHEAD - 1
    found = next_pairings(scope, by=by, count=count, decided=done.decided, first=first, known=known)
    shown = [card(request, pairing) for pairing in found] or [nothing_left(request, scope)]
    return {"cards": shown, "decided": done.decided, "left": done.left, "has_more": done.left > MOST_COUNTED}


def card(request: HttpRequest, pairing: Pairing) -> str:
    context = {**card_of(pairing), "action": review_url(query_of_scope(request), None)}
    return render_to_string("backoffice/matches/card.html", context, request)


def nothing_left(request: HttpRequest, scope: PairScope) -> str:
    context = {"is_narrowed": scope != PairScope(), "action": review_url(query_of_scope(request), None)}
    return render_to_string("backoffice/matches/empty.html", context, request)


def answered(request: HttpRequest) -> Reply:
    """What the form says is done; what stands in the way is said."""
    verdict = request.POST.get("verdict", "")
    if verdict != "undo" and verdict not in ANSWERS:
        return Reply(_("Nothing was said, and nothing was stored."), is_warning=True)
    try:
        if verdict == "undo":
            return last_undone(request)
        return decided(request, ANSWERS[verdict])
    except links.NotLinkable as problem:
        return Reply(str(problem), is_warning=True)
    except SupplierBusy:
        text = _("A list of this supplier goes in: nothing was stored, its items are asked about again afterwards.")
        return Reply(text, is_warning=True)


def last_undone(request: HttpRequest) -> Reply:
    item = pairings.undo_last_pairing(by=person(request))
    return Reply(_("Undone: %s") % item.name, item=item.pk)


def asked_item(request: HttpRequest) -> SupplierItem:
    pk = number_in(request.POST.get("item", ""))
    item = SupplierItem.objects.filter(pk=pk).first()
    if item is None:
        raise pairings.NotAsked(_("The item is not there any more: nothing was stored."))
    return item


def number_in(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len(str(2**63)) else 0


def decided(request: HttpRequest, answer: PairAnswer) -> Reply:
    item = asked_item(request)
    products = [number_in(each) for each in request.POST.getlist("shown" if answer.is_of_all else "product")]
    was_closed = closed_gate(item.supplier_id)
    was_audit = pairings.decide_pairing(item, products, answer.of_pair, by=person(request))
    parts = [str(answer.text) % item.name]
    if was_audit:  # said only now: who decides is not to know it before
        parts.append(_("This was an audit: it had been linked by itself, %s.") % answer.judges)
    if not was_closed and closed_gate(item.supplier_id):
        parts.append(_("Too many of its supplier's links are wrong: its gate is closed."))
    return Reply(". ".join(parts), item=item.pk if answer.is_shown_again else None)
