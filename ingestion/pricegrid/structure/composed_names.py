"""Where no column is the name, several together say what an item is: its kind, its brand, its size, its model."""

from __future__ import annotations

from collections.abc import Sequence

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.structure.column_profile import ColumnProfile
from ingestion.pricegrid.structure.columns_by_header import Columns

_TELLS_APART = 0.3  # a column with fewer different values says little of an item
_ENOUGH = 0.9  # of the names are different
_LONGEST = 40  # longer texts describe
_MOST_PARTS = 3
_MORE = (Field.CHARACTERISTIC, Field.WEIGHT, Field.COUNTRY)


def columns_of_names(
    columns: Columns, profiles: Sequence[ColumnProfile], cells: Sequence[Sequence[Cell]]
) -> tuple[int, ...]:
    """In the order in which they are written; none where a column is the name, or none says the kind of goods."""
    kinds = [column for column in columns.of(Field.CATEGORY) if profiles[column].texts >= _ENOUGH]
    if not kinds or columns.first(Field.NAME) is not None or columns.first(Field.PRICE) is None:
        return ()
    said = sorted(column for field in _MORE for column in columns.of(field))
    more = [column for column in said if _tells_apart(profiles[column])]
    parts = [kinds[-1], *columns.of(Field.BRAND), *columns.of(Field.MPN), *more[:_MOST_PARTS]]
    code = columns.first(Field.SUPPLIER_SKU)
    if code is not None and not _are_different(cells, parts):
        parts.append(code)
    return tuple(parts)


def _tells_apart(profile: ColumnProfile) -> bool:
    is_said = profile.texts + profile.codes >= _ENOUGH and profile.filled >= _ENOUGH
    return is_said and profile.distinct >= _TELLS_APART and profile.length <= _LONGEST


def _are_different(cells: Sequence[Sequence[Cell]], parts: Sequence[int]) -> bool:
    names = list(zip(*(map(str, cells[column]) for column in parts), strict=True))
    return len(set(names)) >= _ENOUGH * len(names)
