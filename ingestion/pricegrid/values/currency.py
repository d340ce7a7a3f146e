"""Which currency a cell, a header or a number format names.

A sign that several currencies share (`$`, `руб.`, `kr`) means the one in which the list says that its prices are, else
the supplier's own where that is one of them and not another one that the list's countries have, else that of its
countries, its letters or words, else the first of its family; a family marked with `?` has no first (`kr` alone says
nothing), and the dollar sign has none in a list in Spanish. Conditional units
("у.е.") mean US dollars, as nearly everywhere where they are written; a vocabulary file can say otherwise.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ingestion.pricegrid.values.price_basis import NO_BASIS, Basis, basis_of, shown_smaller
from ingestion.pricegrid.vocabulary.contacts import without_addresses
from ingestion.pricegrid.vocabulary.currencies import AND, NO_FIRST, OR, Family, currency_finder
from ingestion.pricegrid.vocabulary.store import vocabulary

_BY_LOCALE = {
    "409": "USD", "1009": "CAD", "C0C": "CAD", "C09": "AUD", "1409": "NZD", "80A": "MXN", "2C0A": "ARS", "340A": "CLP",
    "240A": "COP", "380A": "UYU", "C04": "HKD", "1004": "SGD", "404": "TWD", "406": "DKK", "414": "NOK", "814": "NOK",
    "41D": "SEK", "40F": "ISK", "411": "JPY", "804": "CNY", "423": "BYN", "419": "RUB", "807": "CHF", "418": "RON",
    "1C09": "ZAR", "809": "GBP", "C01": "EGP", "401": "SAR", "4001": "QAR", "2001": "OMR", "4009": "INR", "439": "INR",
    "420": "PKR", "45B": "LKR", "461": "NPR",
}  # fmt: skip
_FORMAT_PART = re.compile(  # a blank as wide as a letter (`_р`) and a fill (`*-`) are not shown
    r"""\[([^\[\]]*+)\]|(?:\\(?=.)|")((?<=\\).|(?<=")[^"]*)"?|_.|\*.|([0#?])|(.)""", re.DOTALL
)


@lru_cache(maxsize=8192)
def find_currency(text: str, home: str | None = None) -> str | None:
    """The ISO code that a cell or header text names, or None; `home` is the supplier's currency (or see `home_of`).

    Letters of an e-mail or web address name none.
    """
    family = currencies_named(text)
    return family.choose(home) if family else None


def currencies_named(text: str) -> Family | None:
    """All the currencies that a text may mean."""
    return currency_finder().find(without_addresses(text))


@lru_cache(maxsize=1024)
def find_format_currency(number_format: str | None, home: str | None = None) -> str | None:
    """The ISO code that an Excel number format shows beside the number, or None."""
    return find_currency(text, home) if (text := shown_by_format(number_format)) else None


@lru_cache(maxsize=1024)
def basis_of_format(number_format: str | None) -> Basis:
    """For how many, and in what part of the currency, a number format shows the number beside it.

    Digits that it leaves away count where it says so ("k"): what is stored is then what is meant.
    """
    basis = basis_of(text) if number_format and (text := shown_by_format(number_format)) else NO_BASIS
    if basis.scale == 1 or number_format is None:
        return basis
    return basis._replace(scale=basis.scale / 1_000 ** shown_smaller(number_format))


class Origin(NamedTuple):
    """What a list says of its currencies besides its prices.

    `said`: in which its prices are, as a line above them says; `countries`: the money of those it comes from.
    """

    said: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()


UNKNOWN_ORIGIN = Origin()


def home_of(
    own: str | None, texts: Iterable[str], header: Sequence[str], origin: Origin = UNKNOWN_ORIGIN
) -> str | None:
    """Which currencies are at home in a list: what it says, the supplier's own, that of its countries or its language.

    Where its countries have other money than the supplier, none of both is likelier.
    """
    near = origin.countries - {own} if own not in origin.countries else frozenset()
    parts = [AND.join(sorted(origin.said)), AND.join([*filter(None, [own]), *sorted(near)])]
    if not origin.countries:
        parts += _of_language(texts, header)
    if any(map(vocabulary().phrases("dollar_sign_of_pesos").meanings, header)):
        parts.append(NO_FIRST)
    return OR.join(filter(None, parts)) or None


def _of_language(texts: Iterable[str], header: Sequence[str]) -> Iterator[str]:
    """By the letters of a list, else by the words of its header."""
    text = "".join(texts)
    for code, letters in vocabulary().topics("currencies_of_letters"):
        if re.search(f"[{''.join(letters)}]", text):
            yield code
            return
    words = vocabulary().phrases("currencies_of_words")
    yield AND.join(sorted({code for each in header for code in words.meanings(each)}))


def shown_by_format(number_format: str | None) -> str:
    """What a number format shows beside a positive number; empty where it shows nothing but the number."""
    if not number_format or number_format in ("General", "@"):
        return ""
    return _shown_by(number_format.split(";")[0])


def _shown_by(section: str) -> str:
    """What a format shows beside the number: `#,##0.00_р_.[$₽-419]` -> `₽`, `0.00" грн."` -> `0.00 грн.`."""
    shown, shared = "", vocabulary().listed("currencies_shared_signs")
    for match in _FORMAT_PART.finditer(section):
        bracket, literal, digit, other = match.groups()
        if bracket and bracket.startswith("$"):
            sign, _, locale = bracket[1:].rpartition("-") if "-" in bracket else (bracket[1:], "", "")
            local = _BY_LOCALE.get(locale.upper()) if sign.casefold() in shared else None
            shown += f" {local or sign} "
        else:
            shown += literal or other or ("0" if digit else "")
    return shown.strip()


def has_cents(code: str | None) -> bool:
    """Whether it is worth enough for decimals. Where not, least of all three are written: "13.500 Ft" are thousands."""
    return code not in vocabulary().listed("currencies_without_cents")
