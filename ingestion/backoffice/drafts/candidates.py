"""Beside each draft the product that it likeliest is: "it is this one" and "approve as new" are one click each."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from catalog.linking.models import MatchProposal, PairDecision
from catalog.matching.explain import Reason
from catalog.models import Product
from ingestion.actions import links, pairings
from ingestion.backoffice.kit.moves import LifecycleScreen
from ingestion.backoffice.kit.run_facts import BUSY
from ingestion.backoffice.kit.screens import link, person
from ingestion.backoffice.matches.card import in_words
from ingestion.runs.supplier_lock import SupplierBusy

DRAFTS_LIST = "admin:catalog_draftproduct_changelist"
REASONS_BESIDE = 2
NEEDED = ("catalog.decide_link", "catalog.promote_product")

# Of the form that the list is anyway, which has the token.
SUBMIT = (
    '<button type="submit" formmethod="post" formaction="{}" class="cursor-pointer block text-primary-600 '
    'dark:text-primary-500 whitespace-nowrap">{}</button>'
)


def best_candidates() -> Prefetch[str, Any, str]:
    """Of items, for their drafts."""
    proposals = MatchProposal.objects.awaiting_decision().defer("features").select_related("product").order_by("rank")
    return Prefetch("proposals", proposals)


class CandidatesScreen(LifecycleScreen):
    """The part of the drafts' admin that shows what they may be."""

    def get_urls(self) -> list[Any]:
        same, new = self.admin_site.admin_view(self.is_same), self.admin_site.admin_view(self.is_new)
        return [
            path("<int:pk>/same/<int:proposal>/", same, name="catalog_draftproduct_same"),
            path("<int:pk>/new/", new, name="catalog_draftproduct_new"),
            *super().get_urls(),
        ]

    def get_list_display(self, request: HttpRequest) -> list[str]:
        shown = [*super().get_list_display(request)]
        return [*shown, "one_click"] if request.user.has_perms(NEEDED) else shown

    @admin.display(description=gettext_lazy("may be"))
    def candidate(self, product: Product) -> SafeString | str:
        found = best_candidate(product)
        if found is None:
            return "-"
        page = reverse("admin:catalog_product_change", args=[found.product_id])
        reasons = [Reason(**each) for each in found.reasons if not each["code"].startswith("rivals")][:REASONS_BESIDE]
        said = format_html_join(", ", "{}{}", (("" if each.weight >= 0 else "− ", in_words(each)) for each in reasons))
        name = link(page, f"{found.product.name} ({found.product.internal_sku})")
        return format_html('{} {}<div class="text-xs">{}</div>', name, f"{found.score:.0%}", said)

    @admin.display(description="")
    def one_click(self, product: Product) -> SafeString:
        new = format_html(SUBMIT, reverse("admin:catalog_draftproduct_new", args=[product.pk]), _("Approve as new"))
        found = best_candidate(product)
        if found is None:
            return new
        same = reverse("admin:catalog_draftproduct_same", args=[product.pk, found.pk])
        compare = reverse("admin:catalog_matchproposal_decide", query={"item": found.item_id})
        return format_html("{}{}{}", format_html(SUBMIT, same, _("It is this one")), new, link(compare, _("Compare")))

    @method_decorator(require_POST)
    def is_same(self, request: HttpRequest, pk: int, proposal: int) -> HttpResponse:
        only_those_who_review(request)
        found = get_object_or_404(
            MatchProposal.objects.select_related("item", "product"), pk=proposal, item__product=pk
        )
        try:
            pairings.decide_pairing(found.item, [found.product_id], PairDecision.Verdict.SAME, by=person(request))
        except SupplierBusy:
            self.message_user(request, BUSY, messages.WARNING)
        except links.NotLinkable as problem:
            self.message_user(request, str(problem), messages.WARNING)
        else:
            text = _("%(item)s is an offer of %(product)s now.")
            self.message_user(request, text % {"item": found.item.name, "product": found.product}, messages.SUCCESS)
        return back_to_drafts(request)

    @method_decorator(require_POST)
    def is_new(self, request: HttpRequest, pk: int) -> HttpResponse:
        only_those_who_review(request)
        product = get_object_or_404(Product, pk=pk)
        if pairings.approve_as_new(product, by=person(request)):
            self.message_user(request, _("%s is active now.") % product, messages.SUCCESS)
        else:
            self.message_user(request, _("%s is no draft any more.") % product, messages.WARNING)
        return back_to_drafts(request)


def best_candidate(product: Product) -> MatchProposal | None:
    """What its only item likeliest is."""
    offers = list(product.offers.all())
    return next(iter(offers[0].proposals.all()), None) if len(offers) == 1 else None


def only_those_who_review(request: HttpRequest) -> None:
    if not request.user.has_perms(NEEDED):
        raise PermissionDenied


def back_to_drafts(request: HttpRequest) -> HttpResponse:
    """To the list as it was filtered."""
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return redirect(came_from if is_ours else DRAFTS_LIST)
