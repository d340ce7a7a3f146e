"""All offers of a product side by side, and their prices over time in one chart."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from catalog.linking.models import ItemLink
from catalog.models import PriceHistory, Product, SupplierItem
from catalog.money import show_money
from ingestion.backoffice.kit.item_facts import price_with_tax, show_quantity
from ingestion.backoffice.kit.screens import Section, badge, link, moment, section
from ingestion.backoffice.prices.history import shown_upcoming
from ingestion.views.offer_prices import change_since, lines_of_prices, prices_of_offers
from ingestion.views.upcoming import upcoming_prices

OFFERS_LISTED = 50
CHANGE_DAYS = 30
LINE_COLOURS = ("#7c3aed", "#0284c7", "#16a34a", "#d97706", "#dc2626", "#0d9488", "#db2777", "#64748b", "#a16207")


class OffersOfProduct(NamedTuple):
    """Listed ones first, on top the cheapest, without tax; by item its prices, the oldest first."""

    items: list[Any]
    prices: Mapping[int, Sequence[PriceHistory]]


def listed_offers(product: Product) -> OffersOfProduct:
    found: Any = product.offers.select_related("supplier").with_net_unit_price()
    of_own_first = F("missing_since").desc(nulls_first=True)
    items = list(found.order_by(of_own_first, "net_unit_price", "pk")[:OFFERS_LISTED])
    return OffersOfProduct(items, prices_of_offers(items))


def offers_section(request: HttpRequest, product: Product, offers: OffersOfProduct) -> Section:
    """What its suppliers ask for it; of what no list says there is no column."""
    items = offers.items
    may_part = request.user.has_perm("catalog.decide_link") and len(items) > 1
    columns = [column for column in offer_columns(product, offers) if column.is_always or any(column.cells)]
    if may_part:
        columns.append(OfferColumn("", [take_out_link(item) for item in items]))
    linked = ItemLink.objects.in_force().filter(item__in=items).count()
    title = _("Offers of suppliers")
    return section(
        f"{title} ({len(items)}, {linked} {_('linked')})" if linked else title,
        [column.label for column in columns],
        zip(*(column.cells for column in columns), strict=True),
    )


class OfferColumn(NamedTuple):
    label: str
    cells: list[str]
    is_always: bool = False


def offer_columns(product: Product, offers: OffersOfProduct) -> list[OfferColumn]:
    now, items = timezone.now(), offers.items
    best, upcoming = cheapest(product, items), upcoming_prices(items)
    always: dict[str, Callable[[Any], str]] = {
        _("supplier"): lambda item: item.supplier.name,
        _("supplier SKU"): sku_link,
        _("name"): lambda item: item.name,
        _("current price"): price_with_tax,
        _("price of one, without tax"): lambda item: price_of_one(item, is_cheapest=item is best),
        _("in %(days)d days") % {"days": CHANGE_DAYS}: lambda item: change_in_time(
            item, offers.prices.get(item.pk, ()), now
        ),
        _("stock"): in_stock,
    }
    where_said: dict[str, Callable[[Any], str]] = {
        _("minimum order"): lambda item: show_quantity(item.minimum_order, item.unit),
        _("missing since"): lambda item: moment(item.missing_since) if item.missing_since else "",
        _("price to come"): lambda item: shown_upcoming(upcoming.get(item.pk, ())),
    }
    shown = [OfferColumn(label, [cell(item) for item in items], is_always=True) for label, cell in always.items()]
    return shown + [OfferColumn(label, [cell(item) for item in items]) for label, cell in where_said.items()]


def cheapest(product: Product, items: Sequence[Any]) -> Any:
    """Of those that are listed in the product's currency; none where there is nothing to compare."""
    listed = [item for item in items if item.missing_since is None and item.currency == product.currency]
    return min(listed, key=lambda item: item.net_unit_price) if len(listed) > 1 else None


def price_of_one(item: Any, *, is_cheapest: bool) -> SafeString:
    shown = show_money(item.net_unit_price, item.currency)
    return format_html("{} {}", shown, badge(_("cheapest"), "success")) if is_cheapest else format_html("{}", shown)


def change_in_time(item: SupplierItem, prices: Sequence[PriceHistory], now: datetime) -> str:
    since = change_since(item, prices, now - timedelta(days=CHANGE_DAYS))
    return "-" if since is None else f"{since * 100:+.1f} %"


def in_stock(item: SupplierItem) -> str:
    shown = item.get_availability_display()
    return shown if item.stock is None else f"{shown} ({item.stock})"


def sku_link(item: SupplierItem) -> SafeString:
    return link(reverse("admin:catalog_supplieritem_change", args=[item.pk]), item.supplier_sku)


def take_out_link(item: SupplierItem) -> SafeString:
    return link(reverse("admin:catalog_product_take_out", args=[item.pk]), _("Take out"))


def price_chart(product: Product, offers: OffersOfProduct) -> str:
    """The data of a line chart, a line a supplier's offer; empty where nothing is to be compared over time."""
    moments, lines = lines_of_prices(offers.items, offers.prices, product.currency, timezone.now())
    if len(moments) < 2 or not lines:
        return ""
    datasets = [
        {
            "label": f"{line.item.supplier.name}, {line.item.supplier_sku}",
            "data": [None if price is None else float(price) for price in line.prices],
            "borderColor": LINE_COLOURS[place % len(LINE_COLOURS)],
            "borderWidth": 2,
            "pointRadius": 0,
            "stepped": True,
        }
        for place, line in enumerate(lines)
    ]
    labels = [date_format(localtime(at), "j M Y") for at in moments]
    return json.dumps({"labels": labels, "datasets": datasets})
