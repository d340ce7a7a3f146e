"""Every address as everybody: no 5xx, what is hidden stays hidden."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.attack.addresses import PARAMETERS, Address, addresses, hostile_queries, parameters_of_lists
from tests.attack.arena import Arena, Tally
from tests.attack.world import SECRETS, query_of, values_of

SHORT_PEOPLE = ["", "clerk"]
SUPPLIERS, ACCOUNTS = SECRETS[0], SECRETS[4]
# What none of them is shown. The clerk may see suppliers and nothing else; accounts are for administrators.
HIDDEN: dict[str, tuple[str, ...]] = dict.fromkeys(("anonymous", ""), SECRETS)
HIDDEN["clerk"] = tuple(secret for secret in SECRETS if secret != SUPPLIERS)
HIDDEN |= dict.fromkeys(("Viewer", "Staff", "Reviewer"), (ACCOUNTS,))
WITHOUT_SIGNING_IN = {"", "favicon.ico", "health/", "i18n/setlang/", "admin/login/", "admin/jsi18n/"}


def attack(arena: Arena, chance: random.Random, *, short: bool) -> Iterator[Tally]:
    yield walk(arena, SHORT_PEOPLE if short else list(arena.people))
    yield hostile(arena, chance, 100 if short else 3000)


def attacked() -> Iterator[Address]:
    yield from (address for address in addresses() if address.name != "logout")


def walk(arena: Arena, people: list[str]) -> Tally:
    tally = Tally("every address, as everybody")
    for who in people:
        client = arena.people[who]
        for address in attacked():
            path = address.path(values_of(address.pattern, arena.numbers)) + query_of(address.name)
            answer = client.session.get(arena.site.address + path, timeout=60, allow_redirects=False)
            tally.expect(answer.status_code < 500, f"{who or 'no role'}: {path} ended with {answer.status_code}")
            shown = [secret for secret in HIDDEN.get(who, ()) if secret.encode() in answer.content]
            tally.expect(not shown, f"{who or 'no role'}: {path} shows {shown}")
            if who == "anonymous" and address.pattern not in WITHOUT_SIGNING_IN:
                tally.expect(answer.status_code != 200, f"{path} answers somebody who has not signed in")
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
