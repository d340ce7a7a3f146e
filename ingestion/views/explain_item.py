"""Where each value of an item comes from: the list that said it, the row and the columns there, and how it was read."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from catalog.models import SupplierItem
from ingestion.models import Change, IngestionRun
from ingestion.models.facts import ColumnUnderstood, SheetUnderstood
from ingestion.pipeline.columns import LISTED
from ingestion.pricegrid import Field

_Read = tuple[tuple[ColumnUnderstood, ...], str]
_OTHERS = "characteristics"
_NAMES = tuple(column.catalog for column in LISTED if column.catalog not in (_OTHERS, "notes"))
_FIELDS: Mapping[str, tuple[Field, ...]] = {
    "current_price": (Field.PRICE,),
    "availability": (Field.STOCK,),
    "price_breaks": (Field.PRICE, Field.PRICE_TIER),
}  # the others are called like their field
_OF_PRICE = ("currency", "per_quantity", "tax_rate", "tax_included")  # that a price or its header may say


class SaidIn(NamedTuple):
    """The row of a list that said a value; of what was set by hand the run alone."""

    run: IngestionRun | None = None
    sheet: str = ""
    row_number: int | None = None


class ValueExplained(NamedTuple):
    name: str  # the column of the item; of a characteristic its label
    said_in: SaidIn
    columns: tuple[ColumnUnderstood, ...]  # whose cells may say it, the likeliest first
    rule: str  # how it was read, for people
    is_characteristic: bool = False


def explain_item(item: SupplierItem) -> list[ValueExplained]:
    """Every value that it has; that a price is for one needs no explanation."""
    said, first = last_said(item), first_said(item)
    names = [name for name in _NAMES if getattr(item, name) not in (None, "", 1 if name == "per_quantity" else None)]
    found = [value_explained(item, name, said.get(name, first)) for name in names]
    of_list = said.get(_OTHERS, first)
    return found + [value_explained(item, label, of_list, is_own=False) for label in item.characteristics]


def last_said(item: SupplierItem) -> dict[str, SaidIn]:
    """The last change of each column that is in force."""
    found: dict[str, SaidIn] = {}
    for change in Change.objects.in_force_of(item.pk).select_related("run", "origin__run"):
        for name in change.new:
            found.setdefault(name, row_of_change(change))
    return found


def row_of_change(change: Change) -> SaidIn:
    """Of what a person accepted: the row that had been held."""
    said = change.origin if change.run.kind == IngestionRun.Kind.DECISION and change.origin else change
    return SaidIn(said.run, said.sheet or "", said.row_number)


def first_said(item: SupplierItem) -> SaidIn:
    """The row that made the item, as its first price has it."""
    run = IngestionRun.objects.filter(pk=item.created_run_id or 0).first()
    price = item.price_history.filter(run_id=item.created_run_id).order_by("id").first() if run else None
    return SaidIn(run, (price.sheet or "") if price else "", price.row_number if price else None)


def value_explained(item: SupplierItem, name: str, said_in: SaidIn, *, is_own: bool = True) -> ValueExplained:
    run = said_in.run
    if run is None:
        return ValueExplained(name, said_in, (), _("The run that brought it is not on record."), not is_own)
    if run.kind == IngestionRun.Kind.EDIT:
        return ValueExplained(name, said_in, (), _("Set by hand by %s.") % (run.started_by or "?"), not is_own)
    sheets = [sheet for sheet in run.understood().read if (sheet.name or "") == said_in.sheet]
    columns, rule = how_read(item, name, sheets) if is_own else as_columns_say(with_header(name, sheets))
    return ValueExplained(name, said_in, columns, rule, not is_own)


def how_read(item: SupplierItem, name: str, sheets: Sequence[SheetUnderstood]) -> _Read:
    """Its columns and why they were taken; of a value without one, what says it instead."""
    found = columns_taken_for(_FIELDS.get(name, (name,)), sheets)
    if name == "price_breaks":
        steps = tuple(column for column in found if column.header not in item.characteristics)
        return steps, _("Headers or cells say from which quantity on a price is.")
    if found:
        return as_columns_say(found)
    priced = columns_taken_for((Field.PRICE,), sheets) if name in _OF_PRICE else []
    return tuple(priced), _("No column says it alone: a header, a line of the list or its setting does.")


def as_columns_say(columns: Iterable[ColumnUnderstood]) -> _Read:
    found = tuple(columns)
    return found, " ".join(dict.fromkeys(column.reason for column in found if column.reason))


def columns_taken_for(fields: Container[str], sheets: Iterable[SheetUnderstood]) -> list[ColumnUnderstood]:
    """The surest first."""
    found = [column for sheet in sheets for column in sheet.columns if column.field in fields]
    return sorted(found, key=lambda column: -column.confidence)


def with_header(label: str, sheets: Iterable[SheetUnderstood]) -> list[ColumnUnderstood]:
    return [column for sheet in sheets for column in sheet.columns if column.header == label]
