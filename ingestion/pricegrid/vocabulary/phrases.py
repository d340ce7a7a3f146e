"""Finding known phrases in a text, word by word; `"рознич*"` stands for every word that begins so."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, repeat
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

from ingestion.pricegrid.vocabulary.normal import normalise, normalise_all

T = TypeVar("T")


class Hit(NamedTuple, Generic[T]):
    """Words start..end of a text, and what the phrase found there stands for."""

    start: int
    end: int
    means: T


class _Node(Generic[T]):
    """Begun phrases by their next word, with its star where it has one."""

    __slots__ = ("following", "means")

    def __init__(self) -> None:
        self.following: dict[str, _Node[T]] = {}
        self.means: tuple[T, ...] = ()


class Phrases(Generic[T]):
    """Phrases by their normalised words: looking a text up costs the same for ten and for ten thousand of them.

    Nearly all are plain texts in a dict; only those with a star need a tree.
    """

    def __init__(self, phrases: Iterable[tuple[str, T]] = ()) -> None:
        self._plain: dict[str, tuple[T, ...]] = {}
        self._starred: _Node[T] = _Node()
        self._starred_begin: set[str] = set()
        self._longest = 0
        pairs = list(phrases)
        forms = patterns(phrase for phrase, _ in pairs)
        for means, alike in groupby(pairs, key=itemgetter(1)):
            self.add(means, [forms[phrase] for phrase, _ in alike])

    def add(self, means: T, texts: Sequence[str]) -> None:
        """Phrases of one meaning that are patterns already; there are thousands, so they are not added one by one."""
        starred = {text for text in texts if "*" in text}
        plain: dict[str, tuple[T, ...]] = dict.fromkeys(texts, (means,))
        for text in ("", *starred):
            plain.pop(text, None)
        for text in self._plain.keys() & plain.keys():
            known = self._plain[text]
            plain[text] = known if means in known else (*known, means)
        self._plain.update(plain)
        for text in starred:
            self._add_starred(text.split(), means)
        self._longest = max(self._longest, 1 + max(map(str.count, texts, repeat(" ")), default=0))

    def _add_starred(self, words: Sequence[str], means: T) -> None:
        self._starred_begin.add(words[0][0])
        node = self._starred
        for word in words:
            node = node.following.setdefault(word, _Node())
        if means not in node.means:
            node.means = (*node.means, means)

    def exact(self, text: str) -> list[T]:
        """What the whole text stands for."""
        return self.exact_words(normalise(text).split())

    def exact_words(self, words: Sequence[str]) -> list[T]:
        end, means = next(self._at(words, 0), (0, ()))
        return list(means) if end == len(words) else []

    def starts(self, text: str) -> bool:
        """Whether the text begins with a phrase."""
        return any(True for _ in self._at(normalise(text).split(), 0))

    def ends(self, text: str) -> bool:
        """Whether the text ends with a phrase."""
        words = normalise(text).split()
        return any(end == len(words) for start in range(len(words)) for end, _ in self._at(words, start))

    def find(self, words: Sequence[str]) -> list[Hit[T]]:
        """Every longest phrase from left to right, none inside another; a phrase of two meanings gives two hits."""
        hits: list[Hit[T]] = []
        position = 0
        while position < len(words):
            end, means = next(self._at(words, position), (position + 1, ()))
            hits += [Hit(position, end, meaning) for meaning in means]
            position = end
        return hits

    def meanings(self, text: str) -> set[T]:
        """What all the phrases in a text stand for."""
        return {hit.means for hit in self.find(normalise(text).split())}

    def covers(self, text: str) -> bool:
        """Whether the text consists of phrases only."""
        words = normalise(text).split()
        return sum(end - start for start, end in {(hit.start, hit.end) for hit in self.find(words)}) == len(words)

    def _at(self, words: Sequence[str], start: int) -> Iterator[tuple[int, tuple[T, ...]]]:
        """Where phrases end that begin at a word, the longest first, and what each stands for."""
        starred = self._starred_at(words, start) if words and words[start][0] in self._starred_begin else {}
        for end in range(min(start + self._longest, len(words)), start, -1):
            if means := self._plain.get(" ".join(words[start:end])) or starred.get(end):
                yield end, means

    def _starred_at(self, words: Sequence[str], start: int) -> dict[int, tuple[T, ...]]:
        """The same for those with a star; of several, the most specific counts: "preisgruppe*" before "preis*"."""
        nodes, found = [self._starred], dict[int, tuple[T, ...]]()
        for end in range(start, len(words)):
            nodes = [node.following[key] for node in nodes for key in _keys(words[end]) if key in node.following]
            if not nodes:
                break
            if means := next((node.means for node in nodes if node.means), None):
                found[end + 1] = means
        return found


def patterns(phrases: Iterable[str]) -> dict[str, str]:
    """The normalised words of each phrase, with a star behind each that has one."""
    known = set(phrases)
    starred = {phrase for phrase in known if "*" in phrase}
    words = normalise_all(word.removesuffix("*") for phrase in starred for word in phrase.split())
    forms = normalise_all(known - starred)
    for phrase in starred:
        pieces = [words[word.removesuffix("*")] + "*" * word.endswith("*") for word in phrase.split()]
        forms[phrase] = " ".join(piece for piece in pieces if piece.strip("*"))
    return forms


def _keys(word: str) -> list[str]:
    """What may stand for a word, the most specific first."""
    return [word, *(word[:length] + "*" for length in range(len(word), 0, -1))]
