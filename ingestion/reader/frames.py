"""The messages of a reader on a pipe: one byte says the kind, four how long it is; never pickled.

Who reads them trusts nothing: what is no frame, or too large for one, is an error.
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any, NamedTuple

HEAD = struct.Struct(">cI")
LARGEST_BLOCK = 1024 * 1024  # bytes; longer blocks arrive in several
LARGEST_WORD = 16 * 1024 * 1024  # bytes of JSON


class FrameKind(Enum):
    BLOCK = b"B"
    WORD = b"W"  # a JSON object
    LOG = b"L"
    ERROR = b"E"
    END = b"."  # the work is done; without it, it is not


_LARGEST = {FrameKind.BLOCK: LARGEST_BLOCK}


class Frame(NamedTuple):
    kind: FrameKind
    content: bytes


class BrokenStream(Exception):
    """These bytes are no frames."""


class TooMuchToSay(Exception):
    """A message beyond the size that its reader takes."""


def frame(kind: FrameKind, content: bytes = b"") -> bytes:
    if len(content) > _LARGEST.get(kind, LARGEST_WORD):
        raise TooMuchToSay(f"A message of {len(content)} bytes")
    return HEAD.pack(kind.value, len(content)) + content


def packed(value: Any) -> bytes:
    """A value as JSON; lone surrogates, which files do contain, survive."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def unpacked(content: bytes) -> Any:
    return json.loads(content.decode("utf-8", "surrogatepass"))


class FrameWriter:
    """Writes to a blocking pipe: who reads slowly is waited for."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe

    def send(self, message: bytes | dict[str, Any]) -> None:
        if isinstance(message, dict):
            self.write(frame(FrameKind.WORD, packed(message)))
            return
        for start in range(0, len(message), LARGEST_BLOCK):
            self.write(frame(FrameKind.BLOCK, message[start : start + LARGEST_BLOCK]))

    def write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._pipe, view) :]


def frames_of(chunks: Iterable[bytes]) -> Iterator[Frame]:
    """Raises BrokenStream; an unfinished last frame is none."""
    held = bytearray()
    for chunk in chunks:
        held += chunk
        while len(held) >= HEAD.size:
            kind, length = _head_of(held)
            end = HEAD.size + length
            if len(held) < end:
                break
            content = bytes(memoryview(held)[HEAD.size : end])
            del held[:end]
            yield Frame(kind, content)


def _head_of(held: bytearray) -> tuple[FrameKind, int]:
    letter, length = HEAD.unpack_from(held)
    try:
        kind = FrameKind(letter)
    except ValueError as error:
        raise BrokenStream(f"{letter!r} is no kind of message") from error
    if length > _LARGEST.get(kind, LARGEST_WORD):
        raise BrokenStream(f"A message of {length} bytes")
    return kind, length
