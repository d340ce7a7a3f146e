"""Finds the spellings of currencies in a text: signs, codes and words of every language, from the vocabulary files."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from ingestion.pricegrid.vocabulary.store import Vocabulary, vocabulary

_UNSPACED_SCRIPTS = 0x3000
NO_FIRST = "?"  # as the home: of a sign that several currencies share, none is meant before the others
OR, AND = "|", "&"  # in a home: before what is less likely; between those of which none is likelier


class Family(NamedTuple):
    """The currencies that one spelling may mean; `first` says whether the first is meant when nothing else speaks."""

    codes: tuple[str, ...]
    first: bool

    def choose(self, home: str | None) -> str | None:
        """The one that is meant at home: `home` is a code, or several with `|` between them, the likelier first.

        Of those with `&` between them none is likelier: where it may be two of them, it is none.
        """
        for part in home.split(OR) if home else ():
            if part == NO_FIRST:
                return self.codes[0] if len(self.codes) == 1 else None
            meant = [code for code in part.split(AND) if code in self.codes]
            if meant:
                return meant[0] if len(meant) == 1 else None
        return self.codes[0] if self.first else None

    def meet(self, other: "Family") -> "Family":
        """What both may mean: "руб." and "BYN" together are BYN."""
        common = tuple(code for code in self.codes if code in other.codes)
        return Family(common, bool(common) and (self.first or other.first or len(common) == 1))


class _Branch(NamedTuple):
    """The spellings that begin alike, the longest first, as one pattern with a group for each."""

    pattern: re.Pattern[str]
    families: list[Family]


class Finder:
    """Finds every spelling of every currency in one pass; its pattern is made when a text has its first letters."""

    def __init__(self, words: Vocabulary) -> None:
        self._spellings: dict[str, list[tuple[str, Family]]] = {}
        for codes, spellings in words.currencies.items():
            family = Family(tuple(codes.rstrip("?").split("|")), first=not codes.endswith("?"))
            for spelling in spellings:
                self._spellings.setdefault(_form(spelling[0]), []).append((spelling, family))
        self._also_words = words.listed("currencies_also_words")
        letters = "".join(filter(_is_letter, self._spellings))
        signs = "".join(first for first in self._spellings if not _is_letter(first))
        self._starts = re.compile(rf"(?<![^\W\d_])[{letters}]|[{re.escape(signs)}]", re.IGNORECASE)
        self._branch = cache(self._make_branch)

    def find(self, text: str) -> Family | None:
        """What the text names; None where it names nothing, a family of no codes where it contradicts itself."""
        found: Family | None = None
        for _, _, family in self._spans(text):
            found = family if found is None else found.meet(family)
        return found

    def without(self, text: str) -> str:
        """The text with a blank in place of every spelling."""
        kept, after = [], 0
        for start, end, _ in self._spans(text):
            kept.append(text[after:start])
            after = end
        return " ".join([*kept, text[after:]])

    def _spans(self, text: str) -> Iterator[tuple[int, int, Family]]:
        after = 0
        for place in self._starts.finditer(text):
            start = place.start()
            if start < after:
                continue
            branch = self._branch(text[start : start + 2])
            if branch and (match := branch.pattern.match(text, start)):
                after = match.end()
                yield start, after, branch.families[(match.lastindex or 1) - 1]

    def _make_branch(self, begin: str) -> _Branch | None:
        alike = self._spellings.get(_form(begin[0]), [])
        found = [(spelling, family) for spelling, family in alike if _may_begin(spelling, begin)]
        if not found:
            return None
        found.sort(key=lambda pair: -len(pair[0]))
        pattern = "|".join(
            f"({_alternative(spelling, is_also_word=spelling in self._also_words)})" for spelling, _ in found
        )
        return _Branch(re.compile(pattern, re.IGNORECASE), [family for _, family in found])


def _may_begin(spelling: str, begin: str) -> bool:
    """Whether the second character is the same, or one for which a pattern lets others stand."""
    second = spelling[1:2]
    return not second.isalpha() or _form(second) == _form(begin[1:2])


def _form(char: str) -> str:
    """A character as patterns compare it, in which case it may be: that of "İ" is "i"."""
    return char.upper().lower()[:1]


def _alternative(spelling: str, *, is_also_word: bool) -> str:
    """The pattern of one spelling, at a place where no letter stands before its own."""
    body = _loose(spelling.rstrip("*"))
    if is_also_word:  # a currency only when written in capitals
        body = f"(?-i:{body})"
    if len(spelling) == 1 and _is_letter(spelling):  # "R 100", "100 р", "Price (R)", never a letter in a sentence
        return (
            rf"(?<!\w){body}(?=\s?\d)|(?:(?<=\d)|(?<=\d\s)){body}(?!\w)"
            rf"|(?<=\(){body}(?=[)/])|(?<=,\s){body}$|(?<=,){body}$|^{body}$"
        )
    if spelling.endswith("*"):
        return body + r"[^\W\d_]*\.?"
    return body + (r"(?![^\W\d_])\.?" if _is_letter(spelling[-1]) else "")


def _is_letter(char: str) -> bool:
    """Whether a character is part of words: those of scripts without spaces are not."""
    return char.isalpha() and ord(char) < _UNSPACED_SCRIPTS


def _loose(spelling: str) -> str:
    return re.escape(spelling).replace(r"\*\ ", r"[^\W\d_]*\.?\s*").replace(r"\ ", r"\s*")


@lru_cache(maxsize=4)
def _finder(words: Vocabulary) -> Finder:
    return Finder(words)


def codes_in(home: str | None) -> list[str]:
    """The codes that a home names, with no regard to which is likelier."""
    return home.replace(AND, OR).split(OR) if home else []


def currency_finder() -> Finder:
    """The finder of this process's vocabulary."""
    return _finder(vocabulary())
