"""Filters of the catalog's lists."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms import DateTimeField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    RadioFilter,
    RangeDateTimeFilter,
    RelatedDropdownFilter,
)

from catalog.models import Product, SupplierItem


class ChosenFilter(AutocompleteSelectFilter):
    """One object, chosen by its number; an address with anything else in its place is refused."""

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        chosen = self.value()
        if not chosen:
            return queryset
        if not chosen.isdecimal():
            raise IncorrectLookupParameters
        return self.narrowed(queryset, int(chosen))

    def narrowed(self, queryset: Any, pk: int) -> Any:
        raise NotImplementedError


class PersonFilter(RelatedDropdownFilter):
    """Who did it: the people that the list names already, never all accounts there are."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        named = Exists(field.model.objects.filter(**{field.name: OuterRef("pk")}))
        choices: list[tuple[str, str]] = field.get_choices(include_blank=False, limit_choices_to=Q(named))
        return choices


class SubtreeFilter(ChosenFilter):
    """A category including everything below it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("category and below")

    def narrowed(self, queryset: Any, pk: int) -> Any:
        return queryset.in_subtree(pk)


class OfferedByFilter(ChosenFilter):
    """Products that a supplier offers; each once, however many of its items they have."""

    def narrowed(self, queryset: Any, pk: int) -> Any:
        return queryset.offered_by(pk)


class FromSourceFilter(ChosenFilter):
    """Items that came from a source, found by way of its supplier."""

    def narrowed(self, queryset: Any, pk: int) -> Any:
        return queryset.from_source(pk)


class PricesOfFilter(ChosenFilter):
    """Prices of a supplier's items, on the quick way."""

    def narrowed(self, queryset: Any, pk: int) -> Any:
        return queryset.of_supplier(pk)


class MomentFilter(RangeDateTimeFilter):
    """From one moment to another, in the time zone that people see; a day without a time means all of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("time")

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        for side, lookup, time in (("from", "gte", "00:00:00"), ("to", "lte", "23:59:59.999999")):
            day = self.used_parameters.get(f"{self.parameter_name}_{side}_0")
            given = self.used_parameters.get(f"{self.parameter_name}_{side}_1") or time
            if not day:
                continue
            try:
                moment = DateTimeField().to_python(f"{day} {given}")
            except ValidationError:
                return queryset.none()
            queryset = queryset.filter(**{f"{self.parameter_name}__{lookup}": moment})
        return queryset


class MissingFilter(RadioFilter):
    title = _("presence in the last list")
    parameter_name = "listed"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("yes", _("In the last list")), ("no", _("Missing from it")), ("gone", _("Discontinued"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[SupplierItem]:
        found = {"yes": queryset.listed, "no": queryset.missing, "gone": queryset.discontinued}
        return found.get(self.value() or "", queryset.all)()


class NotedFilter(RadioFilter):
    title = _("notes")
    parameter_name = "noted"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("yes", _("Has notes")), ("no", _("Has none"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[SupplierItem]:
        found = {"yes": queryset.noted, "no": queryset.without_notes}
        return found.get(self.value() or "", queryset.all)()


class LinkedFilter(RadioFilter):
    title = _("product")
    parameter_name = "linked"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("yes", _("Belongs to a product")), ("no", _("Belongs to none"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[SupplierItem]:
        found = {"yes": queryset.with_product, "no": queryset.without_product}
        return found.get(self.value() or "", queryset.all)()


class UncategorisedFilter(RadioFilter):
    title = _("presence of a category")
    parameter_name = "categorised"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Product]:
        found = {"yes": queryset.categorised, "no": queryset.without_category}
        return found.get(self.value() or "", queryset.all)()
