"""What buyers compare by: facts of an item beside its price, each with a column of its own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.barcodes import is_barcode

BARCODE_PATTERN = "^[0-9]{14}$"
COUNTRY_PATTERN = "^[A-Z]{2}$"
LONGEST_UNIT = 20
LONGEST_WORD = 100  # a brand, a manufacturer's part number
LONGEST_ADDRESS = 2000
LONGEST_LEAD_TIME = 3650  # days
SMALLEST_QUANTITY = Decimal("0.0001")


def barcode(text: str) -> None:
    """A validator."""
    if not is_barcode(text):
        raise ValidationError(
            _("“%(value)s” is no barcode: 14 digits with a valid check digit."), "barcode", {"value": text}
        )


address = RegexValidator(r"^https?://\S+\Z", _("An address begins with http:// or https:// and has no blanks."))


def price_breaks(breaks: Any) -> None:
    """A validator: minimum quantities that rise, each with the price from it on."""
    try:
        minima = [each["minimum"] for each in breaks]
        amounts = [amount for each in breaks for amount in (each["minimum"], each["price"])]
        is_fine = bool(breaks) and minima == sorted(set(minima)) and all(map(is_number, amounts)) and minima[0] > 0
    except (TypeError, KeyError, IndexError):
        is_fine = False
    if not is_fine:
        raise ValidationError(_('Price breaks look like [{"minimum": 10, "price": 1.8}], the smallest quantity first.'))


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 10**10


def text(verbose_name: Any, longest: int, **options: Any) -> models.CharField[Any, Any]:
    return models.CharField(verbose_name, max_length=longest, null=True, blank=True, **options)


def quantity(verbose_name: Any, **options: Any) -> models.DecimalField[Any, Any]:
    at_least = MinValueValidator(SMALLEST_QUANTITY)
    return models.DecimalField(
        verbose_name, max_digits=14, decimal_places=4, null=True, blank=True, validators=[at_least], **options
    )


class ItemFactColumns(models.Model):
    """Columns of a supplier item. NULL: the list does not say."""

    brand = text(_("brand"), LONGEST_WORD)
    mpn = text(_("manufacturer's part number"), LONGEST_WORD)
    barcode = text(_("barcode"), 14, validators=[barcode], help_text=_("14 digits: GTIN, EAN, UPC or ISBN."))
    unit = text(_("unit"), LONGEST_UNIT)
    pack_size = quantity(_("pack size"))
    minimum_order = quantity(_("minimum order"))
    order_multiple = quantity(_("order multiple"))
    price_breaks = models.JSONField(
        _("price breaks"),
        null=True,
        blank=True,
        validators=[price_breaks],
        help_text=_("The price from a quantity on, in the item's currency and for as many as its price."),
    )
    tax_rate = models.DecimalField(
        _("tax rate"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("In per cent."),
    )
    tax_included = models.BooleanField(_("price includes tax"), null=True, blank=True)
    country = text(
        _("country of origin"),
        2,
        validators=[RegexValidator(COUNTRY_PATTERN, _("Two capital letters, such as DE."))],
    )
    lead_time = models.PositiveIntegerField(
        _("lead time"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(LONGEST_LEAD_TIME)],
        help_text=_("In days."),
    )
    weight = models.DecimalField(
        _("weight"),
        max_digits=14,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("In kilograms."),
    )
    link = text(_("link"), LONGEST_ADDRESS, validators=[address])
    picture = text(_("picture"), LONGEST_ADDRESS, validators=[address])

    class Meta:
        abstract = True


def unless_said(name: str, condition: Q, constraint: str) -> models.CheckConstraint:
    """NULL keeps any CHECK, so that a list without the fact pays next to nothing."""
    return models.CheckConstraint(condition=Q(**{f"{name}__isnull": True}) | condition, name=constraint)


FACT_CONSTRAINTS = [
    unless_said("barcode", Q(barcode__regex=BARCODE_PATTERN), "supplier_item_barcode_has_14_digits"),
    unless_said("pack_size", Q(pack_size__gt=0), "supplier_item_pack_size_positive"),
    unless_said("minimum_order", Q(minimum_order__gt=0), "supplier_item_minimum_order_positive"),
    unless_said("order_multiple", Q(order_multiple__gt=0), "supplier_item_order_multiple_positive"),
    unless_said("tax_rate", Q(tax_rate__gte=0, tax_rate__lte=100), "supplier_item_tax_rate_in_per_cent"),
    unless_said("country", Q(country__regex=COUNTRY_PATTERN), "supplier_item_country_is_iso"),
    unless_said("weight", Q(weight__gte=0), "supplier_item_weight_not_negative"),
]
