"""How much a file may hold: refused before it is unpacked, or as soon as it shows."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingestion.parsers.formats.refusals import ENCRYPTED, TOO_LARGE, TOO_MANY_CELLS, TOO_MANY_ROWS, refused
from ingestion.sheet.blocks import Block
from ingestion.sheet.grid import Cell

MEGABYTE = 1024 * 1024
ENCRYPTED_MEMBER = 0x1
Row = tuple[int, Sequence[Cell]]


@dataclass(frozen=True)
class Limits:
    """Unpacked bytes beyond `unpacked_small` are refused when they are also `ratio` times the packed ones.

    `held_cells` is for the formats whose sheets are held in memory.
    """

    unpacked: int = 1024 * MEGABYTE
    unpacked_small: int = 100 * MEGABYTE
    ratio: int = 100
    rows: int = 2_000_000
    cells: int = 50_000_000
    held_cells: int = 4_000_000
    columns: int = 16_384

    def check_zip(self, archive: zipfile.ZipFile, packed: int) -> None:
        """The declared sizes suffice: zipfile never unpacks more than a member declares."""
        if any(member.flag_bits & ENCRYPTED_MEMBER for member in archive.infolist()):
            raise refused(ENCRYPTED)
        size = sum(member.file_size for member in archive.infolist())
        ratio = size // max(packed, 1)
        if size > self.unpacked or (size > self.unpacked_small and ratio > self.ratio):
            megabytes = {"size": size // MEGABYTE, "limit": self.unpacked_small // MEGABYTE}
            raise refused(TOO_LARGE, ratio=ratio, **megabytes)

    def counted(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows as they come, until there are too many of them."""
        cells = 0
        for seen, row in enumerate(rows, 1):
            cells += len(row[1])
            self.check(seen, cells)
            yield row

    def counted_blocks(self, blocks: Iterable[Block]) -> Iterator[Block]:
        rows = cells = 0
        for block in blocks:
            rows += len(block.numbers)
            cells += sum(map(len, block.cells))
            self.check(rows, cells)
            yield block

    def check(self, rows: int, cells: int) -> None:
        if rows > self.rows:
            raise refused(TOO_MANY_ROWS, limit=self.rows)
        if cells > self.cells:
            raise refused(TOO_MANY_CELLS, limit=self.cells)


DEFAULT_LIMITS = Limits()
