"""Loads the vocabulary files: this folder's, then those that a deployment adds."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path

from ingestion.pricegrid.vocabulary.phrases import Phrases

_HERE = Path(__file__).parent


class Vocabulary:
    """The words of all files by topic, such as `stock.in_stock` or `headers.price`."""

    def __init__(self, words: dict[str, list[str]]) -> None:
        self.words = words
        self._phrases: dict[tuple[str, ...], Phrases[str]] = {}
        self._listed: dict[str, frozenset[str]] = {}

    def topics(self, prefix: str) -> Iterator[tuple[str, list[str]]]:
        """Each topic below a prefix, without the prefix, with its words."""
        for topic, words in self.words.items():
            if topic.startswith(prefix + "."):
                yield topic.removeprefix(prefix + "."), words

    def phrases(self, *topics: str) -> Phrases[str]:
        """The words of some topics and of all topics below them, each standing for the last part of its topic."""
        if topics not in self._phrases:
            found = [(word, topic) for topic in topics for word in self.words.get(topic, ())]
            found += [(word, name) for topic in topics for name, words in self.topics(topic) for word in words]
            self._phrases[topics] = Phrases(found)
        return self._phrases[topics]

    def listed(self, topic: str) -> frozenset[str]:
        """The words of one topic as they are written there."""
        if topic not in self._listed:
            self._listed[topic] = frozenset(self.words.get(topic, ()))
        return self._listed[topic]

    def pattern(self, *topics: str) -> str:
        """A regular expression for each word of some topics as it is written, with no group of its own."""
        words = {word for topic in topics for word in self.listed(topic)}
        return "|".join(map(re.escape, sorted(words))) or "(?!)"

    @cached_property
    def currencies(self) -> dict[str, list[str]]:
        """Spellings by currency code; `A|B` means A, or B where the supplier's currency is B."""
        return dict(self.topics("currencies"))


def load_vocabulary(folders: Sequence[Path | str] = ()) -> Vocabulary:
    """Reads this folder's files and then those of further folders, which may add words to any topic."""
    words: dict[str, list[str]] = {}
    for folder in (_HERE, *map(Path, folders)):
        for path in sorted(folder.glob("*.json")):
            for topic, more in _topics(path):
                words.setdefault(topic, []).extend(more)
    return Vocabulary(words)


def _topics(path: Path) -> Iterator[tuple[str, list[str]]]:
    content = json.loads(path.read_text(encoding="utf-8"))
    for topic, value in content.items():
        if isinstance(value, list):
            yield topic, value
        elif isinstance(value, dict):
            yield from ((f"{topic}.{name}", words) for name, words in value.items())


_folders: tuple[Path | str, ...] = ()


def use_vocabulary_folders(*folders: Path | str) -> None:
    """Adds the vocabulary files of further folders for this process; called at start-up, before any list is read."""
    global _folders  # noqa: PLW0603 the one place where a deployment's words join ours
    _folders = folders
    vocabulary.cache_clear()


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of this process."""
    return load_vocabulary(_folders)
