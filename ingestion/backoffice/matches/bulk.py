"""All items of a filtered set are what is likeliest for them: first what that means, then it is done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from ingestion.actions import pairings
from ingestion.backoffice.kit.item_facts import price_with_tax
from ingestion.backoffice.kit.screens import ReadOnlyScreen, person
from ingestion.backoffice.matches.scope import asked_scope, choices_of_scope, query_of_scope
from ingestion.views.bulk_links import BulkPlan, Planned, plan_bulk
from ingestion.views.pairings import PairScope

LINKS_SHOWN = 15
PROBLEMS_SHOWN = 10


class BulkScreen(ReadOnlyScreen):
    """The part of the proposals' admin that accepts many at once."""

    def get_urls(self) -> list[Any]:
        bulk = self.admin_site.admin_view(self.bulk)
        return [path("accept/", bulk, name="catalog_matchproposal_bulk"), *super().get_urls()]

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("catalog.decide_link")

    @method_decorator(never_cache)
    def bulk(self, request: HttpRequest) -> HttpResponse:
        if not self.has_decide_permission(request):
            raise PermissionDenied
        form, query = asked_scope(request), query_of_scope(request)
        if form.scope() == PairScope():
            self.message_user(request, _("Set a filter first: not everything at once."), messages.WARNING)
            return redirect("admin:catalog_matchproposal_decide")
        plan = plan_bulk(form.scope())
        if request.method == "POST":
            if request.POST.get("mark") == plan.mark:
                self.accept_all(request, plan)
                return redirect(f"{reverse('admin:catalog_matchproposal_decide')}?{query}")
            text = _("The set has changed meanwhile: nothing was stored. Look again.")
            self.message_user(request, text, messages.WARNING)
        return TemplateResponse(request, "backoffice/matches/bulk.html", {**self.bulk_context(request, plan, query)})

    def bulk_context(self, request: HttpRequest, plan: BulkPlan, query: str) -> dict[str, Any]:
        count = len(plan.links)
        title = ngettext("Accept %(count)d proposal", "Accept %(count)d proposals", count) % {"count": count}
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "plan": plan,
            "query": query,
            "warnings": warnings_of(plan),
            "shown": [shown_link(each) for each in doubtful_first(plan)[:LINKS_SHOWN]],
            "scope": said_scope(asked_scope(request)),
        }

    def accept_all(self, request: HttpRequest, plan: BulkPlan) -> None:
        accepted = pairings.accept_proposals([each.proposal for each in plan.links], by=person(request))
        text = ngettext("%(count)d item was linked.", "%(count)d items were linked.", accepted.linked)
        self.message_user(request, text % {"count": accepted.linked}, messages.SUCCESS)
        for problem in accepted.problems[:PROBLEMS_SHOWN]:
            self.message_user(request, problem, messages.WARNING)
        if (more := len(accepted.problems) - PROBLEMS_SHOWN) > 0:
            self.message_user(request, _("%d more were not linked.") % more, messages.WARNING)


def doubtful_first(plan: BulkPlan) -> list[Planned]:
    return sorted(plan.links, key=lambda each: (-sum(each[1:]), each.proposal.score))


def warnings_of(plan: BulkPlan) -> list[str]:
    """What somebody should look at before, in numbers."""
    counts = {
        _("Another product is nearly as likely for %d of them."): sum(each.is_close for each in plan.links),
        _("A code, a number or a property contradicts in %d of them."): sum(each.is_denied for each in plan.links),
        _("The price is more than three times as high or low in %d of them."): sum(
            each.is_priced_apart for each in plan.links
        ),
        _("%d are left out: their supplier offers the product already, or would with a likelier item."): len(
            plan.left_out
        ),
    }
    more = [_("There are more: these are the likeliest, the others come afterwards.")] if plan.has_more else []
    return [text % count for text, count in counts.items() if count] + more


def shown_link(link: Planned) -> dict[str, Any]:
    doubts = {
        _("another is nearly as likely"): link.is_close,
        _("something contradicts"): link.is_denied,
        _("the price is far off"): link.is_priced_apart,
    }
    doubts_said = ", ".join(text for text, holds in doubts.items() if holds)
    return {"link": link.proposal, "price": price_with_tax(link.proposal.item), "doubts": doubts_said}


def said_scope(form: Any) -> list[tuple[Any, Any]]:
    """The filters that are set, in words."""
    choices = choices_of_scope(form)
    names = {"supplier": dict(choices["suppliers"]), "category": dict(choices["categories"])}
    given = {name: value for name, value in form.cleaned_data.items() if value is not None and name != "item"}
    return [(form.fields[name].label, names.get(name, {}).get(value, value)) for name, value in given.items()]
