"""For how many a price is, and in what part of its currency, as words and signs say it: "per 100", "TEUR", "pence".

Prices of weights, lengths and volumes are those of one unit that says so itself: they are no basis of pieces.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.values.numbers import NUMBER_PATTERN, read_number
from ingestion.pricegrid.values.unit import MEASURES, known_unit
from ingestion.pricegrid.vocabulary.currencies import codes_in
from ingestion.pricegrid.vocabulary.normal import normalise
from ingestion.pricegrid.vocabulary.store import Vocabulary, vocabulary

ONE = Decimal(1)
MOST_PIECES = 1_000_000
FEWEST_PIECES = 10  # without a word for pieces: "per 1" is no more than one, "2" may be anything
ROUND = frozenset((10, 12, 50, 100, 144, 500, 1_000, 10_000))  # quantities that a price may be for without such a word
HUNDREDTH = Decimal("0.01")
_SCALES = {
    "hundredth": HUNDREDTH,
    "unclear": ONE,  # "ct" may be cents or carats, fils a hundredth or a thousandth
    "ten": Decimal(10),  # a toman is ten rials
    "thousand": Decimal(1_000),
    "ten_thousand": Decimal(10_000),
    "million": Decimal(1_000_000),
    "ten_million": Decimal(10_000_000),
}
_HUNDREDS = frozenset((100, 1_000, 10_000))
_TWO = 2
_MOST_DIGITS = 6
_LONGEST_REMARK = 40
_OF_A_REMARK = (
    "per",
    "for_many",
    "for_many_behind",
    "units.piece",
    "headers.price",
    "headers_alone.price",
    "price_label",
    "fillers",
)
_HINTS_AT_COUNT = re.compile(r"(?:^|[\s/])\d{2,6}(?![\d.,]*\d)")
_DIGITS = re.compile(r"\d+")
_YEARS = range(1990, 2100)
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}")
_THOUSANDS = re.compile(r"(?<=\d)[., \u00a0\u202f](?=000(?!\d))")
_AFTER_SLASH = re.compile(r"(?<![\d/])\s*/\s*(\d{1,6})(?![\d/.,]*\d)\s*([^\W\d]*)")
_POWER = re.compile(r"(?<![^\W\d_])([mм]) ?([23])(?!\w)")
_AFTER_ANY_SLASH = re.compile(r"/\s*([^\W\d_]+[23²³]?)")
_NUMBERS = re.compile(NUMBER_PATTERN)
_COUNTED = re.compile(rf"([^\d]*?)\s*({NUMBER_PATTERN})\s*([^\d]*)")
_DIGIT_LETTER = re.compile(r"(?<=\d)(?=[^\W\d_])")
_WORDS = re.compile(r"[^\W\d_]+")
_MONEY = "[€$£₽₴₸₺₹]|EUR|USD|GBP|CHF|PLN|CZK|SEK|NOK|DKK|HUF|RON|RUB|UAH|BYN|KZT|TRY|[eE]uros?"
_PER_MILLE = ("‰", "%0")
_SHOWN_SMALLER = re.compile(r"[0#?](,+)(?![0#?,])")
_NOT_DIGITS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


# "kEUR", "k€", "(K EUR)"; but not "Group K, EUR": there it is a name of its own
_KILO = re.compile(rf"(?:(?<![^\W\d_])[kK]|(?:^|[(\[])\s*[kK]\s|(?<=\b[iI]n )[kK]\s)(?=(?:{_MONEY})(?![^\W\d_]))")


# As in “T€”, “€k”, “£000s”, “($'000)”, “(1000 kr)” and “in 1000 EUR”
_THOUSAND_OF = re.compile(
    rf"(?<![^\W\d_])(?<![/])[tT](?=(?:{_MONEY})(?![^\W\d_]))|(?<=[€$£])[kK](?![^\W\d_])"
    r"|(?:(?<=[€$£])\s?|(?=['’(]))['’(]?(?<!\d)000s?(?!\d)"
    rf"|(?<=[(\[])\s*1000\s?(?=(?:{_MONEY}|kr)\.?\s*[)\]])|\b(?:i|in|в|w|v|en|em)\s1000\s(?=(?:{_MONEY}|kr)\b)"
)


class Basis(NamedTuple):
    """A price is for `per` pieces, and one of its amount is `scale` units of the currency.

    `words` are those that say so, empty where none do; unless `is_sure` they may mean something else. `unit` is that of
    prices for many metres, kilograms or litres.
    """

    per: int = 1
    scale: Decimal = ONE
    words: str = ""
    is_sure: bool = True
    unit: str = ""


NO_BASIS = Basis()


class Parted(NamedTuple):
    """A cell with a price and what it is for: "2.45 / 100 pcs"."""

    price: str
    basis: Basis


@lru_cache(maxsize=4096)
def basis_of(text: str) -> Basis:
    """What a header, a number format or a currency says of it."""
    return _said_in(text, vocabulary()) if text else NO_BASIS


@lru_cache(maxsize=4096)
def basis_or_measure_of(text: str) -> Basis:
    """Of a header or a line: it may also say "per 100 m", which in a cell or a number format is no more than a unit."""
    basis = basis_of(text)
    return basis if basis.words else _measured(text, vocabulary())


def _measured(text: str, known: Vocabulary) -> Basis:
    parted = _DIGIT_LETTER.sub(" ", _THOUSANDS.sub("", _DAY.sub(" ", text)))
    slash = _AFTER_SLASH.search(parted)
    words = normalise(parted).split()
    for at, word in enumerate(words[:-1]):
        is_behind = _ends_with_per(words[:at], known) or (slash is not None and slash[1] == word)
        is_measure = words[at + 1] != "%" and _is_measure(words[at + 1 :], known)
        if is_behind and is_measure and _is_many(word, with_unit=True):
            said = f"{word} {words[at + 1]}"
            return Basis(int(word), words=said, is_sure=int(word) in _HUNDREDS, unit=words[at + 1])
    return NO_BASIS


@lru_cache(maxsize=4096)
def measure_of(text: str) -> str:
    """The measure of which a header's prices are for one: "price per kg", "€/m²"; empty where it says none."""
    known = vocabulary()
    words = _POWER.sub(r"\1\2", normalise(text)).split()  # "m 2"
    behind = [word for at, word in enumerate(words) if at and _ends_with_per(words[:at], known)]
    found = (known_unit(word) for word in (*behind, *_AFTER_ANY_SLASH.findall(text)))
    return next((unit for unit in found if unit in MEASURES), "")


def _said_in(text: str, known: Vocabulary) -> Basis:
    if unit := minor_unit_of(text.strip()):
        return Basis(scale=HUNDREDTH, words=unit)
    text = _THOUSAND_OF.sub(" thousand ", _THOUSANDS.sub("", _DAY.sub(" ", text.replace(*_PER_MILLE))))
    text = _KILO.sub(" thousand ", text)
    words = normalise(text).split()
    hits = known.phrases("price_scale", "price_basis").find(words)
    scale = next((hit for hit in hits if hit.means in _SCALES), None)
    named = next((hit for hit in hits if hit.means not in _SCALES), None)
    counted = Basis(int(named.means), words=" ".join(words[named.start : named.end])) if named else None
    basis = counted or _per_many(words, known) or _behind_slash(text, known) or NO_BASIS
    if scale is None:
        return basis
    said = " ".join(words[scale.start : scale.end])
    if scale.means == "unclear":
        is_count = scale.start > 0 and words[scale.start - 1].isdecimal()  # "24 ct"
        return basis if is_count else basis._replace(words=said, is_sure=False)
    return basis._replace(scale=_SCALES[scale.means], words=f"{said}, {basis.words}" if basis.words else said)


def _per_many(words: list[str], known: Vocabulary) -> Basis | None:
    """ "per 100", "за 1000 шт", "je 100 Stück", "100個あたり"."""
    behind = known.phrases("for_many_behind")
    for at, word in enumerate(words):
        rest = words[at + 1 :]
        if not word.isdecimal() or _is_measure(rest, known):
            continue
        length = _pieces(rest, known)
        is_behind = any(hit.start == length for hit in behind.find(rest))
        if (is_behind or _ends_with_per(words[:at], known)) and _is_many(word, with_unit=length > 0):
            said = words[at:][: 1 + length] if is_behind else words[at - 1 : at + 1]
            return Basis(int(word), words=" ".join(said))
    return None


def _ends_with_per(words: list[str], known: Vocabulary) -> bool:
    hits = known.phrases("per", "for_many").find(words)
    return any(hit.end == len(words) and _is_per(" ".join(words[hit.start :]), known) for hit in hits)


def _behind_slash(text: str, known: Vocabulary) -> Basis | None:
    found = _AFTER_SLASH.search(text)
    if found is None:
        return None
    unit = normalise(found[2]).split()
    if _is_measure(unit, known) or not _is_many(found[1], with_unit=bool(_pieces(unit, known))):
        return None
    return Basis(int(found[1]), words=f"/{found[1]}", is_sure=bool(unit) or int(found[1]) in ROUND)


def _is_many(word: str, *, with_unit: bool = False) -> bool:
    least = 2 if with_unit else FEWEST_PIECES
    return word.isdecimal() and least <= int(word) <= MOST_PIECES and (with_unit or int(word) not in _YEARS)


def _pieces(words: list[str], known: Vocabulary) -> int:
    """How many of the words mean pieces, at the front."""
    hits = known.phrases("units.piece").find(words)
    return hits[0].end if hits and hits[0].start == 0 else 0


def _is_measure(words: list[str], known: Vocabulary) -> bool:
    return bool(words) and (words[0] == "%" or "measure" in known.phrases("units").exact(words[0]))


@lru_cache(maxsize=4096)
def minor_unit_of(text: str, home: str | None = None) -> str:
    """The text, where it is how people write the hundredth of a currency: "GBX"; "p" only where pounds are at home."""
    codes = [code for code, units in vocabulary().topics("minor_units") if text in units]
    return text if codes and (len(text) > 1 or not codes[0].isascii() or codes[0] in codes_in(home)) else ""


def currency_of_minor(text: object) -> str | None:
    """The currency whose hundredth it is."""
    unit = text.strip() if isinstance(text, str) else ""
    return next((code for code, units in vocabulary().topics("minor_units") if unit in units), None)


def currency_of_hundredths(text: str) -> str | None:
    """The currency of which a header names the hundredth: "Price (pence)"."""
    named = (currency_of_minor(word) for word in _WORDS.findall(text) if len(word) > 1)
    return next((code for code in named if code), None)


def shown_smaller(number_format: str) -> int:
    """How many times a number format leaves three digits away: `0.0,` shows 121500 as 121.5."""
    found = _SHOWN_SMALLER.search(_NOT_DIGITS.sub("", number_format.partition(";")[0]))
    return len(found[1]) if found else 0


def part_of(text: str) -> Parted | None:
    """A price and the quantity it is for in one cell, where nothing else stands there: "3,50 EUR je 100 Stück"."""
    numbers = list(_NUMBERS.finditer(text))
    if len(numbers) < _TWO:
        return None
    amount, last = numbers[-2:]
    known, many = vocabulary(), _THOUSANDS.sub("", last[0])
    between, rest = text[amount.end() : last.start()], normalise(text[last.end() :]).split()
    length = _pieces(rest, known)
    start = _start_of_basis(between, known)
    if start is None or (not length and known.phrases("for_many").meanings(between)):  # "3 for 100" are three
        return None
    if length < len(rest) or not many.isdecimal():
        return None
    usual = ROUND if any(map(str.isalpha, between[start:])) else _HUNDREDS  # "10/12" may be anything
    if int(many) not in usual and not (length and _is_many(many, with_unit=True)):
        return None
    at = amount.end() + start
    return Parted(text[:at].rstrip(" (["), Basis(int(many), words=text[at:].strip(" ()[]")))


def _start_of_basis(between: str, known: Vocabulary) -> int | None:
    """Where a slash or a word such as "per" begins, right before the number behind the text."""
    for at in range(len(between)):
        tail = between[at:].replace("/", " ").strip()
        if between[at] == "/" and (not tail or _is_per(tail, known)):
            return at
        if between[at].isalpha() and (at == 0 or not between[at - 1].isalpha()) and _is_per(tail, known):
            return at
    return None


def _is_per(text: str, known: Vocabulary) -> bool:
    """ "Per" and "for", but not "each" or "a box", which need no number behind them."""
    return bool(known.phrases("per", "for_many").exact(text)) and not known.phrases("each").exact(text)


@lru_cache(maxsize=4096)
def count_of_unit(text: str) -> int:
    """How many pieces a unit is: "100 Stk", "Dutzend", "‰"; 1 where it does not say."""
    known, form = vocabulary(), normalise(_THOUSANDS.sub("", text.replace(*_PER_MILLE)))
    if named := known.phrases("basis_units").exact(form):
        return int(named[0])
    words = form.split()
    if (
        len(words) > 1
        and words[0].isdecimal()
        and int(words[0]) in ROUND
        and _pieces(words[1:], known) == len(words) - 1
    ):
        return int(words[0])
    return count_of_remark(text)


@lru_cache(maxsize=4096)
def count_of_remark(text: str) -> int:
    """For how many a cell beside the price says that it is, and says nothing else: "per 100", "Preis je 100 St."."""
    if len(text) > _LONGEST_REMARK or not _HINTS_AT_COUNT.search(text) or len(_NUMBERS.findall(text)) > 1:
        return 1
    basis = basis_of(text)
    says_no_more = vocabulary().phrases(*_OF_A_REMARK).covers(_DIGITS.sub(" ", text))
    return basis.per if basis.per > 1 and basis.scale == ONE and says_no_more else 1


@lru_cache(maxsize=4096)
def uncertain_count_of(text: str) -> int:
    """A quantity in a unit for which prices seldom are: "25 pcs" may be the size of a pack; 1 where there is none."""
    words = normalise(_THOUSANDS.sub("", text)).split()
    if len(words) < _TWO or count_of_unit(text) > 1 or not words[0].isdecimal() or len(words[0]) > _MOST_DIGITS:
        return 1
    return int(words[0]) if _pieces(words[1:], vocabulary()) == len(words) - 1 else 1


def count_of(cell: Cell, decimal: str | None = None) -> int | None:
    """How many a cell of a column of price units says: 100, "100 Stk", "C"; None where it says none.

    `decimal` is the decimal sign of the list: "1.000" is a thousand in some.
    """
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return None
    if not isinstance(cell, str):
        return int(cell) if 1 <= cell <= MOST_PIECES and cell == int(cell) else None
    known, text = vocabulary(), cell.strip()
    if named := known.phrases("per_quantity_codes").exact(text):
        return int(named[0])
    found = _COUNTED.fullmatch(text)
    before, number, behind = found.groups() if found else ("", "", text)
    words = normalise(behind).split()
    is_known = _pieces(words, known) == len(words) and (not before or known.phrases("per", "for_many").exact(before))
    if not number:
        count = count_of_unit(text)
        return count if count > 1 or (words and is_known) else None
    value = read_number(number, decimal).value
    return count_of(float(value)) if is_known and value is not None else None
