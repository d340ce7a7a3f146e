"""What an item knows beside its price, as people read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import SupplierItem
from catalog.money import show_money
from ingestion.backoffice.kit.screens import Section, link, section
from ingestion.texts import notes_from_json

_Fact = tuple[str, Any]


def notes_section(item: SupplierItem) -> list[Section]:
    """What must not be overlooked of the item; nothing for most."""
    texts = notes_from_json(item.notes)
    return [section(_("Notes"), [_("what the list says of this item")], [[text] for text in texts])] if texts else []


def facts_section(item: SupplierItem) -> list[Section]:
    """What the list says beside the price; nothing for an item without any."""
    rows = shown_facts(item)
    return [section(_("What the list says besides"), [_("fact"), _("value")], rows)] if rows else []


def shown_facts(item: SupplierItem) -> list[_Fact]:
    """Those that the list says, first what concerns the order."""
    return [(name, value) for name, value in (*_of_order(item), *_of_goods(item)) if value not in (None, "")]


def _of_order(item: SupplierItem) -> Iterator[_Fact]:
    if item.per_quantity != 1:
        yield _("price of one"), show_money(round(item.current_price / item.per_quantity, 8), item.currency)
    yield _("tax"), show_tax(item.tax_rate, item.tax_included)
    yield _("price breaks"), show_breaks(item.price_breaks, item.currency, item.per_quantity)
    yield _("minimum order"), show_quantity(item.minimum_order, item.unit)
    yield _("order multiple"), show_quantity(item.order_multiple, item.unit)
    yield _("pack size"), show_number(item.pack_size)
    yield _("unit"), item.unit
    yield _("lead time"), show_days(item.lead_time)


def _of_goods(item: SupplierItem) -> Iterator[_Fact]:
    yield _("brand"), item.brand
    yield _("manufacturer's part number"), item.mpn
    yield _("barcode"), item.barcode
    yield _("country of origin"), item.country
    yield _("weight"), show_weight(item.weight)
    yield _("link"), web_link(item.link)
    yield _("picture"), web_link(item.picture)


def web_link(address: str | None) -> str:
    return link(found, found) if (found := web_address(address)) else address or ""


def web_address(address: str | None) -> str:
    """Only addresses of the web lead anywhere, whoever wrote them."""
    return address if address and address.startswith(("https://", "http://")) else ""


def price_with_tax(item: SupplierItem) -> str:
    """`2.45 EUR per 100, with 19 % tax`."""
    shown = show_money(item.current_price, item.currency, item.per_quantity)
    return f"{shown}, {show_tax(item.tax_rate, item.tax_included)}" if item.tax_included else shown


def show_tax(rate: Decimal | None, is_included: bool | None) -> str:  # noqa: FBT001 - as the columns are
    if is_included is None:
        return "" if rate is None else f"{show_number(rate)} %"
    of_rate = "" if rate is None else f"{show_number(rate)} % "
    return (_("with %(rate)stax") if is_included else _("without %(rate)stax")) % {"rate": of_rate}


def show_breaks(breaks: Sequence[Mapping[str, Any]] | None, currency: str, per_quantity: int = 1) -> str:
    """`from 10: 1.80 EUR; from 100: 1.50 EUR`."""
    return "; ".join(
        _("from %(quantity)s: %(price)s")
        % {
            "quantity": show_number(Decimal(str(each["minimum"]))),
            "price": show_money(Decimal(str(each["price"])), currency, per_quantity),
        }
        for each in breaks or ()
    )


def show_number(amount: Decimal | None) -> str:
    if amount is None:
        return ""
    decimals = max(0, -int(amount.normalize().as_tuple().exponent))
    return number_format(amount, decimals, force_grouping=True)


def show_quantity(amount: Decimal | None, unit: str | None = "") -> str:
    return f"{show_number(amount)} {unit or ''}".strip() if amount is not None else ""


def show_days(days: int | None) -> str:
    return "" if days is None else ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def show_weight(weight: Decimal | None) -> str:
    return "" if weight is None else f"{show_number(weight)} kg"
