"""Texts that a file holds in one alphabet and declares, or leaves undeclared, as another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

from ingestion.pricegrid.formats.encodings import best_of, score
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.records import Message

Repair = Callable[[str], str]
_REPAIRED = gettext_noop(
    "The texts of the file are in %(encoding)s though it does not say so; they were read that way."
)
MISTAKEN = ("cp1251", "cp866", "koi8-u", "cp1253")
SAMPLE, LONGEST_SAMPLE = 2_000, 200_000  # texts, and their characters together
_LONGEST_TEXT = 2_000
_CLEARLY = 0.5  # by how much the other alphabet must look more like language


def find_repair(texts: Iterable[str], declared: str) -> tuple[Repair | None, list[Message]]:
    """What turns the texts right, where they look like language only in another encoding than `declared`."""
    sample = "\n".join(islice((text[:_LONGEST_TEXT] for text in texts if not text.isascii()), SAMPLE))[:LONGEST_SAMPLE]
    try:
        raw = sample.encode(declared)
    except (UnicodeError, LookupError):
        return None, []
    encoding, sure = best_of(raw, MISTAKEN)
    if sure - max(score(raw, declared), 0) < _CLEARLY:
        return None, []
    return repairing(declared, encoding), [Message(_REPAIRED, {"encoding": encoding})]


def repairing(declared: str, encoding: str) -> Repair:
    def repair(text: str) -> str:
        if text.isascii():
            return text
        try:
            return text.encode(declared).decode(encoding)
        except UnicodeError:
            return text

    return repair
