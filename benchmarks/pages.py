"""Every list of the admin on a grown catalog: all that a person can ask of it. Prints JSON, and what takes too long.

    DATABASE_URL=... python -m benchmarks.pages [SCREEN ...]

Of each list: the first, second and last page, every column that sorts, every choice of every filter (those with no
rows, too), searches, and a search within each filter. Server time is that of the whole request through all of Django
(views, templates, database), without the network.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("LOG_LEVEL", "WARNING")
django.setup()

from django.contrib import admin  # noqa: E402
from django.contrib.admin import SimpleListFilter  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Max  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from catalog.models import Category  # noqa: E402
from suppliers.models import Supplier  # noqa: E402

REPEAT = 3
APPS = ("suppliers", "catalog", "ingestion", "auth")
BARS = {"page": 300, "filter": 300, "search": 500, "sorted": 500}  # milliseconds
NEW = "Benchmark"  # the name of what has nothing yet: no items, no products, no runs
NOTHING = "no such thing"
ANY = ("a", "B1", "кабель", "valve jolla", NOTHING)  # very much, much, a word, two words, nothing
TERMS = {
    "supplieritem": (*ANY, "art-01234567", "00123"),
    "product": (*ANY, "p-00012345", "art-00777777"),
    "draftproduct": (*ANY, "p-00012", "art-00777777"),
    "pricehistory": (*ANY, "art-01234567"),
    "productstatuschange": ("p-000", "p-00012345", NOTHING),
    "parsinglog": ("art-0012", "price", "p", "grown-77", NOTHING),
    "ingestionrun": ("supplier 0042", "grown", "grown-77", "list-4242", NOTHING),
    "pricelist": ("list-4242", "list", NOTHING),
    "change": ("art-012345", "art", NOTHING),
    "heldchange": ("art-01", "art", NOTHING),
}


class Asked(NamedTuple):
    """One page of a list: what kind of question, and the query that asks it."""

    kind: str
    query: str


def questions(request: Any, model_admin: Any) -> Iterator[Asked]:
    """Everything that a person can ask of a list; further pages follow where the answer has some."""
    changelist = model_admin.get_changelist_instance(request)
    filters = [query for spec in changelist.filter_specs for query in filter_queries(spec, model_admin.model)]
    terms = TERMS.get(model_admin.model._meta.model_name, ("e", NOTHING)) if model_admin.search_fields else ()
    columns = [place for place, name in enumerate(changelist.list_display) if changelist.get_ordering_field(name)]
    yield Asked("page", "")
    yield from (Asked("sorted", f"o={sign}{column}") for column in columns for sign in ("", "-"))
    yield from (Asked("filter", query) for query in filters)
    yield from (Asked("search", f"q={quote(term)}") for term in terms)
    yield from (Asked("search", f"q={quote(term)}&{query}") for term in terms[::3] for query in filters)
    yield from (Asked("search", f"q={quote(term)}&o={column}") for term in terms[:1] for column in columns)


def filter_queries(spec: Any, model: Any) -> Iterator[str]:
    names = spec.expected_parameters()
    if isinstance(spec, SimpleListFilter):
        yield from (f"{names[0]}={value}" for value, _title in spec.lookup_choices)
    elif names[0].endswith("_from"):
        yield from (f"{names[0]}=40&{names[1]}=41", f"{names[0]}=40", f"{names[1]}=2", f"{names[0]}=99999")
    elif names[0].endswith("_from_0"):
        day = f"{names[0]}=2025-06-02"
        yield from (f"{day}&{names[2]}=2025-06-09", day, f"{names[2]}=2025-03-15", f"{names[0]}=2099-01-01")
    else:
        yield from (f"{names[0]}={value}" for value in values(names[0].removesuffix("__exact"), model))


def values(path: str, model: Any) -> list[Any]:
    """Every choice of a field; of a relation one in the middle and the last two, of which the very last has no rows."""
    field: Any = None
    for name in path.removesuffix("__id").split("__"):
        field = model._meta.get_field(name)
        model = field.related_model or model
    if field.is_relation:
        last = model.objects.aggregate(last=Max("pk"))["last"] or 0
        return list(model.objects.filter(pk__in=[last // 2, last - 1, last]).values_list("pk", flat=True))
    return [value for value, _title in field.choices] if field.choices else [0, 1]


def measured(client: Client, url: str, asked: Asked) -> Iterator[dict[str, Any]]:
    """The first page that answers the question, and where there are more the second and the last."""
    figures, pages = measure(client, f"{url}?{asked.query}")
    yield {"kind": asked.kind, "what": asked.query, **figures}
    for page in sorted({2, pages} & {*range(2, pages + 1)}):
        query = "&".join(filter(None, [asked.query, f"p={page}"]))
        yield {"kind": asked.kind, "what": query, **measure(client, f"{url}?{query}")[0]}


def measure(client: Client, url: str) -> tuple[dict[str, Any], int]:
    """The figures, and how many pages the list has."""
    seconds, processor = [], []
    for _ in range(REPEAT):
        started, used = time.perf_counter(), time.process_time()
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url)
        seconds.append(time.perf_counter() - started)
        processor.append(time.process_time() - used)
        assert response.status_code == 200, (url, response.status_code)
    assert response.context_data is not None
    slowest = max(captured.captured_queries, key=lambda query: float(query["time"]))
    changelist = response.context_data["cl"]
    figures = {
        "rows": changelist.result_count,
        "ms": round(1000 * statistics.median(seconds)),
        "min_ms": round(1000 * min(seconds)),
        "first_ms": round(1000 * seconds[0]),
        "python_ms": round(1000 * statistics.median(processor)),  # of the processor: a busy machine adds nothing to it
        "queries": len(captured),
        "database_ms": round(1000 * sum(float(query["time"]) for query in captured.captured_queries)),
        "slowest": slowest["sql"] if float(slowest["time"]) > 0.1 else "",
    }
    return figures, changelist.paginator.num_pages


def somebody() -> User:
    """Who asks; and a supplier, a source and a category that have nothing yet, for filters that find nothing."""
    supplier, _new = Supplier.objects.get_or_create(name=NEW)
    supplier.sources.get_or_create(name=NEW)
    Category.objects.get_or_create(name=NEW)
    user, _new = User.objects.get_or_create(username="benchmark", is_staff=True, is_superuser=True)
    return user


def main() -> None:
    client, request = Client(SERVER_NAME="localhost"), RequestFactory().get("/")
    user = somebody()
    request.user = user
    client.force_login(user)
    found = []
    for model, model_admin in admin.site._registry.items():
        name = model._meta.model_name
        if model._meta.app_label not in APPS or (sys.argv[1:] and name not in sys.argv[1:]):
            continue
        url = reverse(f"admin:{model._meta.app_label}_{name}_changelist")
        client.get(url)
        for asked in questions(request, model_admin):
            for figures in measured(client, url, asked):
                found.append({"screen": name, "over": figures["ms"] > BARS[asked.kind], **figures})
                print(told(found[-1]), file=sys.stderr, flush=True)
    for kind in BARS:
        of_kind = [page for page in found if page["kind"] == kind]
        print(f"{kind}: {len(of_kind)}, {sum(page['over'] for page in of_kind)} over the bar", file=sys.stderr)
    json.dump(found, sys.stdout, indent=1, ensure_ascii=False)


def told(page: dict[str, Any]) -> str:
    parts = f"least {page['min_ms']}, Python {page['python_ms']}, database {page['database_ms']}"
    times = f"{page['ms']:6} ms ({parts}, {page['queries']} queries)"
    what = f"{page['screen']} {page['kind']} {page['what']}"
    return f"{'OVER' if page['over'] else '    '} {times} {page['rows']:9,} rows  {what}"


if __name__ == "__main__":
    main()
