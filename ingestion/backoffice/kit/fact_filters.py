"""Filters by what items know beside their prices."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RadioFilter, RangeNumericFilter, TextFilter

from catalog.models import SupplierItem
from ingestion.views.upcoming import with_upcoming_price


class UnitPriceFilter(RangeNumericFilter):
    """From one price of one to another; the database makes it of price and basis."""

    def __init__(self, field: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(field.output_field, *args, **kwargs)


class BrandFilter(TextFilter):
    """How a brand begins, whatever its case."""

    title = _("brand")
    parameter_name = "brand"

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[SupplierItem]:
        return queryset.of_brand(brand) if (brand := (self.value() or "").strip()) else queryset


class CountryFilter(TextFilter):
    title = _("country of origin")
    parameter_name = "country"

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[SupplierItem]:
        return queryset.from_country(country) if (country := (self.value() or "").strip()) else queryset


class BarcodeFilter(RadioFilter):
    title = _("barcode")
    parameter_name = "has_barcode"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("yes", _("Has a barcode")), ("no", _("Has none"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[SupplierItem]:
        found = {"yes": queryset.with_barcode, "no": queryset.without_barcode}
        return found.get(self.value() or "", queryset.all)()


class TaxSideFilter(RadioFilter):
    title = _("tax")
    parameter_name = "tax"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("with", _("Price with tax")), ("without", _("Price without tax")), ("unsaid", _("Not said"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[SupplierItem]:
        sides = {"with": True, "without": False, "unsaid": None}
        return queryset.on_side_of_tax(sides[self.value()]) if self.value() in sides else queryset


class UpcomingFilter(RadioFilter):
    """Items whose price changes on a day to come."""

    title = _("price to come")
    parameter_name = "upcoming"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("yes", _("Has one"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[SupplierItem]:
        return with_upcoming_price(queryset) if self.value() == "yes" else queryset
