"""What stands before and after the number of a price: currency, minus, "from", "per piece", ",-", or what bars it."""

import re
from functools import lru_cache
from typing import NamedTuple

from ingestion.pricegrid.problems import Problem, notes, prices
from ingestion.pricegrid.records import Message
from ingestion.pricegrid.values.price_basis import NO_BASIS, Basis, basis_of
from ingestion.pricegrid.vocabulary.currencies import Family, currency_finder
from ingestion.pricegrid.vocabulary.normal import normalise
from ingestion.pricegrid.vocabulary.phrases import Phrases
from ingestion.pricegrid.vocabulary.store import Vocabulary, vocabulary

_NO_FRACTION = re.compile(r"(?:[.,]\s?[-=]{1,3}|\s?/-|\s?={1,2}|[.,](?!\w))")  # 12,-  12.--  1200/-  1200=  12.
_STRANGE = re.compile(r"""[^\w\s.,:;*/()\[\]\-~≈'"!|+<>=]""")
_BEFORE = ("from", "about", "price_label", "tax")  # "A 12" is a code, no "a piece"
_AFTER = (*_BEFORE, "per", "units", "price_basis", "price_scale")
_NOTED = {
    "from": notes.FROM,
    "about": notes.ABOUT,
    "measure": notes.PER,
    "pack": notes.PER,
    **dict.fromkeys(("included", "excluded", "tax"), notes.TAX),
}
_PER_SIGN = re.compile(r"/\s*\w")


class Affixes(NamedTuple):
    """`problem` and `note` are about the whole cell."""

    currency: Family | None = None
    negative: bool = False
    note: Message | None = None
    problem: Problem | None = None
    decimal: str | None = None  # ",-" says that the comma is the decimal sign
    basis: Basis = NO_BASIS


@lru_cache(maxsize=4096)
def understand_affixes(before: str, after: str) -> Affixes:
    """What `before` and `after` say of the number between them."""
    return _understand(before, after, vocabulary()) if before or after else Affixes()


def _understand(before: str, after: str, words: Vocabulary) -> Affixes:
    no_fraction = _NO_FRACTION.match(after)
    decimal = no_fraction[0][0] if no_fraction and no_fraction[0][0] in ".," else None
    before, after = before.strip(), after[no_fraction.end() :].strip() if no_fraction else after.strip()
    basis = basis_of(after)
    if "%" in before + after and basis.per == 1:  # "% pcs" is for a hundred
        return Affixes(problem=prices.PERCENTAGE)
    finder = currency_finder()
    family = finder.find(f"{before} 0 {after}")
    if family and not family.codes:
        return Affixes(problem=prices.CURRENCIES)
    rest_before, _, rest_after = finder.without(f"{before} 0 {after}").partition("0")
    negative, rest_before, rest_after = _minus(rest_before.strip(), rest_after.strip())
    problem, note = _words_around(rest_before, rest_after, words)
    if basis.words and basis.per == 1 and not basis.is_sure:  # fils may be a hundredth or a thousandth
        problem = problem or prices.NOT_A_PRICE
    if problem is None and basis.words:
        note = (notes.PER if basis.per > 1 else notes.SCALE).message(value=basis.words)
    return Affixes(family, negative, note, problem, decimal, basis if problem is None else NO_BASIS)


def _minus(before: str, after: str) -> tuple[bool, str, str]:
    """Takes a minus or the parentheses of accountants away."""
    if before.endswith("(") and after.startswith(")"):
        return True, before[:-1], after[1:]
    if before.startswith("-") or before.endswith("-"):
        return True, before.strip("-"), after
    if after.startswith("-"):
        return True, before, after[1:]
    return False, before, after


def _words_around(before: str, after: str, words: Vocabulary) -> tuple[Problem | None, Message | None]:
    """Every word has to be known: "tax included", "from 10", "10 per piece"; a unit without "per" counts things."""
    said = f"{before} | {after}"
    if _STRANGE.search(said):
        return prices.NOT_A_PRICE, None
    found = normalise(said).split()
    if not found:
        return None, notes.ABOUT.message(value="~") if "~" in said or "≈" in said else None
    if words.phrases("no_price").find(found):
        return prices.ON_REQUEST, None
    meanings, known_after = _known(words.phrases(*_AFTER), after)
    leading, known_before = _known(words.phrases(*_BEFORE), before)
    counts = meanings & {"piece", "measure"} and "per" not in meanings and not _PER_SIGN.search(said)
    if counts or not (known_before and known_after):
        return prices.NOT_A_PRICE, None
    if words.phrases("price_kinds.pack").find(found):
        meanings |= {"pack"}
    return None, _note(meanings | leading, " ".join(found))


def _known(phrases: Phrases[str], text: str) -> tuple[set[str], bool]:
    """What the phrases in a text mean, and whether it holds nothing else."""
    found = normalise(text).split()
    hits = phrases.find(found)
    places = {place for hit in hits for place in range(hit.start, hit.end)}
    return {hit.means for hit in hits}, len(places) == len(found)


def _note(meanings: set[str], value: str) -> Message | None:
    return next((note.message(value=value) for meaning, note in _NOTED.items() if meaning in meanings), None)
