"""Every address of the site, with ordinary and with hostile values in its places.

Addresses are read from Django's resolver, so a page that is added later is attacked without being named here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver

PLACE = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:\[[^]]*\]|[^()[])*\)\??")

# what stands in a place of a path
HOSTILE_PARTS = [
    "0",
    "-1",
    "99999999999999999999",
    "9" * 400,
    "1e9999999",
    "nan",
    "\x00",
    "1\x00",
    "\udcff",
    "ÿ'\"<script>",
    "../../etc/passwd",
    "%00",
    "_5F_00",
    "{{7*7}}",
    "x" * 2000,
]

# what a parameter of a query or a form holds
HOSTILE_VALUES = [
    "",
    "\x00",
    "a\x00b",
    "1e9999999",
    "-1e9999999",
    "99999999999999999999",
    "9" * 5000,
    "-1",
    "nan",
    "Infinity",
    "²",
    "'\"><script>alert(1)</script>",
    "9999-99-99",
    "99999-01-01",
    "0001-01-01",
    "\udcff",
    "{}",
    '{"a": NaN}',
    "[" * 5000,
    "//evil.example/",
    "supplier__name=x&p=\x00",
    "__",
]

PARAMETERS = [
    *("p", "o", "q", "all", "e", "ot", "_facets", "_popup", "_to_field", "_changelist_filters", "_saved_filter"),
    *("next", "term", "app_label", "model_name", "field_name", "page", "per_page", "s", "extended_search", "format"),
    *("supplier", "source", "row", "column", "sheet", "cause", "at", "do", "dry_run", "job_id", "queue", "search"),
    *("password__startswith", "supplier__nothing", "id__in", "pk", "pk__gt", "id__range", "percent", "user__password"),
]


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver, such as `admin/catalog/product/<int:pk>/`."""

    pattern: str
    name: str

    @property
    def places(self) -> list[str]:
        return [first or second for first, second in PLACE.findall(self.pattern)]

    def path(self, values: Mapping[str, object]) -> str:
        def filled(match: re.Match[str]) -> str:
            value = values.get(match[1] or match[2], "1")
            return quote(str(value), safe="/", errors="surrogateescape")

        return "/" + PLACE.sub(filled, self.pattern).replace("^", "").replace("$", "").replace("/?", "/")

    def variations(self, values: Mapping[str, object]) -> Iterator[str]:
        """The ordinary path first; then each place with each hostile value, the others ordinary."""
        yield self.path(values)
        for place in self.places:
            for part in HOSTILE_PARTS:
                yield self.path({**values, place: part})


def _walk(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[Address]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, prefix + str(each.pattern))
        else:
            yield Address(prefix + str(each.pattern), each.name or "")


def addresses() -> list[Address]:
    return list(_walk(get_resolver().url_patterns))


def parameters_of_lists() -> set[str]:
    """The parameters that the filters of the admin's lists read."""
    found = set()
    for screen in admin.site._registry.values():
        for given in screen.list_filter:
            field = given if isinstance(given, str) else given[0] if isinstance(given, tuple) else None
            if field is None:
                found.add(str(getattr(given, "parameter_name", "")))
                continue
            ends = ("", "__exact", "__id__exact", "__isnull", "_from", "_to", "_from_0", "_from_1", "_to_0", "_to_1")
            found.update(f"{field}{end}" for end in ends)
    return found


def hostile_queries(parameters: list[str]) -> Iterator[str]:
    """One hostile value at a time: a second fault would hide behind the first."""
    for name in parameters:
        for value in HOSTILE_VALUES:
            yield query({name: value})
    yield from ("%ff=1", "a=%ff%fe", "%00=1", "p=%", "&" * 100, "a=1&" * 900, "a=1&" * 1100, "=&==", "a[b]=1")


def query(values: Mapping[str, Any]) -> str:
    return urlencode(values, errors="surrogateescape")
