"""What statements say of the columns of an item, made from their declaration: `@part` in a file of `sql/` names it."""

from __future__ import annotations

from collections.abc import Iterable

from ingestion.pipeline.columns import BY_GROUP, CHANGES, CODE, COPIED, ITEM, LISTED, Column, ColumnGroup, Fate, Type

STORED = tuple(column for column in ITEM if column.catalog)
NARROW = tuple(column for column in LISTED if not column.is_wide)
_WIDE = tuple(column for column in LISTED if column.is_wide)
INDENT = "\n    "


def stage_columns() -> str:
    return f",{INDENT}".join(f"{column.name} {column.type}" for column in COPIED)


def _told() -> str:
    """All that a row says of an item, its code and category aside; what there is to note makes it no other."""
    passed_over = ("supplier_sku", "sku_is_derived", "notes", "category")
    return ", ".join(column.name for column in ITEM if column.name not in passed_over)


def from_stage(column: Column) -> str:
    """What the catalog would hold of a row's value."""
    value = f"s.{column.name}"
    return f"coalesce({value}, {column.absent})" if column.absent else value


def _from_json(column: Column, holder: str) -> str:
    if column.type is Type.JSON:
        value = f"{holder} -> '{column.catalog}'"
        return value if column.is_wide else f"nullif({value}, 'null')"
    text = f"{holder} ->> '{column.catalog}'"
    return text if column.type is Type.TEXT else f"({text})::{column.type}"


def known_values() -> str:
    """As the last list said it, whatever a person has made of it since."""
    return f",{INDENT}".join(
        f"CASE WHEN i.listed ? '{c.catalog}' THEN {_from_json(c, 'i.listed')} ELSE i.{c.catalog} END AS {c.catalog}"
        for c in LISTED
    )


def listed_values() -> str:
    """The narrow columns of `delta`."""
    narrow = ((from_stage(column), column.name) for column in NARROW)
    return ", ".join(value if value == f"s.{name}" else f"{value} AS {name}" for value, name in narrow)


def changed_wide_values() -> str:
    return f",{INDENT}".join(f"CASE WHEN i.{c.catalog} <> s.{c.name} THEN s.{c.name} END AS {c.name}" for c in _WIDE)


def no_wide_values() -> str:
    return ", ".join(f"NULL::{column.type} AS {column.name}" for column in _WIDE)


def _difference(change: ColumnGroup) -> str:
    """Whether the list says something else; nothing else where its list has no such column."""
    columns = BY_GROUP[change]
    if all(column.is_wide for column in columns):
        differ = " OR ".join(f"i.{column.catalog} <> s.{column.name}" for column in columns)
        return f"({differ})" if len(columns) > 1 else differ
    known, said = ", ".join(f"i.{c.catalog}" for c in columns), ", ".join(map(from_stage, columns))
    differs = f"({known}) IS DISTINCT FROM ({said})" if len(columns) > 1 else f"{known} IS DISTINCT FROM {said}"
    return f"%(has_{change.name})s AND {differs}" if change.is_optional else differs


def difference_in_update(change: ColumnGroup) -> str:
    """The same for lists of codes with stocks or prices alone, which say nothing of the other columns."""
    if "stock" in change.modes:
        return _difference(change)
    return f"%(is_prices)s AND {_difference(change)}" if "prices" in change.modes else "false"


def flags() -> str:
    of_known = "i.id IS NOT NULL AND s.line IS NOT NULL AND"
    return f",{INDENT}".join(f"{of_known} {_difference(change)} AS {change.flag}" for change in CHANGES)


def flags_of_update() -> str:
    return f",{INDENT}".join(f"{difference_in_update(change)} AS {change.flag}" for change in CHANGES)


def differs() -> str:
    return f"{INDENT}    OR ".join(map(_difference, CHANGES))


def differs_in_update() -> str:
    compared = (change for change in CHANGES if {"prices", "stock"} & set(change.modes))
    return f"{INDENT}OR ".join(map(difference_in_update, compared))


def any_changed() -> str:
    return " OR ".join(change.flag for change in CHANGES)


def objects_of_changed(table: str, name: str) -> str:
    """JSON of the columns whose flag is set; `name` says which name they have in that table."""

    def pairs(change: ColumnGroup) -> str:
        return ", ".join(f"'{c.catalog}', {table}.{getattr(c, name)}" for c in BY_GROUP[change])

    objects = (f"CASE WHEN d.{c.flag} THEN jsonb_build_object({pairs(c)}) ELSE '{{}}' END" for c in CHANGES)
    return f"{INDENT}|| ".join(objects)


def names_of_changed() -> str:
    """To be taken away from `listed`."""

    def names(change: ColumnGroup) -> str:
        return ", ".join(f"'{column.catalog}'" for column in BY_GROUP[change])

    return f"{INDENT}- ".join(f"CASE WHEN d.{c.flag} THEN ARRAY[{names(c)}] ELSE '{{}}' END" for c in CHANGES)


def set_changed() -> str:
    return f",{INDENT}".join(
        f"{c.catalog} = CASE WHEN d.{c.change.flag} THEN d.{c.name} ELSE i.{c.catalog} END" for c in LISTED if c.change
    )


def set_named() -> str:
    """Sets the columns that `v.values` has, and no other."""
    return ",\n".join(
        f"{c.catalog} = CASE WHEN v.values ? '{c.catalog}' THEN {_from_json(c, 'v.values')} ELSE i.{c.catalog} END"
        for c in LISTED
    )


def new_object() -> str:
    """What a dry run keeps of a new item."""
    kept = (column for column in ITEM if column.change is not CODE and (column.change or not column.catalog))
    return f",{INDENT}    ".join(f"'{column.catalog or column.name}', {from_stage(column)}" for column in kept)


def joined(texts: Iterable[str]) -> str:
    return ", ".join(texts)


PARTS: dict[str, str] = {
    **{fate.value: f"'{fate}'" for fate in Fate},
    "stage_columns": stage_columns(),
    "copied": joined(column.name for column in COPIED),
    "told": _told(),
    "known_values": known_values(),
    "listed_values": listed_values(),
    "changed_wide_values": changed_wide_values(),
    "no_wide_values": no_wide_values(),
    "flags": flags(),
    "flags_of_update": flags_of_update(),
    "differs": differs(),
    "differs_in_update": differs_in_update(),
    "any_changed": any_changed(),
    "old_objects": objects_of_changed("i", "catalog"),
    "new_objects": objects_of_changed("d", "name"),
    "names_of_changed": names_of_changed(),
    "set_changed": set_changed(),
    "set_named": set_named(),
    "new_object": new_object(),
    "item_columns": joined(column.catalog for column in STORED),
    "item_values": joined(map(from_stage, STORED)),
    "restored_values": joined(f"r.{column.catalog}" for column in STORED),
}
