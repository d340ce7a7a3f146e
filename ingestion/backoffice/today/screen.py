"""The first page: what needs a person's attention now, and how prices moved this week."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.linking.models import MatchProposal
from catalog.models import Category, Product
from catalog.movements import movements_since
from ingestion.actions import holds
from ingestion.backoffice.kit.run_facts import runs_section
from ingestion.backoffice.kit.screens import CHART_OPTIONS
from ingestion.backoffice.kit.side_bar import SideBarPart, link_to_page
from ingestion.models import IngestionRun, ParsingLog, PriceList
from suppliers.models import Supplier

DAYS = 7
KEEP_SECONDS = 600
COUNT_UP_TO = 10_000

link_to_page(SideBarPart.TODAY, 10, gettext_lazy("Overview"), "dashboard", "admin:index")


class Card(NamedTuple):
    """One number that asks for attention, and where to look into it."""

    title: str
    value: str
    url: str
    icon: str
    urgent: bool


def context(request: HttpRequest, given: dict[str, Any]) -> dict[str, Any]:
    """Called by the theme for the index page; shows each person what they may see."""
    now = timezone.now()
    all_runs = _changelist("ingestion_ingestionrun")
    may_see_runs = request.user.has_perm("ingestion.view_ingestionrun")
    return {
        **given,
        "title": _("Overview"),
        "chart_options": CHART_OPTIONS,
        "cards": list(cards(request, now)),
        "movements": movement_chart(now) if request.user.has_perm("catalog.view_pricehistory") else "",
        "sections": [runs_section(IngestionRun.objects.all(), all_runs, of_all=True)] if may_see_runs else [],
        "next_step": next_step(request),
    }


def cards(request: HttpRequest, now: datetime) -> Iterator[Card]:
    week = now - timedelta(days=DAYS)
    start = timezone.localtime(week)
    of_week = {"created_at_from_0": f"{start:%Y-%m-%d}", "created_at_from_1": f"{start:%H:%M:%S}"}
    yield from cards_of_catalog(request)
    if request.user.has_perm("ingestion.view_ingestionrun"):
        runs = IngestionRun.objects.filter(created_at__gte=week)
        for title, icon, status, urgent in (
            (_("Runs failed this week"), "error", IngestionRun.Status.FAILURE, True),
            (_("Runs that wait for a person"), "front_hand", IngestionRun.Status.WAITING, True),
            (_("Lists overtaken this week"), "history", IngestionRun.Status.OVERTAKEN, False),
        ):
            found = shown_count(runs.filter(status=status))
            query = {"status__exact": status.value, **of_week}
            if urgent or found != "0":
                yield Card(title, found, _changelist("ingestion_ingestionrun", query), icon, urgent and found != "0")
        if later := IngestionRun.objects.scheduled().count():
            url = _changelist("ingestion_ingestionrun", {"status__exact": IngestionRun.Status.SCHEDULED.value})
            yield Card(_("Lists that take force later"), str(later), url, "event_upcoming", urgent=False)
    damaged = PriceList.objects.damaged()
    if request.user.has_perm("ingestion.view_pricelist") and damaged.exists():
        url = _changelist("ingestion_pricelist", {"is_damaged": "yes"})
        yield Card(_("Damaged files"), shown_count(damaged), url, "broken_image", urgent=True)
    if request.user.has_perm("ingestion.view_change"):
        held = shown_count(holds.open_holds())
        yield Card(_("Prices held"), held, _changelist("ingestion_heldchange"), "price_change", held != "0")
    if request.user.has_perm("ingestion.view_parsinglog"):
        logs = shown_count(ParsingLog.objects.filter(created_at__gte=week))
        yield Card(_("Errors this week"), logs, _changelist("ingestion_parsinglog", of_week), "report", logs != "0")
    if request.user.has_perm("catalog.view_category"):
        new = shown_count(Category.objects.awaiting_review())
        url = _changelist("catalog_category", {"needs_review__exact": 1})
        yield Card(_("New categories"), new, url, "account_tree", new != "0")


def cards_of_catalog(request: HttpRequest) -> Iterator[Card]:
    if request.user.has_perm("catalog.view_product"):
        drafts = shown_count(Product.objects.awaiting_review())
        yield Card(_("Drafts to review"), drafts, _changelist("catalog_draftproduct"), "rate_review", drafts != "0")
    if request.user.has_perm("catalog.view_matchproposal"):
        found = shown_count(MatchProposal.objects.awaiting_decision().order_by().values("item").distinct())
        yield Card(_("Matches to decide"), found, _changelist("catalog_matchproposal"), "join_inner", found != "0")


def shown_count(rows: Any) -> str:
    """Exact where it is quick: nobody needs to know whether 40,000 or 41,000 wait."""
    found = rows.order_by()[: COUNT_UP_TO + 1].count()
    return f"{COUNT_UP_TO:,}+" if found > COUNT_UP_TO else str(found)


def movement_chart(now: datetime) -> str:
    """The data of a bar chart of the week; empty where no price moved.

    Kept until another run has started, being the dearest query of the page: prices move in runs.
    """
    newest = IngestionRun.objects.values_list("pk", flat=True).first()
    start = now - timedelta(days=DAYS)
    found = cache.get_or_set(f"dashboard.movements.{newest}", lambda: movements_since(start), KEEP_SECONDS) or {}
    if not found:
        return ""
    today = timezone.localdate(now)
    days = [today - timedelta(days=back) for back in range(DAYS, -1, -1)]
    sides = ((_("up"), "var(--color-primary-600)"), (_("down"), "var(--color-primary-300)"))
    datasets = [
        {"label": label, "data": [found.get(day, (0, 0))[side] for day in days], "backgroundColor": colour}
        for side, (label, colour) in enumerate(sides)
    ]
    return json.dumps({"labels": [date_format(day, "j M") for day in days], "datasets": datasets})


def next_step(request: HttpRequest) -> dict[str, str]:
    """What to do on a system that has no data yet."""
    if not Supplier.objects.exists():
        if request.user.has_perm("suppliers.add_supplier"):
            text = _("There is no supplier yet. Create the first one, then upload a price list of it.")
            return {"text": text, "url": reverse("admin:suppliers_supplier_add"), "label": _("Create a supplier")}
    elif not IngestionRun.objects.exists() and request.user.has_perm("ingestion.start_ingestionrun"):
        text = _("No price list was taken in yet. Upload one as the supplier sent it, or register a Google Sheet.")
        return {"text": text, "url": reverse("admin:ingestion_pricelist_add"), "label": _("Upload a price list")}
    return {}


def _changelist(model: str, query: dict[str, Any] | None = None) -> str:
    return reverse(f"admin:{model}_changelist", query=query)
