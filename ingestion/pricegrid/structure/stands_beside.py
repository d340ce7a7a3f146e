"""What stands to the right of a list and is none of its columns: another table, options, a calculator of currencies.

An empty column without a header parts it from the list. Its words and amounts are no traits of the items.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ingestion.pricegrid.cells.merges import SheetRow
from ingestion.pricegrid.fields import PRICES, Field
from ingestion.pricegrid.records import ColumnGuess, SheetUnderstanding
from ingestion.pricegrid.structure.column_profile import NUMERIC, Shape, shape_of
from ingestion.pricegrid.structure.sample import filled_columns
from ingestion.pricegrid.vocabulary import best_match, match_header

_A_LIST = 3  # rows with words and amounts: fewer are a calculator or a legend
_UNLIKE = 0.2  # of the rows that only one of both fills: then they are not of the same items
_SURE = 0.85
_LIKELY = 0.7
_WORDS = (Shape.TEXT, Shape.CODE)
_NAMES = (Field.NAME, Field.SUPPLIER_SKU)


class Beside(NamedTuple):
    """From which column on, and whether it could be a list."""

    column: int
    is_list: bool


def find_beside(found: SheetUnderstanding, rows: Sequence[SheetRow]) -> Beside | None:
    """Behind the first empty column that parts words and amounts from a list."""
    columns, first = found.columns, found.data_start_row or 1
    gaps = [not guess.header and not _filled(guess) for guess in columns]
    for gap, is_empty in enumerate(gaps):
        if not is_empty or (gap and gaps[gap - 1]):  # of columns in a row, the first says it all
            continue
        left, right = columns[:gap], columns[gap + 1 :]
        if sum(map(_filled, left)) < len(_NAMES) or not any(map(_filled, right)):
            continue
        below = [row for row in rows if row.number >= first]
        is_headed = any(each.header for each in right)
        both = [_holds(row, gap) for row in below]
        if is_headed and not (_heads_a_list(left) and _heads_a_list(right)) and not _is_apart(below, gap):
            continue
        if any(both) and (is_headed or found.header_rows or _holds_a_list(below, gap)):
            return Beside(gap + 1, sum(both) >= _A_LIST)
    return _headed_again(columns)


def _headed_again(columns: Sequence[ColumnGuess]) -> Beside | None:
    """Without a gap: a name with a price of its own behind a name with its price, in other words."""
    if not columns or not _may_be_a_name(columns[0]):
        return None
    for at in range(2, len(columns) - 1):
        left, right = columns[:at], columns[at:]
        if _may_be_a_name(right[0]) and _heads_a_list(left) and _heads_a_list(right):
            return Beside(at, is_list=True)
    return None


def _may_be_a_name(guess: ColumnGuess) -> bool:
    return any(match.field == Field.NAME and match.score >= _LIKELY for match in match_header(guess.header))


def _filled(guess: ColumnGuess) -> bool:
    return bool(guess.shape.get("filled"))


def _holds(row: SheetRow, gap: int) -> bool:
    """Whether words and amounts stand behind the gap."""
    shapes = {shape_of(cell) for cell in row.cells[gap + 1 :]}
    return not shapes.isdisjoint(NUMERIC) and not shapes.isdisjoint(_WORDS)


def _holds_a_list(rows: Sequence[SheetRow], gap: int) -> bool:
    """Whether words and amounts stand before the gap, too: without a header nothing else parts two tables."""
    shapes = [{shape_of(cell) for cell in row.cells[:gap]} for row in rows]
    return sum(not each.isdisjoint(NUMERIC) and not each.isdisjoint(_WORDS) for each in shapes) >= _A_LIST


def _heads_a_list(columns: Sequence[ColumnGuess]) -> bool:
    """Whether the headers name a price, and a name or a code."""
    matches = [best_match(guess.header) for guess in columns if guess.header]
    fields = {match.field for match in matches if match and match.score >= _SURE}
    return not fields.isdisjoint(PRICES) and not fields.isdisjoint(_NAMES)


def _is_apart(rows: Sequence[SheetRow], gap: int) -> bool:
    """Whether many rows are filled on one side only."""
    sides = [(any(at < gap for at in columns), any(at > gap for at in columns)) for columns in map(_columns, rows)]
    filled = [side for side in sides if any(side)]
    return sum(left != right for left, right in filled) >= _UNLIKE * max(len(filled), 1)


def _columns(row: SheetRow) -> list[int]:
    return filled_columns(row.cells)
