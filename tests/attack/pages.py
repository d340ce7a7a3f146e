"""Every address as everybody: no 5xx, nothing shown to who may not see it, no form without its token."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.attack.addresses import PARAMETERS, Address, addresses, hostile_queries, parameters_of_lists
from tests.attack.arena import ROLES, Arena, Tally
from tests.attack.world import SECRETS, values_of

SHORT_PEOPLE = ["anonymous", "", "root"]
WITHOUT_SIGNING_IN = {"", "favicon.ico", "health/", "i18n/setlang/", "admin/login/", "admin/jsi18n/"}

# What is done, and the least role that may: those before it get 403. The addresses are filled with the world's numbers.
RIGHTS = [
    ("get", "/admin/catalog/product/", "Viewer"),
    ("get", "/admin/catalog/supplieritem/", "Viewer"),
    ("get", "/admin/ingestion/ingestionrun/{ingestionrun}/change/", "Viewer"),
    ("get", "/admin/ingestion/pricelist/{pricelist}/change/", "Viewer"),
    ("get", "/admin/ingestion/change/", "Viewer"),
    ("get", "/admin/suppliers/supplier/add/", "Staff"),
    ("post", "/admin/suppliers/supplier/add/", "Staff"),
    ("get", "/admin/ingestion/pricelist/add/", "Staff"),
    ("post", "/admin/ingestion/pricelist/add/", "Staff"),
    ("post", "/admin/ingestion/ingestionrun/{ingestionrun}/cancel/", "Staff"),
    ("post", "/admin/ingestion/ingestionrun/{ingestionrun}/again/", "Staff"),
    ("post", "/admin/ingestion/heldchange/decide/accept/", "Reviewer"),
    ("post", "/admin/catalog/product/{product}/reactivate/now/", "Reviewer"),
    ("get", "/admin/auth/user/", "Administrator"),
    ("get", "/admin/auth/group/", "Administrator"),
    ("get", "/admin/axes/accessattempt/", "Administrator"),
    ("get", "/admin/django_rq/dashboard/", "Administrator"),
    ("get", "/admin/catalog/product/{product}/delete/", "Administrator"),
]


def attack(arena: Arena, chance: random.Random, *, short: bool) -> Iterator[Tally]:
    yield walk(arena, SHORT_PEOPLE if short else list(arena.people))
    yield rights(arena)
    yield forms(arena)
    yield hostile(arena, chance, 100 if short else 3000)


def attacked() -> Iterator[Address]:
    yield from (address for address in addresses() if address.name != "logout")


def walk(arena: Arena, people: list[str]) -> Tally:
    tally = Tally("every address, as everybody")
    for who in people:
        client = arena.people[who]
        for address in attacked():
            path = address.path(values_of(address.pattern, arena.numbers))
            answer = client.session.get(arena.site.address + path, timeout=60, allow_redirects=False)
            tally.expect(answer.status_code < 500, f"{who or 'no role'}: {path} ended with {answer.status_code}")
            if who in ("", "anonymous"):
                shown = [secret for secret in SECRETS if secret in answer.text]
                tally.expect(not shown, f"{who or 'no role'}: {path} shows {shown}")
            if who == "anonymous" and address.pattern not in WITHOUT_SIGNING_IN:
                tally.expect(answer.status_code != 200, f"{path} answers somebody who has not signed in")
    return tally


def rights(arena: Arena) -> Tally:
    tally = Tally("who may do what")
    for method, pattern, least in RIGHTS:
        path = pattern.format(**arena.numbers)
        for number, role in enumerate(("", *ROLES)):
            may = number > ROLES.index(least)
            client = arena.people[role]
            if method == "get":
                status = client.session.get(arena.site.address + path, timeout=60, allow_redirects=False).status_code
            else:
                status = client.press(path).status
            tally.expect((status != 403) == may, f"{role or 'no role'}: {method} {path} was answered with {status}")
    return tally


def forms(arena: Arena) -> Tally:
    """As another site would send them: with the cookie, without the token."""
    tally = Tally("forms without their token")
    client = arena.people["root"]
    for address in attacked():
        path = address.path(values_of(address.pattern, arena.numbers))
        answer = client.session.post(
            arena.site.address + path,
            data={"post": "yes", "name": "x"},
            headers={"Origin": "https://evil.example"},
            timeout=60,
            allow_redirects=False,
        )
        tally.expect(answer.status_code in (403, 404, 405), f"{path} took a form of another site: {answer.status_code}")
    return tally


def hostile(arena: Arena, chance: random.Random, times: int) -> Tally:
    tally = Tally("hostile parameters and places")
    found = list(attacked())
    queries = list(hostile_queries(sorted({*PARAMETERS, *parameters_of_lists()})))
    client = arena.people["root"]
    for _ in range(times):
        address = chance.choice(found)
        path = chance.choice(list(address.variations(values_of(address.pattern, arena.numbers))))
        path += f"?{chance.choice(queries)}" if chance.random() < 0.7 else ""
        answer = client.session.get(arena.site.address + path, timeout=60, allow_redirects=False)
        tally.expect(answer.status_code < 500, f"{path[:200]!r} ended with {answer.status_code}")
    return tally
