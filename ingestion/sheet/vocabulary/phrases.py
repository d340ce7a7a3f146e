"""Finding known phrases in a text, word by word; `"рознич*"` stands for every word that begins so."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Generic, NamedTuple, TypeVar

from ingestion.sheet.vocabulary.normal import normalise

T = TypeVar("T")


class Hit(NamedTuple, Generic[T]):
    """Words start..end of a text, and what the phrase found there stands for."""

    start: int
    end: int
    means: T


class _Node(Generic[T]):
    __slots__ = ("following", "means")

    def __init__(self) -> None:
        self.following: dict[str, _Node[T]] = {}
        self.means: list[T] = []


class Phrases(Generic[T]):
    """A tree of phrases by their words: looking a text up costs the same for ten phrases and for ten thousand."""

    def __init__(self, phrases: Iterable[tuple[str, T]] = ()) -> None:
        self._root: _Node[T] = _Node()
        self.texts: list[str] = []
        for phrase, means in phrases:
            self._add(phrase, means)

    def _add(self, phrase: str, means: T) -> None:
        node, words = self._root, pattern(phrase)
        for word in words:
            node = node.following.setdefault(word, _Node())
        if words and means not in node.means:
            node.means.append(means)
            self.texts.append(" ".join(words))

    def exact(self, text: str) -> list[T]:
        """What the whole text stands for."""
        words = normalise(text).split()
        return [hit.means for hit in self._at(words, 0) if hit.end == len(words)]

    def starts(self, text: str) -> bool:
        """Whether the text begins with a phrase."""
        return any(True for _ in self._at(normalise(text).split(), 0))

    def ends(self, text: str) -> bool:
        """Whether the text ends with a phrase."""
        words = normalise(text).split()
        return any(hit.end == len(words) for start in range(len(words)) for hit in self._at(words, start))

    def find(self, words: Sequence[str]) -> list[Hit[T]]:
        """Every longest phrase from left to right, none inside another; a phrase of two meanings gives two hits."""
        hits: list[Hit[T]] = []
        position = 0
        while position < len(words):
            here = list(self._at(words, position))
            end = max((hit.end for hit in here), default=position)
            hits += [hit for hit in here if hit.end == end]
            position = max(end, position + 1)
        return hits

    def meanings(self, text: str) -> set[T]:
        """What all the phrases in a text stand for."""
        return {hit.means for hit in self.find(normalise(text).split())}

    def covers(self, text: str) -> bool:
        """Whether the text consists of phrases only."""
        words = normalise(text).split()
        return sum(end - start for start, end in {(hit.start, hit.end) for hit in self.find(words)}) == len(words)

    def _at(self, words: Sequence[str], start: int) -> Iterator[Hit[T]]:
        nodes = [self._root]
        for end in range(start, len(words)):
            nodes = [node.following[key] for node in nodes for key in _keys(words[end]) if key in node.following]
            if not nodes:
                return
            for means in next((node.means for node in nodes if node.means), ()):  # "preisgruppe" before "preis*"
                yield Hit(start, end + 1, means)


@cache
def pattern(phrase: str) -> tuple[str, ...]:
    """The normalised words of a phrase, each with its star where it has one."""
    words: list[str] = []
    for piece in phrase.split():
        *whole, last = normalise(piece.removesuffix("*")).split() or [""]
        words += [*whole, last + "*" * piece.endswith("*")]
    return tuple(word for word in words if word.strip("*"))


def _keys(word: str) -> list[str]:
    """What may stand for a word, the most specific first."""
    return [word, *(word[:length] + "*" for length in range(len(word), 0, -1))]
