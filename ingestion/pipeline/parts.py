"""What statements say of the columns of an item, made from their declaration: `@part` in a file of `sql/` names it.

Statements are made for what a list tells: of columns that it has not, they say nothing, and cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from ingestion.pipeline.columns import (
    BY_GROUP,
    CHANGES,
    CHARACTERISTICS,
    CODE,
    COPIED,
    EVERYTHING,
    FACTS,
    ITEM,
    PRICE,
    PRICE_BREAKS,
    TAXES,
    Column,
    ColumnGroup,
    Fate,
    Type,
)

INDENT = "\n    "


def stage_columns() -> str:
    return f",{INDENT}".join(f"{column.name} {column.type}" for column in COPIED)


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


def joined(texts: Iterable[str]) -> str:
    return ", ".join(texts)


class Told:
    """The columns that a list tells, and what statements say of them: a method a part."""

    def __init__(self, has: frozenset[str]) -> None:
        self._changes = [change for change in CHANGES if not change.is_optional or change.name in has]
        self._item = [column for column in ITEM if column.change is None or column.change in self._changes]
        self._listed = [column for column in self._item if column.change]
        self._stored = [column for column in ITEM if column.catalog and (column.absent or column in self._item)]
        self._wide = [column for column in self._listed if column.is_wide]
        self._tells_tax, self._tells_breaks = TAXES in self._changes, PRICE_BREAKS in self._changes

    def told(self) -> str:
        """All that a row says of an item, its code and category aside; what there is to note makes it no other."""
        passed_over = ("supplier_sku", "sku_is_derived", "notes", "category")
        return joined(column.name for column in self._item if column.name not in passed_over)

    def told_facts(self) -> str:
        """Names and values, for a row that becomes an error."""
        return joined(f"'{column.name}', s.{column.name}" for column in FACTS if column.type is not Type.JSON)

    def known_values(self) -> str:
        """As the last list said it, whatever a person has made of it since."""
        return f",{INDENT}".join(
            f"CASE WHEN i.listed ? '{c.catalog}' THEN {_from_json(c, 'i.listed')} ELSE i.{c.catalog} END AS {c.catalog}"
            for c in self._listed
        )

    def listed_values(self) -> str:
        """The narrow columns of `delta`."""
        narrow = ((from_stage(column), column.name) for column in self._listed if not column.is_wide)
        return joined(value if value == f"s.{name}" else f"{value} AS {name}" for value, name in narrow)

    def changed_wide_values(self) -> str:
        return f",{INDENT}".join(f"CASE WHEN {self._differs(c)} THEN s.{c.name} END AS {c.name}" for c in self._wide)

    def _differs(self, column: Column) -> str:
        is_characteristics = column.change is CHARACTERISTICS
        return self._characteristics_changed() if is_characteristics else f"i.{column.catalog} <> s.{column.name}"

    def no_wide_values(self) -> str:
        return joined(f"NULL::{column.type} AS {column.name}" for column in self._wide)

    def _difference(self, change: ColumnGroup) -> str:
        """Whether the list says something else."""
        columns = BY_GROUP[change]
        if change is CHARACTERISTICS:
            return self._characteristics_changed()
        if all(column.is_wide for column in columns):
            differ = " OR ".join(f"i.{column.catalog} <> s.{column.name}" for column in columns)
            return f"({differ})" if len(columns) > 1 else differ
        known, said = joined(f"i.{c.catalog}" for c in columns), joined(map(from_stage, columns))
        differs = f"({known}) IS DISTINCT FROM ({said})" if len(columns) > 1 else f"{known} IS DISTINCT FROM {said}"
        return f"({differs} OR {self.side_changed()})" if change is PRICE and self._tells_tax else differs

    def _characteristics_changed(self) -> str:
        """Items of another time may have among them what is a fact of theirs by now: that alone is no change.

        Where a fact changed, too, they are written anew, for they would say what it was.
        """
        facts = [column for column in FACTS if column in self._listed]
        known, said = joined(f"i.{c.catalog}" for c in facts), joined(map(from_stage, facts))
        kept = [
            "i.characteristics @> s.characteristics",
            "i.characteristics - %(of_facts)s::text[] <@ s.characteristics",
            *([f"({known}) IS NOT DISTINCT FROM ({said})"] if facts else []),
        ]
        return f"(i.characteristics <> s.characteristics AND NOT ({' AND '.join(kept)}))"

    def side_changed(self) -> str:
        """Whether a price is with tax now and was without, or the other way round: then it is another price."""
        return "(i.tax_included <> s.tax_included) IS TRUE" if self._tells_tax else "false"

    def basis_changed(self) -> str:
        return "(i.per_quantity <> coalesce(s.per_quantity, 1)) IS TRUE"

    def ratio(self) -> str:
        """What the price of one was multiplied by, on one side of tax; NULL where nothing of it changed."""
        is_another = "(i.current_price, i.per_quantity) <> (s.price, coalesce(s.per_quantity, 1))"
        new, old = "s.price * i.per_quantity", "i.current_price * coalesce(s.per_quantity, 1)"
        if self._tells_tax:
            is_another = f"({is_another} OR {self.side_changed()})"
            gross = "(100 + coalesce(s.tax_rate, i.tax_rate, 0))"
            new += f" * CASE WHEN {self.side_changed()} AND i.tax_included THEN {gross} ELSE 100 END"
            old += f" * CASE WHEN {self.side_changed()} AND s.tax_included THEN {gross} ELSE 100 END"
        return f"CASE WHEN i.current_price > 0 AND {is_another} THEN {new} / ({old}) END"

    def to_old_side(self) -> str:
        """What makes a new amount of `delta` one on the side of tax on which the old one was."""
        if not self._tells_tax:
            return "1"
        gross = "(100 + coalesce(d.tax_rate, i.tax_rate, 0)) / 100"
        return f"CASE WHEN NOT d.side_changed THEN 1 WHEN d.tax_included THEN 1 / ({gross}) ELSE {gross} END"

    def same_decision(self) -> str:
        """Whether a person has decided before on what the list says now."""
        price = (
            "(c.new ->> 'currency', (c.new ->> 'current_price')::numeric, "
            "coalesce((c.new ->> 'per_quantity')::integer, 1)) = (d.currency, d.price, d.per_quantity)"
        )
        same = [f"(NOT d.price_changed OR {price})"]
        if self._tells_tax:
            same.append("(NOT d.side_changed OR (c.new ->> 'tax_included')::boolean = d.tax_included)")
        if self._tells_breaks:
            same.append("(NOT d.price_breaks_changed OR c.new -> 'price_breaks' = d.price_breaks)")
        return f"{INDENT}        AND ".join(same)

    def _difference_in_update(self, change: ColumnGroup) -> str:
        """The same for lists of codes with stocks or prices alone, which say nothing of the other columns."""
        if "stock" in change.modes:
            return self._difference(change)
        return f"%(is_prices)s AND {self._difference(change)}" if "prices" in change.modes else "false"

    def flags(self) -> str:
        of_known = "i.id IS NOT NULL AND s.line IS NOT NULL AND"
        return f",{INDENT}".join(f"{of_known} {self._difference(change)} AS {change.flag}" for change in self._changes)

    def flags_of_update(self) -> str:
        return f",{INDENT}".join(f"{self._difference_in_update(change)} AS {change.flag}" for change in self._changes)

    def differs(self) -> str:
        return f"{INDENT}    OR ".join(map(self._difference, self._changes))

    def differs_in_update(self) -> str:
        compared = (change for change in self._changes if {"prices", "stock"} & set(change.modes))
        return f"{INDENT}OR ".join(map(self._difference_in_update, compared)) or "false"

    def any_changed(self) -> str:
        return " OR ".join(change.flag for change in self._changes)

    def old_objects(self) -> str:
        return self._objects_of_changed("i", "catalog")

    def new_objects(self) -> str:
        return self._objects_of_changed("d", "name")

    def _objects_of_changed(self, table: str, name: str) -> str:
        """JSON of the columns whose flag is set; `name` says which name they have in that table."""

        def pairs(change: ColumnGroup) -> str:
            return joined(f"'{c.catalog}', {table}.{getattr(c, name)}" for c in BY_GROUP[change])

        objects = (f"CASE WHEN d.{c.flag} THEN jsonb_build_object({pairs(c)}) ELSE '{{}}' END" for c in self._changes)
        return f"{INDENT}|| ".join(objects)

    def names_of_changed(self) -> str:
        """To be taken away from `listed`."""

        def names(change: ColumnGroup) -> str:
            return joined(f"'{column.catalog}'" for column in BY_GROUP[change])

        return f"{INDENT}- ".join(f"CASE WHEN d.{c.flag} THEN ARRAY[{names(c)}] ELSE '{{}}' END" for c in self._changes)

    def set_changed(self) -> str:
        return f",{INDENT}".join(
            f"{c.catalog} = CASE WHEN d.{c.change.flag} THEN d.{c.name} ELSE i.{c.catalog} END"
            for c in self._listed
            if c.change
        )

    def set_named(self) -> str:
        """Sets the columns that `v.values` has, and no other."""
        return ",\n".join(
            f"{c.catalog} = CASE WHEN v.values ? '{c.catalog}' THEN {_from_json(c, 'v.values')} ELSE i.{c.catalog} END"
            for c in self._listed
        )

    def new_object(self) -> str:
        """What a dry run keeps of a new item."""
        kept = (column for column in self._item if column.change is not CODE and (column.change or not column.catalog))
        return f",{INDENT}    ".join(f"'{column.catalog or column.name}', {from_stage(column)}" for column in kept)

    def item_columns(self) -> str:
        return joined(column.catalog for column in self._stored)

    def item_values(self) -> str:
        return joined(map(from_stage, self._stored))

    def restored_values(self) -> str:
        """Of an item as it was kept, perhaps before a column was made that is never NULL."""
        return joined(f"coalesce(r.{c.catalog}, {c.absent})" if c.absent else f"r.{c.catalog}" for c in self._stored)


_PARTS_OF_LISTS = [name for name in vars(Told) if not name.startswith("_")]


@cache
def told_parts(has: frozenset[str] = EVERYTHING) -> dict[str, str]:
    """By their names. `has` are the optional changes (`columns.OPTIONAL`) that the list tells."""
    told = Told(has)
    return {
        **{fate.value: f"'{fate}'" for fate in Fate},
        "stage_columns": stage_columns(),
        "copied": joined(column.name for column in COPIED),
        **{name: getattr(told, name)() for name in _PARTS_OF_LISTS},
    }
