"""Texts in UTF-8 but for a few bytes: repaired where only one repair can be meant, else marked, never passed over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.formats.alphabets import CANDIDATES
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.records import Message

_REPAIRED = gettext_noop("Line %(line)s is not all in UTF-8: “%(text)s” was read from the bytes that are not.")
_UNREADABLE = gettext_noop("Line %(line)s holds bytes that are not in UTF-8, and nothing tells what they mean.")
MARK = "\ufffd"
BROKEN = re.compile("[\udc80-\udcff]+")  # what surrogateescape makes of bytes that are not UTF-8
LETTER = re.compile(r"[^\W\d_]")
ODD_CASE = re.compile(r"[a-zß-öø-ÿа-яёіїєґ][A-ZÀ-ÖØ-ÞА-ЯЁІЇЄҐ]")
LEAST_WEIGHT = 0.2  # letters that the language of an encoding really has
_CYRILLIC, LATIN = "cyrillic", "latin"
TELLING_WORD = 4  # letters: in a shorter word nearly any letter may stand
LONGEST_QUOTE = 60

_Note = Callable[[Message], None]


def script_of(char: str) -> str:
    """As far as telling alphabets apart needs it: a block of 128 characters is a script, all of Latin is one."""
    code = ord(char)
    if code < 0x250:
        return LATIN
    return _CYRILLIC if 0x400 <= code < 0x530 else f"{code >> 7:x}"


def is_damaged(cells: Sequence[Cell]) -> bool:
    """Whether a row holds characters that could not be read."""
    return any(MARK in cell for cell in cells if isinstance(cell, str))


class Repairer:
    """Goes through lines decoded with `surrogateescape`; the scripts of the good ones tell what bad bytes mean."""

    def __init__(self, note: _Note) -> None:
        self.note = note
        self.scripts: set[str] = set()

    def lines(self, stream: Iterator[str]) -> Iterator[str]:
        for number, line in enumerate(stream, 1):
            if line.isascii():
                yield line
            elif BROKEN.search(line) is None:
                if len(self.scripts) < 2:
                    self.scripts.update(map(script_of, filter(is_foreign_letter, line)))
                yield line
            else:
                yield self.mended(line, number)

    def mended(self, line: str, number: int) -> str:
        found = {text for encoding in CANDIDATES if (text := self.decoded(line, encoding)) is not None}
        if len(found) == 1:
            text = found.pop()
            self.note(Message(_REPAIRED, {"line": number, "text": " ".join(text.split())[:LONGEST_QUOTE]}))
            return text
        self.note(Message(_UNREADABLE, {"line": number}))
        return BROKEN.sub(MARK, line)

    def decoded(self, line: str, encoding: str) -> str | None:
        """The line with its bad bytes in an encoding, if that makes plausible words of them."""
        try:
            text = BROKEN.sub(lambda bad: as_bytes(bad[0]).decode(encoding), line)
        except UnicodeDecodeError:
            return None
        alphabet = CANDIDATES[encoding]
        new = {char for bad in BROKEN.finditer(line) for char in as_bytes(bad[0]).decode(encoding)}
        if not all(LETTER.match(char) and alphabet.get(char.lower(), 0) >= LEAST_WEIGHT for char in new):
            return None
        scripts = {script_of(char) for char in new}
        known = self.scripts | set(map(script_of, filter(is_foreign_letter, BROKEN.sub("", line))))
        if known and not scripts <= known:
            return None
        words = list(words_at(line, text))
        tells = max((len(LETTER.findall(word)) for word in words), default=0) >= TELLING_WORD
        return None if not tells or ODD_CASE.search(text) or any(map(is_mixed, words)) else text


def is_foreign_letter(char: str) -> bool:
    return char > "\x7f" and char.isalpha()


def as_bytes(bad: str) -> bytes:
    return bad.encode("utf-8", "surrogateescape")


def words_at(line: str, text: str) -> Iterator[str]:
    """The words of a repaired text that have changed."""
    before = set(re.split(r"[^\w\udc80-\udcff]+", line))
    return (word for word in re.split(r"\W+", text) if word and word not in before)


def is_mixed(word: str) -> bool:
    """A word in two scripts, or one that is nothing but accents."""
    letters = LETTER.findall(word)
    accents = sum(char > "\x7f" for char in letters)
    all_accents = len(letters) > 2 and accents > len(letters) / 2 and script_of(letters[0]) == LATIN
    return len(set(map(script_of, letters))) > 1 or all_accents
