"""The prices of one item over time, as a table and as a chart on its page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import zip_longest

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from catalog.models import PriceHistory, SupplierItem
from catalog.money import show_money
from ingestion.backoffice.kit.run_facts import run_link
from ingestion.backoffice.kit.screens import Section, link, moment, section
from ingestion.views.upcoming import UpcomingPrice, upcoming_prices


def history_section(prices: Sequence[PriceHistory]) -> Section:
    """Newest first, each measured against the one in force before it."""
    headers = [_("from"), _("price"), _("change"), _("withdrawn"), _("where it comes from")]
    return section(_("Price history"), headers, list(steps(prices)))


def upcoming_section(item: SupplierItem) -> list[Section]:
    """Prices that wait for their day; nothing for most items."""
    headers = [_("from"), _("price"), _("change"), _("run"), _("note")]
    rows = [upcoming_line(item, each) for each in upcoming_prices([item]).get(item.pk, ())]
    return [section(_("Prices to come"), headers, rows)] if rows else []


def upcoming_line(item: SupplierItem, price: UpcomingPrice) -> tuple[str, ...]:
    shown = show_money(price.price, price.currency, price.per_quantity)
    change = "-"
    if price.currency == item.currency and item.current_price:
        change = f"{(price.price / price.per_quantity / item.unit_price - 1) * 100:+.1f} %"
    note = _("It will be held for a person.") if price.is_doubtful else ""
    return date_format(price.day), shown, change, run_link(price.run), note


def shown_upcoming(prices: Sequence[UpcomingPrice]) -> str:
    """`1.80 EUR from Jan. 1, 2027`."""
    texts = (
        _("%(price)s from %(day)s")
        % {"price": show_money(each.price, each.currency, each.per_quantity), "day": date_format(each.day)}
        for each in prices
    )
    return "; ".join(texts)


def steps(prices: Sequence[PriceHistory]) -> Iterator[tuple[str, ...]]:
    in_force = [price for price in prices if not price.withdrawn_by_run_id]
    before = {price.pk: earlier for price, earlier in zip_longest(in_force, in_force[1:])}
    for price in prices:
        yield (
            moment(price.recorded_at),
            show_money(price.price, price.currency, price.per_quantity),
            change(price, before.get(price.pk)),
            withdrawn(price),
            explain_link(price),
        )


def change(price: PriceHistory, before: PriceHistory | None) -> str:
    """Of the price of one, in per cent; prices in different currencies are not compared."""
    if before is None or before.currency != price.currency or not before.price:
        return "-"
    return f"{(price.unit_price / before.unit_price - 1) * 100:+.1f} %"


def explain_link(price: PriceHistory) -> str:
    return link(reverse("admin:catalog_pricehistory_explain", args=[price.pk]), _("Explain"))


def withdrawn(price: PriceHistory) -> str:
    if not price.withdrawn_by_run_id:
        return ""
    url = reverse("admin:ingestion_ingestionrun_change", args=[price.withdrawn_by_run_id])
    return link(url, _("by run #%d") % price.withdrawn_by_run_id)


def chart_label(currency: str, prices: Sequence[PriceHistory]) -> str:
    is_of_one = all(price.per_quantity == 1 for price in prices)
    return currency if is_of_one else _("%(currency)s, price of one") % {"currency": currency}


def chart(prices: Sequence[PriceHistory], label: str, now: datetime) -> str:
    """The data of a line chart of prices of one, oldest first; the newest price lasts until now."""
    points = [*((price.recorded_at, price.unit_price) for price in reversed(prices)), (now, prices[0].unit_price)]
    line = {
        "label": label,
        "data": [float(price) for _at, price in points],
        "borderColor": "var(--color-primary-600)",
        "borderWidth": 2,
        "pointRadius": 0,
        "stepped": True,
    }
    labels = [date_format(localtime(at), "j M Y") for at, _price in points]
    return json.dumps({"labels": labels, "datasets": [line]})
