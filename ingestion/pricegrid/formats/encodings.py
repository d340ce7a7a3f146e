"""In which encoding a text is, where nothing says so."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from charset_normalizer import from_bytes

from ingestion.pricegrid.cells.blocks import ROWS_AT_ONCE
from ingestion.pricegrid.formats.alphabets import BALTIC, CANDIDATES, CENTRAL, TURKISH, WESTERN
from ingestion.pricegrid.formats.east_asian import EAST_ASIAN, worth_of
from ingestion.pricegrid.formats.encoded_twice import MAY_BE_TWICE
from ingestion.pricegrid.formats.kinds import HEAD_BYTES, utf16_without_mark
from ingestion.pricegrid.formats.limits import DEFAULT_LIMITS, KILOBYTE, Limits
from ingestion.pricegrid.formats.refusals import refused
from ingestion.pricegrid.problems import files
from ingestion.pricegrid.vocabulary.store import Vocabulary, vocabulary

_CHUNK = 1024 * 1024
LONG_LINE = 16 * 1024  # bytes, on average
FEW_AT_ONCE = 4
EVIDENCE = 100_000  # bytes of lines with letters beyond ASCII: enough to tell alphabets apart
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
UTF_8 = codecs.getincrementaldecoder("utf-8")
_CONVINCING = 0.35
RARER = ["shift_jis", "euc_kr", "big5"]
_BROKEN = re.compile("[\udc80-\udcff]")  # what surrogateescape makes of bytes that are not UTF-8
SIGNS = frozenset("«»№–—“”„’‘€£°±×½¼²³®©™§…·•\xa0")
WORD = re.compile(r'[^\s\d;,"|]+')
CASE_BROKEN = re.compile(r"[a-zà-ÿа-яё][А-ЯЁ]|[ά-ώ][Α-Ω]")
SIGN_INSIDE = re.compile(r"[^\W\d_][^\x00-\x7f\w\s«»„“”’–—·][^\W\d_]")
MIXED = re.compile(r"[A-Za-z][Ͱ-ӿ\u0590-ۿ\u0e00-\u0e7f]|[Ͱ-ӿ\u0590-ۿ\u0e00-\u0e7f][A-Za-z]")
_LETTERS = re.compile(r"[^\W\d_]+")
BESIDE_NUMBER = re.compile(r"\d ?([^\x00-\x7f\W\d_])(?![^\W\d_])|(?<![^\W\d_])([^\x00-\x7f\W\d_]) ?\d")
ACCENTS_IN_A_ROW = re.compile(r"[^\W\d_A-Za-z](?=[^\W\d_A-Za-z])")


class TextFacts(NamedTuple):
    """`at_once` is how many lines may be taken into memory before they are measured: few where some are very long.

    `is_whole` says that every byte was found to be in UTF-8, `may_be_twice` that it may have been so twice.
    """

    encoding: str
    lines: int
    at_once: int = ROWS_AT_ONCE
    is_whole: bool = False
    may_be_twice: bool = False


def look_at_bytes(path: Path, encoding: str | None = None, limits: Limits = DEFAULT_LIMITS) -> TextFacts:
    """Goes through the bytes once, in chunks: which encoding, and how many lines. No line may be endless."""
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    known = encoding or from_mark(head) or utf16_without_mark(head)
    lines, decoder, is_whole, may_be_twice = 1, UTF_8(), True, False
    ruler = Ruler(limits)
    for chunk in chunks(path):
        found = max(chunk.count(b"\n"), chunk.count(b"\r"))
        ruler.take(chunk, found, lines)
        lines += found
        if not chunk.isascii():
            is_whole = is_whole and not known and decodes(decoder, chunk)
            may_be_twice = may_be_twice or MAY_BE_TWICE.search(chunk) is not None
    is_whole = is_whole and not known and decodes(decoder, b"", final=True)
    name = known or ("utf-8" if is_whole else of_bytes(evidence(path)))
    return TextFacts(name, lines, ruler.at_once, is_whole, may_be_twice and name in ("utf-8", "utf-8-sig"))


class Ruler:
    """Measures lines, in bytes: as long as a line end comes in every million of them, no line is longer than two."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.since = 0
        self.at_once = ROWS_AT_ONCE

    def take(self, chunk: bytes, lines: int, number: int) -> None:
        at = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        self.since = self.since + len(chunk) if at < 0 else len(chunk) - at
        if self.since > self.limits.line:
            raise refused(files.TOO_LONG_LINE, line=number + lines, limit=self.limits.line // KILOBYTE)
        if (lines + 1) * LONG_LINE < len(chunk):
            self.at_once = FEW_AT_ONCE


def decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def evidence(path: Path) -> bytes:
    """The first lines that hold more than ASCII."""
    foreign = bytearray()
    for chunk in chunks(path):
        if len(foreign) >= EVIDENCE:
            break
        if not chunk.isascii():
            foreign += foreign_lines(chunk)[:EVIDENCE]
    return bytes(foreign)


def chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def from_mark(head: bytes) -> str | None:
    return next((encoding for mark, encoding in MARKS if head.startswith(mark)), None)


def foreign_lines(chunk: bytes) -> bytes:
    return b"\n".join(line for line in chunk.splitlines() if not line.isascii())


def best_of(foreign: bytes, candidates: Iterable[str]) -> tuple[str, float]:
    scores = {encoding: score(foreign, encoding) for encoding in candidates}
    best = max(scores, key=lambda encoding: scores[encoding])
    return best, scores[best]


def of_bytes(foreign: bytes) -> str:
    """The encoding of lines that are not all UTF-8. Other texts hold hardly any of its characters by chance."""
    letters = "".join(char for char in foreign.decode("utf-8", "surrogateescape") if char > "\x7f")
    broken = len(_BROKEN.findall(letters))
    if len(letters) - broken >= max(broken, 1) or mostly_utf8(foreign):
        return "utf-8"
    best, sure = best_of(foreign, (*CANDIDATES, *EAST_ASIAN))
    if sure < _CONVINCING and (guess := from_bytes(foreign, cp_isolation=RARER).best()):
        return guess.encoding
    return best


def mostly_utf8(foreign: bytes) -> bool:
    """Most lines are, whatever the others hold: files that were put together from several."""
    lines = foreign.split(b"\n")
    good = sum(decodes(UTF_8(), line, final=True) for line in lines)
    return good > len(lines) / 2


def score(foreign: bytes, encoding: str) -> float:
    """How much the bytes look like language in this encoding: below zero where they do not.

    Words that price lists use count most; a letter alone beside a number may as well be the currency's sign in another.
    """
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(foreign)  # the last character may be cut off
    except UnicodeDecodeError:
        return -1.0
    beside_numbers = set(chain.from_iterable(BESIDE_NUMBER.findall(text)))
    text = "\n".join(dict.fromkeys(WORD.findall(text)))  # a sign behind a thousand prices is no more evidence than one
    alphabet = CANDIDATES.get(encoding, WESTERN)
    letters = Counter(char for char in text if char > "\x7f")
    if encoding in EAST_ASIAN:
        return worth_of(letters, encoding) / max(letters.total(), 1) + known_share(text)
    total = sum(_worth(char, alphabet) * times for char, times in letters.items())
    total -= 1.5 * len(CASE_BROKEN.findall(text)) + len(SIGN_INSIDE.findall(text)) + len(MIXED.findall(text))
    total -= sum(max(_worth(char, alphabet), 0) for char in beside_numbers if char)
    if alphabet in (WESTERN, CENTRAL, TURKISH, BALTIC):
        total -= len(ACCENTS_IN_A_ROW.findall(text))
    return total / max(letters.total(), 1) + known_share(text)


def known_share(text: str) -> float:
    words = set(foreign_words(text.lower()))
    return len(words & listed_words(vocabulary())) / max(len(words), 1)


def foreign_words(text: str) -> Iterator[str]:
    return (word for word in _LETTERS.findall(text) if not word.isascii())


@lru_cache(maxsize=2)
def listed_words(words: Vocabulary) -> frozenset[str]:
    """The words beyond ASCII that lists use in any language."""
    phrases = (phrase.lower() for phrases in words.words.values() for phrase in phrases)
    return frozenset(word for phrase in phrases for word in foreign_words(phrase) if len(word) > 1)


def _worth(char: str, letters: Mapping[str, float]) -> float:
    if char in SIGNS:
        return 0.5
    if char.isalpha() or char in letters:
        return letters.get(char.lower(), -0.5)
    return -1.0
