"""The parts of an Office package: ZIP members found through their relationships."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import IO, NamedTuple

from ingestion.pricegrid.formats.archives import read_small
from ingestion.pricegrid.formats.limits import KILOBYTE, Limits
from ingestion.pricegrid.formats.xlsx.markup import AS_IT_IS, Plain, encoding_of, in_utf8
from ingestion.pricegrid.formats.xml import LONG_ROWS, Pieces

_BLOCK = 64 * 1024  # what fits into a processor's cache is worth a quarter of the time
LONG = 16 * _BLOCK  # so much without an end tag is cut before a start tag


class Relationship(NamedTuple):
    id: str
    kind: str
    target: str


class Package:
    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self.archive, self.limits = archive, limits
        self.names = {name.replace("\\", "/").lstrip("/").lower(): name for name in archive.namelist()}

    def __contains__(self, part: str) -> bool:
        return part.lower() in self.names

    def open(self, part: str) -> IO[bytes]:
        return self.archive.open(self.names[part.lower()])

    def related(self, part: str) -> list[Relationship]:
        """What a part refers to; the package itself is the part with the empty name."""
        folder, name = posixpath.split(part)
        where = posixpath.join(folder, "_rels", f"{name}.rels")
        if where not in self:
            return []
        content = io.BytesIO(read_small(self.archive, self.names[where.lower()], self.limits))
        return [
            Relationship(
                element.get("Id", ""),
                element.get("Type", "").rpartition("/")[2],
                resolved(folder, element.get("Target", "").replace("\\", "/")),
            )
            for _, _, element in Pieces(content, where, self.limits, whole=("Relationship",))
        ]

    def find(self, part: str, kind: str, default: str) -> str | None:
        """The part of a kind that `part` refers to, else the one where it usually is."""
        named = next((found.target for found in self.related(part) if found.kind == kind), default)
        return next((name for name in (named, default) if name in self), None)

    def blocks(self, part: str, end: str, start: str = "") -> Iterator[str]:
        """The text of a part in blocks that end after the last `end` tag in them; the rest comes last."""
        for block in self.byte_blocks(part, end, start):
            yield block.decode()

    def byte_blocks(self, part: str, end: str, start: str = "") -> Iterator[bytes]:
        """The same before it is decoded, in UTF-8. Where no `end` comes for long, they end before the last `start`."""
        stop, begin, held = end.encode(), start.encode(), bytearray()
        for chunk in self.plain_chunks(part):
            seen = max(len(held) - len(stop), 0)
            held += chunk
            cut = held.rfind(stop, seen) + len(stop)
            if cut < len(stop):
                self.check_held(part, len(held))
                cut = max(held.rfind(begin), 0) if begin and len(held) > LONG else 0
            if cut:
                yield bytes(held[:cut])
                del held[:cut]
        yield bytes(held)

    def plain_chunks(self, part: str) -> Iterator[bytes]:
        with self.open(part) as stream:
            first = stream.read(_BLOCK)
            chunks: Iterator[bytes] = chain([first], iter(partial(stream.read, _BLOCK), b""))
            encoding = encoding_of(first)
            if encoding not in AS_IT_IS:
                chunks = in_utf8(chunks, encoding)
            yield from Plain(part).of(chunks)

    def check_held(self, part: str, size: int) -> None:
        self.limits.check_count(size // KILOBYTE, self.limits.row_bytes // KILOBYTE, LONG_ROWS, part)


def resolved(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
