"""What the page of a product shows under its form: who offers it, and how it moved through its life cycle."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import Category, Product
from catalog.money import show_money
from ingestion.backoffice.kit.item_facts import price_with_tax, show_quantity
from ingestion.backoffice.kit.screens import Section, link, moment, section
from ingestion.backoffice.prices.history import shown_upcoming
from ingestion.views.upcoming import upcoming_prices

_SHOWN = 50


def category_path(category: Category | None) -> str:
    """A category with the one above it, which is what a list has room for."""
    if category is None:
        return "-"
    return f"{category.parent.name} > {category.name}" if category.parent else category.name


def offers(product: Product) -> Section:
    """What its suppliers ask for it, side by side: listed ones first, on top the cheapest, without tax."""
    found: Any = product.offers.select_related("supplier").with_net_unit_price()
    items = list(found.order_by(F("missing_since").desc(nulls_first=True), "net_unit_price")[:_SHOWN])
    upcoming = upcoming_prices(items)
    rows = (
        (
            item.supplier.name,
            link(reverse("admin:catalog_supplieritem_change", args=[item.pk]), item.supplier_sku),
            item.name,
            price_with_tax(item),
            show_money(item.net_unit_price, item.currency),
            show_quantity(item.minimum_order, item.unit),
            item.get_availability_display(),
            moment(item.missing_since),
            shown_upcoming(upcoming.get(item.pk, ())),
        )
        for item in items
    )
    headers = [
        _("supplier"),
        _("supplier SKU"),
        _("name"),
        _("current price"),
        _("price of one, without tax"),
        _("minimum order"),
        _("availability"),
        _("missing since"),
        _("price to come"),
    ]
    return section(_("Offers of suppliers"), headers, rows)


def status_history(product: Product) -> Section:
    changes = product.status_changes.select_related("by")
    rows = (
        (moment(change.at), change.by or "-", change.get_from_status_display(), change.get_to_status_display())
        for change in changes[:_SHOWN]
    )
    return section(_("Status history"), [_("at"), _("by"), _("from"), _("to")], rows)
