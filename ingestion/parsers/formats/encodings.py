"""In which encoding a text is, where nothing says so."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from charset_normalizer import from_bytes

from ingestion.parsers.formats.kinds import HEAD_BYTES, utf16_without_mark

CHUNK = 1024 * 1024
EVIDENCE = 100_000  # bytes of lines with letters beyond ASCII: enough to tell alphabets apart
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONVINCING = 0.35
RARER = ["cp1255", "cp1257", "shift_jis", "euc_kr", "big5", "tis_620"]
DAMAGE_TOLERATED = 0.02


def weights(*groups: tuple[str, float]) -> dict[str, float]:
    return {letter: weight for letters, weight in groups for letter in letters}


CYRILLIC = weights(("оеаинтсрвл", 1.0), ("кмдпуяыьгзбчйії", 0.6), ("хжшюцщэфєўё", 0.2))
WESTERN = weights(("äöüßéèàáíóúñçãêâ", 1.0), ("ôîûëïìòùõåæøœ", 0.5))
CENTRAL = weights(("áéíóúýäöüßłąężźśćń", 1.0), ("čřěůšžęőűşţ", 0.9), ("ďťňľĺôâîăç", 0.5), ("ŕ", 0.1))
TURKISH = weights(("ğışöüç", 1.0), ("âî", 0.5), ("äßéèàñáíó", 0.9))
GREEK = weights(("αοιετσνηυρπκμλςωάίόέή", 1.0), ("γδβθχφξζψύώ", 0.6))
ARABIC = weights(("اليومنترةبدسعفحكهقجأ", 1.0), ("خشصضطظغزثءإآىئؤذ", 0.6))
CANDIDATES: Mapping[str, Mapping[str, float]] = {
    "cp1252": WESTERN,
    "cp1251": CYRILLIC,
    "cp866": CYRILLIC,
    "koi8-u": CYRILLIC,
    "cp1250": CENTRAL,
    "cp1254": TURKISH,
    "cp1253": GREEK,
    "cp1256": ARABIC,
    "gbk": {},
    "latin-1": WESTERN,
}
BROKEN = re.compile("[\udc80-\udcff]")  # what surrogateescape makes of bytes that are not UTF-8
SIGNS = frozenset("«»№–—“”„’‘€£°±×½¼²³®©™§…·•\xa0")
WORD = re.compile(rb'[^\s\d;,"]+')
CASE_BROKEN = re.compile(r"[a-zà-ÿа-яё][А-ЯЁ]|[ά-ώ][Α-Ω]")
SIGN_INSIDE = re.compile(r"[^\W\d_][^\x00-\x7f\w\s«»„“”’–—·][^\W\d_]")
MIXED = re.compile(r"[A-Za-z][Ͱ-ӿ؀-ۿ]|[Ͱ-ӿ؀-ۿ][A-Za-z]")
ACCENTS_IN_A_ROW = re.compile(r"[^\W\d_A-Za-z](?=[^\W\d_A-Za-z])")


class TextFacts(NamedTuple):
    encoding: str
    lines: int


def look_at(path: Path, encoding: str | None = None) -> TextFacts:
    """Goes through the bytes once, in chunks: which encoding, and how many lines."""
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    known = encoding or from_mark(head) or utf16_without_mark(head)
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    lines, damage, foreign = 1, 0, bytearray()
    for chunk in chunks(path):
        lines += chunk.count(b"\n") or chunk.count(b"\r")
        if known or chunk.isascii():
            continue
        damage += len(BROKEN.findall(decoder.decode(chunk)))
        if len(foreign) < EVIDENCE:
            foreign += foreign_lines(chunk)[:EVIDENCE]
    return TextFacts(known or of_bytes(bytes(foreign), damage), lines)


def chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def from_mark(head: bytes) -> str | None:
    return next((encoding for mark, encoding in MARKS if head.startswith(mark)), None)


def foreign_lines(chunk: bytes) -> bytes:
    return b"\n".join(line for line in chunk.splitlines() if not line.isascii())


def different_words(foreign: bytes) -> bytes:
    """Each word once: the same sign behind a thousand prices is no more evidence than one."""
    return b"\n".join(dict.fromkeys(word for word in WORD.findall(foreign) if not word.isascii()))


def best_of(foreign: bytes, candidates: Iterable[str]) -> tuple[str, float]:
    scores = {encoding: score(foreign, encoding) for encoding in candidates}
    best = max(scores, key=lambda encoding: scores[encoding])
    return best, scores[best]


def of_bytes(foreign: bytes, damage: int) -> str:
    """The encoding of lines that hold more than ASCII; a few broken characters do not make UTF-8 something else."""
    if damage == 0:
        return "utf-8"
    letters = "".join(char for char in foreign.decode("utf-8", "surrogateescape") if char > "\x7f")
    if len(BROKEN.findall(letters)) <= DAMAGE_TOLERATED * len(letters):
        return "utf-8"
    best, sure = best_of(different_words(foreign), CANDIDATES)
    if sure < CONVINCING and (guess := from_bytes(foreign, cp_isolation=RARER).best()):
        return guess.encoding
    return best


def score(foreign: bytes, encoding: str) -> float:
    """How much the bytes look like language in this encoding: up to 1, below zero where they do not."""
    try:
        text = foreign.decode(encoding)
    except UnicodeDecodeError:
        return -1.0
    alphabet = CANDIDATES.get(encoding, WESTERN)
    letters = Counter(char for char in text if char > "\x7f")
    total = sum(worth(char, alphabet) * times for char, times in letters.items())
    total -= 1.5 * len(CASE_BROKEN.findall(text)) + len(SIGN_INSIDE.findall(text)) + len(MIXED.findall(text))
    if alphabet in (WESTERN, CENTRAL, TURKISH):
        total -= len(ACCENTS_IN_A_ROW.findall(text))
    return total / max(letters.total(), 1)


def worth(char: str, letters: Mapping[str, float]) -> float:
    if char in SIGNS:
        return 0.5
    if is_common_chinese(char):
        return 1.0
    if char.isalpha():
        return letters.get(char.lower(), -0.5)
    return -1.0


def is_common_chinese(char: str) -> bool:
    """Whether it is on the first level of GB 2312, where the characters of every day stand."""
    return "\u4e00" <= char <= "\u9fff" and b"\xb0" <= char.encode("gb2312", "replace") < b"\xd8"
