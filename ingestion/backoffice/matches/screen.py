"""Products that items may be, for people to decide: the same, different, or unsure. The likeliest stand on top."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeNumericFilter

from catalog.linking.models import MatchProposal
from catalog.matching import Reason
from catalog.money import show_money
from ingestion.actions import links
from ingestion.backoffice.kit.screens import link
from ingestion.backoffice.kit.side_bar import SideBarPart, link_to_list
from ingestion.backoffice.matches.card import in_words
from ingestion.backoffice.matches.review import ReviewScreen
from ingestion.runs.supplier_lock import SupplierBusy

SHOWN_REASONS = 4

link_to_list(SideBarPart.CATALOG, 15, gettext_lazy("Matches to decide"), "join_inner", "catalog.matchproposal")


def reason_line(reason: Reason) -> str:
    text = in_words(reason)
    return text if reason.weight >= 0 else _("against it: %(reason)s") % {"reason": text}


@admin.register(MatchProposal)
class MatchProposalAdmin(ReviewScreen):
    list_display = ["shown_item", "item_price", "shown_product", "product_price", "shown_score", "shown_reasons"]
    list_display_links = None
    list_filter = [("item__supplier", AutocompleteSelectFilter), ("score", RangeNumericFilter)]
    list_select_related = ["item__supplier", "product"]
    search_fields = ["item__name", "item__supplier_sku", "product__name", "product__internal_sku"]
    ordering = ["-score", "item", "rank"]
    list_per_page = 50
    list_before_template = "backoffice/matches/before.html"
    actions = ["same", "different", "unsure"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[MatchProposal]:
        return super().get_queryset(request).awaiting_decision()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {"may_decide": self.has_decide_permission(request)}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    @admin.display(description=gettext_lazy("supplier item"), ordering="item")
    def shown_item(self, proposal: MatchProposal) -> SafeString:
        item = proposal.item
        page = reverse("admin:catalog_supplieritem_change", args=[item.pk])
        return link(page, f"{item.name} ({item.supplier.name}, {item.supplier_sku})")

    @admin.display(description=gettext_lazy("price"))
    def item_price(self, proposal: MatchProposal) -> str:
        item = proposal.item
        return show_money(item.current_price, item.currency, item.per_quantity)

    @admin.display(description=gettext_lazy("may be the product"), ordering="product")
    def shown_product(self, proposal: MatchProposal) -> SafeString:
        product = proposal.product
        page = reverse("admin:catalog_product_change", args=[product.pk])
        return link(page, f"{product.name} ({product.internal_sku})")

    @admin.display(description=gettext_lazy("lowest price"))
    def product_price(self, proposal: MatchProposal) -> str:
        product = proposal.product
        return show_money(product.lowest_price, product.currency)

    @admin.display(description=gettext_lazy("likely"), ordering="score")
    def shown_score(self, proposal: MatchProposal) -> str:
        return f"{proposal.score:.0%}"

    @admin.display(description=gettext_lazy("why"))
    def shown_reasons(self, proposal: MatchProposal) -> SafeString:
        reasons = [Reason(**each) for each in proposal.reasons[:SHOWN_REASONS]]
        return format_html_join("", "<div>{}</div>", ((reason_line(each),) for each in reasons))

    @admin.action(description=gettext_lazy("It is this product"), permissions=["decide"])
    def same(self, request: HttpRequest, queryset: QuerySet[MatchProposal]) -> None:
        self.decide(request, queryset, links.link_item)

    @admin.action(description=gettext_lazy("It is another one"), permissions=["decide"])
    def different(self, request: HttpRequest, queryset: QuerySet[MatchProposal]) -> None:
        self.decide(request, queryset, links.mark_different)

    @admin.action(description=gettext_lazy("Nobody can tell"), permissions=["decide"])
    def unsure(self, request: HttpRequest, queryset: QuerySet[MatchProposal]) -> None:
        self.decide(request, queryset, links.mark_unsure)

    def decide(self, request: HttpRequest, queryset: QuerySet[MatchProposal], decision: Callable[..., Any]) -> None:
        """One after the other, the likeliest first: what one decision makes impossible, the next one says."""
        done = 0
        for proposal in queryset.select_related("item", "product").order_by("-score", "pk"):
            try:
                decision(proposal.item, proposal.product, by=request.user)
            except (links.NotLinkable, SupplierBusy) as problem:
                self.message_user(request, f"{proposal.item.name}: {problem}", messages.WARNING)
            else:
                done += 1
        text = ngettext("%(count)d pair decided.", "%(count)d pairs decided.", done)
        self.message_user(request, text % {"count": done}, messages.SUCCESS if done else messages.WARNING)
