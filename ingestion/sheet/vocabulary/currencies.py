"""Finds the spellings of currencies in a text: signs, codes and words of every language, from the vocabulary files."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from ingestion.sheet.vocabulary.store import Vocabulary, vocabulary

_ALSO_WORDS = ("TRY", "MAD", "GEL", "TL", "RM", "DH", "NIS")  # currencies only when written in capitals
_UNSPACED_SCRIPTS = 0x3000


class Family(NamedTuple):
    """The currencies that one spelling may mean; `first` says whether the first is meant when nothing else speaks."""

    codes: tuple[str, ...]
    first: bool

    def choose(self, default: str | None) -> str | None:
        if default in self.codes:
            return default
        return self.codes[0] if self.first else None

    def meet(self, other: "Family") -> "Family":
        """What both may mean: "руб." and "BYN" together are BYN."""
        common = tuple(code for code in self.codes if code in other.codes)
        return Family(common, bool(common) and (self.first or other.first or len(common) == 1))


class Finder:
    """Finds every spelling of every currency in one pass."""

    def __init__(self, words: Vocabulary) -> None:
        spelt = [
            (spelling, Family(tuple(codes.rstrip("?").split("|")), first=not codes.endswith("?")))
            for codes, spellings in words.currencies.items()
            for spelling in spellings
        ]
        spelt.sort(key=lambda pair: (_first(pair[0]), -len(pair[0])))
        self._families = [family for _, family in spelt]
        self.pattern = re.compile("|".join(map(_branch, groupby((word for word, _ in spelt), _first))), re.IGNORECASE)

    def find(self, text: str) -> Family | None:
        """What the text names; None where it names nothing, a family of no codes where it contradicts itself."""
        found: Family | None = None
        for match in self.pattern.finditer(text):
            family = self._families[(match.lastindex or 1) - 1]
            found = family if found is None else found.meet(family)
        return found


def _first(spelling: str) -> str:
    return spelling[0].lower()


def _branch(group: tuple[str, Iterable[str]]) -> str:
    """The spellings that begin alike, the longest first; none is tried where the first character differs."""
    first, spellings = group
    return f"(?={re.escape(first)})(?:{'|'.join(f'({_alternative(spelling)})' for spelling in spellings)})"


def _alternative(spelling: str) -> str:
    body = _loose(spelling.rstrip("*"))
    if spelling in _ALSO_WORDS:
        body = f"(?-i:{body})"
    if len(spelling) == 1 and _is_letter(spelling):  # "R 100", "100 р", "Price (R)", never a letter in a sentence
        return (
            rf"(?<!\w){body}(?=\s?\d)|(?:(?<=\d)|(?<=\d\s)){body}(?!\w)"
            rf"|(?<=\(){body}(?=\))|(?<=,\s){body}$|(?<=,){body}$|^{body}$"
        )
    before = r"(?<![^\W\d_])" if _is_letter(spelling[0]) else ""
    if spelling.endswith("*"):
        return before + body + r"[^\W\d_]*\.?"
    return before + body + (r"(?![^\W\d_])\.?" if _is_letter(spelling[-1]) else "")


def _is_letter(char: str) -> bool:
    """Whether a character is part of words: those of scripts without spaces are not."""
    return char.isalpha() and ord(char) < _UNSPACED_SCRIPTS


def _loose(spelling: str) -> str:
    return re.escape(spelling).replace(r"\*\ ", r"[^\W\d_]*\.?\s*").replace(r"\ ", r"\s*")


@lru_cache(maxsize=4)
def _finder(words: Vocabulary) -> Finder:
    return Finder(words)


def currency_finder() -> Finder:
    """The finder of this process's vocabulary."""
    return _finder(vocabulary())
