"""What the columns of a price list can be, in words for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

LABELS = {
    "supplier_sku": _("code"),
    "name": _("name"),
    "price": _("price"),
    "retail_price": _("retail price"),
    "price_tier": _("further price"),
    "currency": _("currency"),
    "stock": _("stock"),
    "category": _("category"),
    "brand": _("brand"),
    "mpn": _("part number of the maker"),
    "barcode": _("barcode"),
    "description": _("description"),
    "unit": _("unit"),
    "pack_size": _("pack size"),
    "picture": _("picture"),
    "link": _("link"),
    "characteristic": _("characteristic"),
    "ignore": _("not used"),
}
