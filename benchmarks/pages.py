"""Every list of the admin on a grown catalog: the first page, each filter, searches. Prints JSON.

    DATABASE_URL=... python -m benchmarks.pages [SCREEN ...]

Server time is that of the whole request through all of Django (views, templates, database), without the network.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("LOG_LEVEL", "WARNING")
django.setup()

from django.contrib import admin  # noqa: E402
from django.contrib.admin import SimpleListFilter  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Max, Min  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

REPEAT = 3
TERMS = {
    "supplieritem": ("кабель", "art-01234567", "00123", "valve jolla", "B1", "no such thing"),
    "product": ("кабель", "p-00012345", "art-00777777", "valve jolla", "B1", "no such thing"),
    "draftproduct": ("кабель", "p-00012", "valve jolla", "no such thing"),
    "pricehistory": ("кабель", "art-01234567", "valve jolla", "no such thing"),
    "parsinglog": ("art-0012", "price", "grown-77", "no such thing"),
    "ingestionrun": ("supplier 0042", "grown-77", "list-4242", "no such thing"),
    "pricelist": ("list-4242", "no such thing"),
}


def queries(request: Any, model_admin: Any) -> Iterator[tuple[str, str, str]]:
    """(kind, what, query string) of everything that a person can ask of a list."""
    yield "first page", "", ""
    for spec in model_admin.get_changelist_instance(request).filter_specs:
        for query in filter_queries(spec, model_admin.model):
            yield "filter", query, query
    for term in TERMS.get(model_admin.model._meta.model_name, ("e",)) if model_admin.search_fields else ():
        yield "search", term, f"q={term}"


def filter_queries(spec: Any, model: Any) -> Iterator[str]:
    names = spec.expected_parameters()
    if isinstance(spec, SimpleListFilter):
        yield from (f"{names[0]}={value}" for value, _title in spec.lookup_choices)
    elif names[0].endswith("_from"):
        yield f"{names[0]}=40&{names[1]}=41"
        yield f"{names[0]}=95"
    elif names[0].endswith("_from_0"):
        yield f"{names[0]}=2025-06-02&{names[2]}=2025-06-09"
        yield f"{names[0]}=2025-06-02"
    else:
        yield from (f"{names[0]}={value}" for value in values(names[0].removesuffix("__exact"), model))


def values(path: str, model: Any) -> list[Any]:
    """Every choice of a field; of a relation the last and one in the middle, which differ in where their rows stand."""
    field = None
    for name in path.removesuffix("__id").split("__"):
        field = model._meta.get_field(name)
        model = field.related_model or model
    if field.is_relation:
        span = model.objects.aggregate(first=Min("pk"), last=Max("pk"))
        return sorted({(span["first"] + span["last"]) // 2, span["last"]}) if span["last"] else []
    return [value for value, _title in field.choices] if field.choices else [0, 1]


def measure(client: Client, url: str) -> dict[str, float]:
    seconds = []
    for _ in range(REPEAT):
        started = time.perf_counter()
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url)
        seconds.append(time.perf_counter() - started)
        assert response.status_code == 200, (url, response.status_code)
    slowest = max(captured.captured_queries, key=lambda query: float(query["time"]))
    return {
        "ms": round(1000 * statistics.median(seconds)),
        "first_ms": round(1000 * seconds[0]),
        "queries": len(captured),
        "database_ms": round(1000 * sum(float(query["time"]) for query in captured.captured_queries)),
        "slowest": slowest["sql"] if float(slowest["time"]) > 0.1 else "",
    }


def main() -> None:
    user, _new = get_user_model().objects.get_or_create(username="benchmark", is_staff=True, is_superuser=True)
    client, request = Client(SERVER_NAME="localhost"), RequestFactory().get("/")
    client.force_login(user)
    request.user = user
    found = []
    for model, model_admin in admin.site._registry.items():
        name = model._meta.model_name
        if model._meta.app_label not in ("suppliers", "catalog", "ingestion") or (
            sys.argv[1:] and name not in sys.argv[1:]
        ):
            continue
        url = reverse(f"admin:{model._meta.app_label}_{name}_changelist")
        client.get(url)
        for kind, what, query in queries(request, model_admin):
            found.append({"screen": name, "kind": kind, "what": what, **measure(client, f"{url}?{query}")})
            print(f"{found[-1]['ms']:6} ms  {name} {kind} {what}", file=sys.stderr, flush=True)
    json.dump(found, sys.stdout, indent=1, ensure_ascii=False)


if __name__ == "__main__":
    main()
