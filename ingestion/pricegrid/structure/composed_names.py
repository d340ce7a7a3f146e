"""Where no column is the name, several together say what an item is: its kind, its brand, its size, its model."""

from __future__ import annotations

from collections.abc import Sequence

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.structure.column_profile import ColumnProfile
from ingestion.pricegrid.structure.columns_by_header import Columns
from ingestion.pricegrid.structure.header import Header
from ingestion.pricegrid.vocabulary import match_header

_TELLS_APART = 0.3  # a column with fewer different values says little of an item
_REPEATED = 0.5  # a model that so few items have for themselves is no name of them
_ENOUGH = 0.9  # of the names are different
_LONGEST = 40  # longer texts describe
_MOST_PARTS = 3
_MORE = (Field.CHARACTERISTIC, Field.WEIGHT, Field.COUNTRY)


def columns_of_names(
    columns: Columns, header: Header, profiles: Sequence[ColumnProfile], cells: Sequence[Sequence[Cell]]
) -> tuple[int, ...]:
    """In the order in which they are written; none where a column is the name, or none says the kind of goods."""
    if columns.first(Field.PRICE) is None:
        return ()
    if columns.first(Field.NAME) is not None:
        return _with_model(columns, header, profiles)
    kinds = [column for column in columns.of(Field.CATEGORY) if profiles[column].texts >= _ENOUGH]
    kinds = kinds[-1:] or _named_kinds(columns, header, profiles)[:1]
    if not kinds:
        return ()
    said = sorted(column for field in _MORE for column in columns.of(field))
    more = [column for column in said if column not in kinds and _tells_apart(profiles[column])]
    parts = [*kinds, *columns.of(Field.BRAND), *columns.of(Field.MPN), *more[:_MOST_PARTS]]
    code = columns.first(Field.SUPPLIER_SKU)
    if code is not None and not _are_different(cells, parts):
        parts.append(code)
    return tuple(parts)


def _with_model(columns: Columns, header: Header, profiles: Sequence[ColumnProfile]) -> tuple[int, ...]:
    """A model that many items share is named with its brand and size, where no code tells the items apart."""
    name = columns.first(Field.NAME)
    if name is None or name in columns.given or columns.first(Field.SUPPLIER_SKU) is not None:
        return ()
    is_name = any(match.field is Field.NAME for match in match_header(header.last(name))[:1])
    if is_name or profiles[name].distinct > _REPEATED:
        return ()
    more = [
        column
        for field in (Field.UNIT, Field.PACK_SIZE, Field.CHARACTERISTIC)
        for column in columns.of(field)
        if _tells_apart(profiles[column])
    ]
    return tuple(sorted({name, *columns.of(Field.BRAND), *more[:_MOST_PARTS]})) if more else ()


def _named_kinds(columns: Columns, header: Header, profiles: Sequence[ColumnProfile]) -> list[int]:
    """Columns "type" and the like beside titles, which group the items already."""
    return [
        column
        for column in columns.of(Field.CHARACTERISTIC)
        if profiles[column].texts + profiles[column].codes >= _ENOUGH
        and profiles[column].filled >= _ENOUGH
        and any(match.field is Field.CATEGORY for match in match_header(header.last(column)))
    ]


def _tells_apart(profile: ColumnProfile) -> bool:
    is_said = profile.texts + profile.codes >= _ENOUGH and profile.filled >= _ENOUGH
    return is_said and profile.distinct >= _TELLS_APART and profile.length <= _LONGEST


def _are_different(cells: Sequence[Sequence[Cell]], parts: Sequence[int]) -> bool:
    names = list(zip(*(map(str, cells[column]) for column in parts), strict=True))
    return len(set(names)) >= _ENOUGH * len(names)
