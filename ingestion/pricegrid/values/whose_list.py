"""From which countries a list comes, by the telephone prefixes, addresses and country names around its table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingestion.pricegrid.fields import PRICES
from ingestion.pricegrid.values.country import read_country
from ingestion.pricegrid.vocabulary import match_header, normalise, vocabulary
from ingestion.pricegrid.vocabulary.contacts import domains_in, is_contact, numbers_dialled

_OTHER_DOMAINS = {"UK": "GB"}
_LONGEST_PREFIX = 3
_SHORTEST_NAME = 4  # "NO" and "IN" are words, too
_LONGEST = 300
_PARTS = re.compile(r"[,;\n|•·]|\s[-–—]\s")


def currencies_of_countries(lines: Iterable[str]) -> frozenset[str]:
    """The currencies with shared signs that are money in the countries which the lines around a table name."""
    countries = {country for line in lines if len(line) <= _LONGEST for country in _countries_in(line)}
    found = vocabulary().topics("currencies_of_countries") if countries else ()
    return frozenset(code for code, used_in in found if not countries.isdisjoint(used_in))


def _countries_in(line: str) -> Iterator[str]:
    for number in numbers_dialled(line):
        yield from _of_prefix(number)
    for domain in domains_in(line):
        yield _OTHER_DOMAINS.get(domain.upper(), domain.upper())
    yield from _named_in(line)


def _of_prefix(number: str) -> Iterator[str]:
    """North America shares one: it tells nothing."""
    prefixes = {number[:length] for length in range(1, _LONGEST_PREFIX + 1)}
    for country, known in vocabulary().topics("telephone_prefixes"):
        if not prefixes.isdisjoint(known):
            yield country


def _named_in(line: str) -> Iterator[str]:
    """A country at the end of an address or beside a contact, or one for which prices are; no "Wines of Argentina"."""
    first, *others = (part.strip() for part in _PARTS.split(line))
    named = [first, *others] if is_contact(line) else others
    for part in named:
        if len(part) >= _SHORTEST_NAME and (country := read_country(part)):
            yield country
    if any(match.field in PRICES for match in match_header(line)) or vocabulary().phrases("rows.note").meanings(line):
        words = [word for word in normalise(line).split() if len(word) >= _SHORTEST_NAME]
        yield from (hit.means for hit in vocabulary().phrases("countries").find(words))
