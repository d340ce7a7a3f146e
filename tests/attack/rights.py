"""Each address and each action as each person, against the table of who may; and each form without its token."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import requests
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection
from lxml import html

from tests import factories as make
from tests.attack.addresses import Address
from tests.attack.arena import Arena, Tally
from tests.attack.may import ABSENT, EVERYBODY, MODELS, NOBODY, PEOPLE, who_may, who_may_choose
from tests.attack.pages import attacked
from tests.attack.world import access_attempt, ignored_cause, keep_job, query_of, values_of

TABLES = ("catalog_", "suppliers_", "auth_group", "auth_user_", "ingestion_")
ROWS = "SELECT count(*), md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM {} t"
# What pages write by themselves, whoever looks at them, and what workers write meanwhile.
WRITTEN_BY_LOOKING = {"ingestion_preparedview", "ingestion_filesweep"}
FRESH: dict[str, tuple[str, Callable[[], Any]]] = {
    "auth_user": ("user", make.UserFactory),
    "auth_group": ("group", lambda: Group.objects.create(name=f"group {Group.objects.count()}")),
    "axes_accessattempt": ("accessattempt", access_attempt),
    "catalog_category": ("category", make.CategoryFactory),
    "catalog_product": ("product", make.ProductFactory),
    "catalog_supplieritem": ("supplieritem", make.SupplierItemFactory),
    "suppliers_pricelistsource": ("pricelistsource", make.SourceFactory),
    "suppliers_supplier": ("supplier", make.SupplierFactory),
}
WORST = {"post": "yes", "name": "taken over", "_save": "1", "do": "save", "comment": "taken over", "confirm": "1"}


def attack(arena: Arena, chance: random.Random, *, short: bool) -> Iterator[Tally]:
    yield refused(arena, short=short)
    yield allowed(arena, short=short)
    yield actions(arena)
    yield without_token(arena)


@contextmanager
def same_numbers(arena: Arena) -> Iterator[None]:
    """Whatever was made within is no longer spoken of."""
    before = dict(arena.numbers)
    try:
        yield
    finally:
        arena.numbers.update(before)


def refused(arena: Arena, *, short: bool) -> Tally:
    """Whoever may not is told so, and nothing is changed: asked first, as long as nobody else has changed anything.

    Here and below the short form asks as the two roles between which the table draws its line.
    """
    tally, before = Tally("those who may not"), state()
    for address in attacked():
        least = who_may(address.pattern, address.name)
        tally.expect(least, f"nobody has decided who may {address.pattern} ({address.name}): tests/attack/may.py")
        for method, needed in zip(("GET", "POST"), least or (), strict=False):
            for who, rank in PEOPLE.items():
                if rank < needed and (not short or rank in (EVERYBODY, needed - 1)):
                    status = asked(arena, who, method, address, WORST)
                    tally.expect(is_refusal(status), f"{who or 'no role'}: {method} {address.pattern}: {status}")
    tally.expect(state() == before, "somebody who may not has changed the database")
    return tally


def allowed(arena: Arena, *, short: bool) -> Tally:
    """Whoever may is let in; a page that is not there does not count. Empty forms, which change little."""
    tally = Tally("those who may")
    for address in attacked():
        for method, needed in zip(("GET", "POST"), who_may(address.pattern, address.name) or (), strict=False):
            for who, rank in PEOPLE.items():
                may = rank == needed if short else rank >= needed
                if may and needed < NOBODY and address.name not in ABSENT:
                    with same_numbers(arena):
                        again(arena, address)
                        status = asked(arena, who, method, address, {})
                    tally.expect(is_answer(status), f"{who or 'no role'}: {method} {address.pattern}: {status}")
    return tally


def again(arena: Arena, address: Address) -> None:
    """What the one before may have removed."""
    if "job_id" in address.places:
        keep_job()
    if "ignored" in address.places:
        arena.numbers["ignoredcause"] = ignored_cause(arena.numbers["pricelistsource"]).pk
    if "heldchange/run/" in address.pattern:
        arena.numbers["ingestionrun"] = make.RunFactory(status="waiting", waits_for="quality").pk
    if address.name.endswith("_delete") and address.name.removesuffix("_delete") in FRESH:
        model, factory = FRESH[address.name.removesuffix("_delete")]
        arena.numbers[model] = factory().pk


def asked(arena: Arena, who: str, method: str, address: Address, form: dict[str, str]) -> str:
    """The status, and where a redirection leads."""
    client = arena.people[who]
    path = address.path(values_of(address.pattern, arena.numbers)) + query_of(address.name)
    data = {**form, "csrfmiddlewaretoken": client.session.cookies.get("csrftoken", "")} if method == "POST" else None
    answer = client.session.request(
        method,
        arena.site.address + path,
        data=data,
        headers={"Referer": arena.site.address},
        timeout=60,
        allow_redirects=False,
    )
    return said(answer)


def said(answer: requests.Response) -> str:
    return f"{answer.status_code} {answer.headers.get('Location', '')}".strip()


def is_refusal(status: str) -> bool:
    return status[:3] in ("401", "403", "404", "405") or "/login/" in status


def is_answer(status: str) -> bool:
    return status[:3] in ("200", "302", "301", "409") and "/login/" not in status


def state() -> str:
    """A hash of all rows that people's work is in."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in WRITTEN_BY_LOOKING or not table.startswith(TABLES):
                continue
            cursor.execute(ROWS.format(connection.ops.quote_name(table)))
            digest.update(f"{table} {cursor.fetchone()}".encode())
    return digest.hexdigest()


def actions(arena: Arena) -> Tally:
    """Each action of each list: offered to those who may; from the others, not even a made-up form does anything."""
    tally = Tally("actions of lists")
    for model, screen in admin.site._registry.items():
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        if name not in MODELS:
            continue
        offered = {who: offers(arena, who, model) for who in PEOPLE}
        own = {str(getattr(each, "__name__", each)) for each in screen.actions or ()}
        known = {action for each in offered.values() for action in each} | own | {"delete_selected"}
        for action in sorted(known):
            least = who_may_choose(name, action)
            if least is None:
                tally.expect(holds=False, problem=f"nobody has decided who may choose {action} of {name}")
                continue
            for who, rank in PEOPLE.items():
                may = rank >= least and least < NOBODY
                tally.expect(
                    (action in offered[who]) == may, f"{who or 'no role'}: {action} of {name} offered: {not may}"
                )
                if not may:
                    before = state()
                    choose(arena, who, model, action)
                    tally.expect(state() == before, f"{who or 'no role'}: {action} of {name} was done")
    return tally


def offers(arena: Arena, who: str, model: type) -> set[str]:
    """What stands in the list's choice of actions."""
    answer = arena.people[who].session.get(arena.site.address + list_of(model), timeout=60, allow_redirects=False)
    if answer.status_code != requests.codes.ok:
        return set()
    choices = [each for each in html.fromstring(answer.content).iter("select") if each.get("name") == "action"]
    return {value for choice in choices for option in choice.iter("option") if (value := option.get("value"))}


def list_of(model: type) -> str:
    meta = model._meta  # type: ignore[attr-defined]
    return f"/admin/{meta.app_label}/{meta.model_name}/"


def choose(arena: Arena, who: str, model: type, action: str) -> None:
    chosen = [str(pk) for pk in model._default_manager.values_list("pk", flat=True)[:3]]  # type: ignore[attr-defined]
    client = arena.people[who]
    client.session.post(
        arena.site.address + list_of(model),
        data={
            "action": action,
            "_selected_action": chosen,
            "post": "yes",
            "csrfmiddlewaretoken": client.session.cookies.get("csrftoken", ""),
        },
        headers={"Referer": arena.site.address},
        timeout=60,
        allow_redirects=False,
    )


def without_token(arena: Arena) -> Tally:
    """A form with the session and without the token; one with the token from another site. No view comes to see it."""
    tally = Tally("forms without their token, or from another site")
    client = arena.people["root"]
    token = client.session.cookies["csrftoken"]
    ways = {
        "without a token": ({}, {"Referer": arena.site.address}),
        "with a wrong token": ({"csrfmiddlewaretoken": "x" * 64}, {"Referer": arena.site.address}),
        "from another site": ({"csrfmiddlewaretoken": token}, {"Origin": "https://evil.example"}),
    }
    before = state()
    for address in attacked():
        path = address.path(values_of(address.pattern, arena.numbers))
        for way, (given, headers) in ways.items():
            answer = client.session.post(
                arena.site.address + path, data={**WORST, **given}, headers=headers, timeout=60, allow_redirects=False
            )
            tally.expect(answer.status_code == 403, f"{path} {way}: {answer.status_code}")
    tally.expect(state() == before, "a form without its token has changed the database")
    return tally
