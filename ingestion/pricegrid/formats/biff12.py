"""The records of BIFF12, the binary format inside XLSB (MS-XLSB)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from enum import IntEnum
from typing import IO

_CHUNK = 256 * 1024
LONGEST_HEAD = 6  # two bytes of a kind, four of a size
Rec = tuple[int, bytes]


class RecordKind(IntEnum):
    ROW = 0
    BLANK = 1
    RK = 2
    ERROR = 3
    BOOL = 4
    REAL = 5
    TEXT = 6
    SHARED_TEXT = 7
    FORMULA_TEXT = 8
    FORMULA_REAL = 9
    FORMULA_BOOL = 10
    FORMULA_ERROR = 11
    SHARED_ITEM = 19
    FONT = 43
    NUMBER_FORMAT = 44
    FILL = 45
    XF = 47
    COLUMN = 60
    RICH_TEXT = 62
    BOOK_PROPERTIES = 153
    SHEET = 156
    MERGE = 176
    BEGIN_CELL_XFS = 617
    END_CELL_XFS = 618


def records(stream: IO[bytes], longest: int) -> Iterator[Rec]:
    """The records of a part, which is read bit by bit; ValueError where it ends too early or one is too long."""
    held, at = b"", 0
    while True:
        if len(held) - at < LONGEST_HEAD:
            held, at = held[at:] + stream.read(_CHUNK), 0
            if not held:
                return
        kind, size, body = head(held, at)
        if size > longest:
            raise ValueError(f"a record of {size} bytes")
        if body + size > len(held):
            held, at, body = held[at:], 0, body - at
            held += stream.read(max(_CHUNK, body + size - len(held)))
            if body + size > len(held):
                raise ValueError("a record ends after the part")
        yield kind, held[body : body + size]
        at = body + size


def head(content: bytes, at: int) -> tuple[int, int, int]:
    """The kind and size of a record, and where its body begins."""
    kind, size = content[at], content[at + 1]
    if kind < 0x80 and size < 0x80:  # as most are
        return kind, size, at + 2
    at += 1
    if kind & 0x80:
        kind, at = (kind & 0x7F) | content[at] << 7, at + 1
    return kind, *read_size(content, at)


def read_size(content: bytes, at: int) -> tuple[int, int]:
    """A number of up to four bytes of seven bits each, and where it ends."""
    size = 0
    for shift in (0, 7, 14, 21):
        byte = content[at]
        at += 1
        size |= (byte & 0x7F) << shift
        if not byte & 0x80:
            break
    return size, at


def u16(body: bytes, at: int) -> int:
    return int.from_bytes(body[at : at + 2], "little")


def u32(body: bytes, at: int) -> int:
    return int.from_bytes(body[at : at + 4], "little")


def real(body: bytes, at: int) -> float:
    return float(struct.unpack_from("<d", body, at)[0])


def rk(body: bytes, at: int) -> float:
    """A number in four bytes: 30 bits of an integer or of a float, and whether it is to be divided by 100."""
    raw = u32(body, at)
    if raw & 2:
        number = float(struct.unpack_from("<i", body, at)[0] >> 2)
    else:
        number = float(struct.unpack("<d", bytes(4) + struct.pack("<I", raw & 0xFFFFFFFC))[0])
    return number / 100 if raw & 1 else number


def text(body: bytes, at: int) -> str:
    return text_and_end(body, at)[0]


def text_and_end(body: bytes, at: int) -> tuple[str, int]:
    length = u32(body, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(body):
        raise ValueError("a text ends after its record")
    return body[at + 4 : end].decode("utf-16-le"), end
