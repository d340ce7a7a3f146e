"""XML as a parser would pass it on, while it streams by: no comments, CDATA as ordinary text, in UTF-8."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from ingestion.pricegrid.formats.charsets import text_encoding
from ingestion.pricegrid.formats.refusals import refused
from ingestion.pricegrid.problems import files

_DECLARED = re.compile(rb"<\?xml[^<>]{0,200}?encoding=[\"']([\w.-]{1,40})[\"']")
AS_IT_IS = ("utf-8", "ascii")
COMMENT, END_OF_COMMENT = b"<!--", b"-->"
CDATA, END_OF_CDATA = b"<![CDATA[", b"]]>"


def encoding_of(first: bytes) -> str:
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    declared = _DECLARED.match(first)
    return text_encoding(declared[1].decode() if declared else "utf-8")


def in_utf8(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Chunks of any encoding; what is not in the encoding is damage."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for chunk in chunks:
        yield decoder.decode(chunk).encode()
    yield decoder.decode(b"", final=True).encode()


class Plain:
    """Turns chunks into plain ones. What may go on in the next chunk is held until then: nine bytes at the most.

    A single byte is found, or not, ten times as fast as two: hence `!` before `<!`.
    """

    def __init__(self, place: str) -> None:
        self.place = place
        self.rest = self.until = b""  # `until` ends the comment or CDATA that is open

    def of(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            text = self.rest + chunk if self.rest else chunk
            self.rest = b""
            if text.endswith(b"\r"):
                text, self.rest = text[:-1], b"\r"
            if b"\r" in text:
                text = text.replace(b"\r\n", b"\n")
            if not self.until and not text.endswith(b"<") and (b"!" not in text or b"<!" not in text):
                yield text
            else:
                yield b"".join(self.cut(text))
        if self.until:
            raise ValueError(f"a comment or CDATA section does not end in {self.place}")
        yield self.rest

    def cut(self, text: bytes) -> Iterator[bytes]:
        at = 0
        while True:
            if self.until:
                end = text.find(self.until, at)
                behind = end + 3 if end >= 0 else max(at, len(text) - 2)
                if self.until == END_OF_CDATA:
                    yield _escaped(text[at : end if end >= 0 else behind])
                if end < 0:
                    self.rest = text[behind:] + self.rest
                    return
                at, self.until = behind, b""
            start = text.find(b"<!", at)
            if start < 0:
                kept = text.endswith(b"<") and at < len(text)
                self.rest = b"<" * kept + self.rest
                yield text[at : len(text) - kept]
                return
            yield text[at:start]
            at = self.opened(text, start)
            if at < 0:
                self.rest = text[start:] + self.rest
                return

    def opened(self, text: bytes, start: int) -> int:
        """Where the inside of a comment or CDATA begins; -1 where only the next chunk tells what it is."""
        for sign, end in ((COMMENT, END_OF_COMMENT), (CDATA, END_OF_CDATA)):
            if text.startswith(sign, start):
                self.until = end
                return start + len(sign)
            if sign.startswith(text[start : start + len(sign)]):
                return -1
        raise refused(files.NOT_SAFE, place=self.place)


def _escaped(text: bytes) -> bytes:
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
