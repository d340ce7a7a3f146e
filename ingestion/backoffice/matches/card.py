"""An item beside the products that it may be, as a person compares them: word by word, fact by fact, price by price."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from catalog.linking.models import MOST_PROPOSED
from catalog.matching import TEXTS, Reason
from catalog.matching.writing import latin
from catalog.models import SupplierItem
from catalog.money import show_money
from ingestion.backoffice.kit.item_facts import price_with_tax, show_number, show_quantity, web_address
from ingestion.backoffice.products.panel import category_path
from ingestion.views.pairings import Option, Pairing

OFFERS_SHOWN = 4
CHARACTERISTICS_SHOWN = 8
BESIDE_NUMBERS = re.compile(r"(?<!\d)[^\w]|[^\w](?!\d)")  # but not those within a number


class Word(NamedTuple):
    text: str
    is_alone: bool  # the other side does not have it


class GoodsFact(NamedTuple):
    label: str
    value: str
    differs: bool


class Said(NamedTuple):
    text: str
    is_for: bool


def card_of(pairing: Pairing) -> dict[str, Any]:
    """For the template."""
    item = pairing.item
    return {
        "item": item,
        "price": price_with_tax(item),
        "facts": facts(goods_facts(item), {}),
        "picture": web_address(item.picture),
        "page": web_address(item.link),
        "options": [side_of(item, option, number) for number, option in enumerate(pairing.options[:MOST_PROPOSED], 1)],
    }


def side_of(item: SupplierItem, option: Option, number: int) -> dict[str, Any]:
    product, offers = option.product, list(option.product.offers.all())
    listed = cheapest_first(offers, item.currency)
    return {
        "number": number,
        "product": product,
        "category": category_path(product.category),
        "own_words": words_beside(item.name, product.name),
        "words": words_beside(product.name, item.name),
        "score": option.score,
        "said": [Said(in_words(reason), reason.weight >= 0) for reason in option.reasons],
        "lowest": price_with_tax(listed[0]) if listed else show_money(product.retail_price, product.currency),
        "difference": price_difference(item, listed),
        "offers": [(offer.supplier.name, price_with_tax(offer), offer.name) for offer in listed[:OFFERS_SHOWN]],
        "more_offers": max(0, len(offers) - OFFERS_SHOWN),
        "facts": facts(goods_facts(offers[0]), goods_facts(item)) if offers else [],
        "picture": next((web_address(offer.picture) for offer in offers if offer.picture), ""),
    }


def in_words(reason: Reason) -> str:
    return _(TEXTS.get(reason.code, reason.code)) % reason.params


def words_beside(name: str, other: str) -> list[Word]:
    """The words of a name, marked where the other one has none that sounds the same: `18 V` is `18V`."""
    known, words = spellings(other), name.split()
    plain = ["", *map(plain_word, words), ""]
    found = []
    for place, text in enumerate(words, start=1):
        said = (plain[place], plain[place - 1] + plain[place], plain[place] + plain[place + 1])
        found.append(Word(text, plain[place] != "" and known.isdisjoint(said)))
    return found


def spellings(name: str) -> set[str]:
    """Its words, and each two neighbours as one."""
    plain = [plain_word(each) for each in name.split()]
    return {*plain, *(one + other for one, other in pairwise(plain))}


def plain_word(word: str) -> str:
    return BESIDE_NUMBERS.sub("", latin(word))


def net_price(item: Any) -> Decimal:
    """With what `with_net_unit_price` adds."""
    found: Decimal = item.net_unit_price
    return found


def cheapest_first(offers: list[SupplierItem], currency: str) -> list[SupplierItem]:
    """Those that are listed, in this currency before others."""
    listed = [offer for offer in offers if offer.missing_since is None]
    return sorted(listed, key=lambda offer: (offer.currency != currency, net_price(offer)))


def price_difference(item: SupplierItem, offers: list[SupplierItem]) -> str:
    """Of the item's price to the lowest other one in its currency, without tax."""
    others = [net_price(offer) for offer in offers if offer.currency == item.currency and net_price(offer)]
    return f"{(net_price(item) / min(others) - 1) * 100:+.0f} %" if others else ""


def goods_facts(item: SupplierItem) -> dict[str, str]:
    """Each value once, under its first name."""
    found: dict[str, str] = {}
    for label, value in said_of_goods(item):
        if value and plain_word(value).lstrip("0") not in {plain_word(each).lstrip("0") for each in found.values()}:
            found[label] = value
    return found


def said_of_goods(item: SupplierItem) -> Iterator[tuple[str, str]]:
    yield _("brand"), item.brand or ""
    yield _("manufacturer's part number"), item.mpn or ""
    yield _("barcode"), item.barcode or ""
    yield _("unit"), item.unit or ""
    yield _("pack size"), show_number(item.pack_size)
    yield _("minimum order"), show_quantity(item.minimum_order, item.unit)
    for label, value in sorted(item.characteristics.items())[:CHARACTERISTICS_SHOWN]:
        yield label, str(value)


def facts(own: dict[str, str], other: dict[str, str]) -> list[GoodsFact]:
    return [
        GoodsFact(label, value, label in other and plain_word(other[label]) != plain_word(value))
        for label, value in own.items()
    ]
