"""What is struck out is no value; a row that is so as a whole is of goods that are withdrawn.

Readers leave out what is struck out within a text, and say which cells are so from end to end: by row, with columns
from 0, as far as they have come.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, runtime_checkable

from ingestion.pricegrid.cells.grid import Cell, Sheet, Style
from ingestion.pricegrid.cells.sparse import Sparse

StruckCells = Mapping[int, frozenset[int]]
_NONE: StruckCells = {}
NOT_STRUCK: frozenset[int] = frozenset()
_LEAST = 2  # cells of a row


class Struck(str):
    """A text of which nothing is left, as a reader gives it to `lifted()`."""

    __slots__ = ()


@runtime_checkable
class _MovesCells(Protocol):
    """A view with other values in some cells."""

    def struck_columns(self, row: int) -> frozenset[int]: ...


def left_of(pieces: Iterable[tuple[str, bool]]) -> str:
    """A text in pieces, of which each is struck out or not.

    >>> left_of([("12.50", True), (" 9.90", False)])
    ' 9.90'
    """
    pieces = list(pieces)
    left = "".join(text for text, is_struck in pieces if not is_struck)
    is_all_struck = not left.strip() and any(text.strip() for text, is_struck in pieces if is_struck)
    return Struck("".join(text for text, _ in pieces)) if is_all_struck else left


def lifted(cells: list[Cell], by_look: Iterable[int] = ()) -> frozenset[int]:
    """The columns that are struck out, by the look of the cell or its text, which from here on is one like others."""
    by_text = [column for column, cell in enumerate(cells) if type(cell) is Struck]
    for column in by_text:
        cells[column] = str(cells[column])
    width = len(cells)
    return frozenset([*by_text, *(column for column in by_look if column < width and cells[column] is not None)])


def struck_by_look(looks: Iterable[Style | None]) -> list[int]:
    return [column for column, look in enumerate(looks) if look is not None and look.struck_out]


def struck_cells(sheet: Sheet) -> StruckCells:
    """Of the rows that have any."""
    found: StruckCells = getattr(sheet, "struck_cells", _NONE)
    return found


def struck_columns(sheet: Sheet, row: int) -> frozenset[int]:
    """Those of one row, where its values stand by now."""
    if isinstance(sheet, _MovesCells):
        return sheet.struck_columns(row)
    return struck_cells(sheet).get(row, NOT_STRUCK)


def without(cells: Sequence[Cell], struck: frozenset[int]) -> Sequence[Cell]:
    left = [None if column in struck else cell for column, cell in enumerate(cells)]
    return Sparse(left) if isinstance(cells, Sparse) else left


def is_withdrawn(cells: Sequence[Cell], struck: frozenset[int]) -> bool:
    """Whether most of what a row holds is struck out; one old price beside the new one is no such row."""
    filled = sum(cell not in (None, "") for cell in cells)
    return len(struck) >= min(_LEAST, filled) and 2 * len(struck) > filled
