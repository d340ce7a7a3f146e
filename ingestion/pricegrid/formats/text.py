"""Text as a grid: delimited (CSV and its relatives) or padded to fixed widths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TextIO

from ingestion.pricegrid.cells.blocks import ROWS_AT_ONCE, Block
from ingestion.pricegrid.cells.grid import Merge, Style
from ingestion.pricegrid.formats.bad_bytes import BROKEN, MARK, Repairer, is_damaged
from ingestion.pricegrid.formats.dialect import SAMPLE_RECORDS, Dialect, find_dialect
from ingestion.pricegrid.formats.encoded_twice import Undoer, misread_as
from ingestion.pricegrid.formats.encodings import look_at_bytes
from ingestion.pricegrid.formats.limits import Limits, NumberedRow
from ingestion.pricegrid.formats.records import record_blocks, some_lines
from ingestion.pricegrid.formats.refusals import refused
from ingestion.pricegrid.formats.row_shapes import Learned, Mender, learn
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.problems import files, rows
from ingestion.pricegrid.records import Message

_ESCAPED = "surrogateescape"
MOST_NOTES = 100
MORE_NOTES = gettext_noop("There are more than %(count)s such lines; the others are not listed here.")
LARGEST_SAMPLE = 16 * 1024 * 1024  # characters


@dataclass
class TextSheet:
    path: Path
    encoding: str
    errors: str
    dialect: Dialect
    row_count: int
    limits: Limits
    at_once: int = ROWS_AT_ONCE
    notes: list[Message] = field(default_factory=list)
    name: str = ""
    state: str = "visible"
    is_text: bool = True
    merges: Sequence[Merge] = ()
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    damaged_rows: dict[int, Message] = field(default_factory=dict)
    noted_rows: dict[int, tuple[Message, ...]] = field(default_factory=dict)
    may_be_damaged: bool = False
    misread_as: str | None = None  # where it was encoded twice

    def rows(self) -> Iterator[NumberedRow]:
        for block in self.row_blocks():
            yield from zip(block.numbers, block.cells, strict=True)

    def row_blocks(self) -> Iterator[Block]:
        with decoded(self.path, self.encoding, self.errors) as opened:
            cuts = self.dialect.cuts
            stream: Iterator[str] = Repairer(self.note).lines(opened) if self.errors == _ESCAPED else opened
            stream = Undoer(self.misread_as, self.note).lines(stream) if self.misread_as else stream
            found = self.padded(stream, cuts) if cuts else self.delimited(stream)
            try:
                for block in self.limits.counted_blocks(found):
                    if self.may_be_damaged:
                        self.damaged_rows.update(dict.fromkeys(_unreadable(block), rows.DAMAGED.message()))
                    yield block
            except UnicodeError as error:
                raise refused(files.WRONG_ENCODING, encoding=self.encoding, problem=str(error)) from error

    def delimited(self, stream: Iterator[str]) -> Iterator[Block]:
        mender = Mender(self.dialect, self._learned, self.damaged_rows, self.noted_rows)
        return record_blocks(stream, self.dialect, self.note, self.limits, self.at_once, mender)

    def _learned(self) -> Learned:
        """What regular rows look like; asked for only where there are others."""
        with decoded(self.path, self.encoding, self.errors) as opened:
            return learn([BROKEN.sub(MARK, line) for line in first_lines(opened)], self.dialect)

    def padded(self, stream: Iterator[str], cuts: Sequence[int]) -> Iterator[Block]:
        columns = [slice(*ends) for ends in zip(cuts, (*cuts[1:], None), strict=True)]
        number = 1
        while lines := some_lines(lambda count: list(islice(stream, count)), self.at_once):
            texts = [line.rstrip("\r\n\x1a").expandtabs() for line in lines]
            rows = [[text[cut].strip() for cut in columns] for text in texts]
            if max(map(len, texts)) > self.limits.cell:
                for offset, cells in enumerate(rows):
                    self.limits.check_cells(number + offset, cells)
            yield Block(range(number, number + len(lines)), rows)
            number += len(lines)

    def style(self, row: int, column: int) -> Style | None:
        return None

    def note(self, message: Message) -> None:
        """Said once, however often the rows are gone through; after many of them, that there are more."""
        if len(self.notes) >= MOST_NOTES:
            message = Message(MORE_NOTES, {"count": MOST_NOTES})
        if message not in self.notes:
            self.notes.append(message)


@dataclass
class TextBook:
    sheets: Sequence[TextSheet]
    kind: str = "csv"

    @property
    def notes(self) -> Sequence[Message]:
        return self.sheets[0].notes

    def close(self) -> None:
        """Every pass over the rows opens and closes the file by itself."""


def open_text(path: Path, limits: Limits, encoding: str | None = None, delimiter: str | None = None) -> TextBook:
    """What is not given is found out. A given encoding must fit; in a found one, single broken characters are shown."""
    facts = look_at_bytes(path, encoding, limits)
    is_broken = facts.encoding == "utf-8" and not facts.is_whole
    errors = "strict" if encoding else _ESCAPED if is_broken else "replace"
    try:
        with decoded(path, facts.encoding, errors) as stream:
            sample = [BROKEN.sub(MARK, line) for line in first_lines(stream)]
    except UnicodeError as error:
        raise refused(files.WRONG_ENCODING, encoding=facts.encoding, problem=str(error)) from error
    twice = misread_as(sample) if facts.may_be_twice else None
    dialect = find_dialect(sample, delimiter)
    return TextBook(
        [
            TextSheet(
                path,
                facts.encoding,
                errors,
                dialect,
                facts.lines,
                limits,
                facts.at_once,
                may_be_damaged=not facts.is_whole,
                misread_as=twice,
            )
        ]
    )


def _unreadable(block: Block) -> Iterator[int]:
    """The rows with characters that could not be read."""
    return (number for number, cells in zip(block.numbers, block.cells, strict=True) if is_damaged(cells))


def first_lines(stream: Iterator[str]) -> Iterator[str]:
    """So many as tell how a text is cut into cells; fewer of very long ones."""
    room = LARGEST_SAMPLE
    for line in islice(stream, SAMPLE_RECORDS):
        yield line
        room -= len(line)
        if room < 0:
            return


def decoded(path: Path, encoding: str, errors: str) -> TextIO:
    return path.open(encoding=encoding, errors=errors, newline="")
