"""Texts that were in UTF-8, were read as another encoding, and written as UTF-8 again: “SchlÃ¼ssel”."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from ingestion.pricegrid.problems import notes
from ingestion.pricegrid.records import Message

MISREAD_AS = ("cp1252", "cp1251")
# What the first bytes of UTF-8 look like in either, in UTF-8, with what may follow: a look at the bytes of a file.
MAY_BE_TWICE = re.compile(
    rb"\xc3[\x82-\xb4][\xc2\xc5\xc6\xcb\xe2]|\xd0[\xa0\xa1][\xc2\xd0\xd1\xe2]|\xd0[\x92\x93][\xc2\xd0\xd1\xe2]"
)
_RUN = re.compile("[^\x00-\x7f]+")
_LEAST_RUNS = 3
_MOST = 0.5
_TIMES = 3  # so often it may have happened
_QUOTED = 60
_SURE = frozenset("ÃÂâ")  # with a sign behind them they end no word of any language
_PLAUSIBLE = re.compile(
    "[\u00a0-\u024f\u0370-\u03ff\u0400-\u052f\u1e00-\u1eff\u2010-\u2044\u20a0-\u20bf\u2100-\u214f\u2190-\u21ff"
    "\u2200-\u22ff\u2500-\u26ff\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\ufb01\ufb02\uff00-\uffef\ufeff]+"
)

_Note = Callable[[Message], None]


def undone(run: str, encoding: str) -> str | None:
    """What was written before, where a run of letters beyond ASCII is nothing but the bytes of UTF-8."""
    try:
        text = b"".join(_byte(char, encoding) for char in run).decode("utf-8")
    except UnicodeError:
        return None
    return text if _PLAUSIBLE.fullmatch(text) else None


def _byte(char: str, encoding: str) -> bytes:
    """Five bytes mean nothing in cp1252; whoever reads them keeps them as they are."""
    return char.encode("latin-1") if "\x80" <= char <= "\x9f" else char.encode(encoding)


def misread_as(sample: Iterable[str]) -> str | None:
    """The encoding that a text was taken for, if it was. Some runs of letters prove it, where most say the same."""
    runs = [run for line in sample if not line.isascii() for run in _RUN.findall(line)]
    telling = set(runs)
    for encoding in MISREAD_AS:
        found = {run for run in telling if undone(run, encoding) is not None}
        is_sure = encoding == "cp1252" and any(run[0] in _SURE for run in found)
        if is_sure or (len(found) >= _LEAST_RUNS and len(found) > _MOST * len(telling)):
            return encoding
    return None


class Undoer:
    """Goes through lines and puts right what was encoded twice; the rest stays as it is."""

    def __init__(self, encoding: str, note: _Note) -> None:
        self._encoding = encoding
        self._note = note
        self._is_noted = False

    def lines(self, stream: Iterator[str]) -> Iterator[str]:
        for number, line in enumerate(stream, 1):
            if line.isascii():
                yield line
                continue
            text = self.undone(line)
            if text != line and not self._is_noted:
                self._is_noted = True
                shown = " ".join(text.split())[:_QUOTED]
                self._note(notes.ENCODED_TWICE.message(line=number, text=shown))
            yield text

    def undone(self, line: str) -> str:
        for _ in range(_TIMES):
            before, line = line, _RUN.sub(lambda run: self._undone(run[0]), line)
            if line == before:
                break
        return line

    def _undone(self, run: str) -> str:
        text = undone(run, self._encoding)
        return run if text is None else text
