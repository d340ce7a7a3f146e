"""The questions that show two ways to read a sheet: what differs, with some rows of each."""

from __future__ import annotations

from collections.abc import Iterator

from ingestion.pricegrid.cells.letters import column_letter
from ingestion.pricegrid.cells.texts import cell_text
from ingestion.pricegrid.fields import FIELDS, Field
from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.records import Message
from ingestion.pricegrid.structure.competition import Outcome
from ingestion.pricegrid.structure.evidence import Looked
from ingestion.pricegrid.structure.interpretations import Interpretation
from ingestion.pricegrid.structure.sample import is_empty
from ingestion.pricegrid.values.text import shorten

CONTESTED_ROWS = 3
_KEYS = (Field.PRICE, Field.NAME, Field.SUPPLIER_SKU)


def contest_of(outcome: Outcome) -> Message | None:
    """None where nothing else is to be thought of."""
    best, second, looked = outcome.best, outcome.second, outcome.looked
    column = best.price
    if looked is None or (column is None and second is None):
        return None
    percent = round(100 * outcome.confidence)
    field = next((key for key in _KEYS if second and second.columns.first(key) != best.columns.first(key)), None)
    if second is None or (field is None and second.under.header.rows == best.under.header.rows):
        return lists.DOUBTED.message(percent=percent, price=_said(best, Field.PRICE), rows=_rows(looked, best, column))
    if field is None:
        rows = [", ".join(map(str, each.under.header.rows)) or "-" for each in (best, second)]
        return lists.TWO_HEADERS.message(percent=percent, first=rows[0], second=rows[1])
    return lists.TWO_READINGS.message(
        percent=percent,
        field=Message(field.traits.label),
        first=_said(best, field),
        second=_said(second, field),
        first_rows=_rows(looked, best, best.columns.first(field)),
        second_rows=_rows(looked, best, second.columns.first(field)),
    )


def not_as_before(read: Interpretation) -> Iterator[Message]:
    """The list itself cannot tell which of two columns is right where its source's last one was read otherwise."""
    columns = read.columns
    for key, old in read.under.earlier.items():
        field = FIELDS[key]
        if old not in columns.of(field) and columns.given.isdisjoint((old, *columns.of(field))):
            yield lists.NOT_AS_BEFORE.message(
                old=column_letter(old),
                old_header=read.under.header.text(old),
                field=Message(field.traits.label),
                new=_said(read, field),
            )


def _said(read: Interpretation, field: Field) -> str:
    column = read.columns.first(field)
    return "-" if column is None else f"{column_letter(column)} “{read.under.header.text(column)}”"


def _rows(looked: Looked, read: Interpretation, column: int | None) -> str:
    """The first values of a column, with their rows."""
    if column is None:
        return "-"
    start = read.under.header.data_start
    pairs = zip(looked.rows, looked.cells(column), strict=True)
    filled = [(row.number, cell) for row, cell in pairs if row.number >= start and not is_empty(cell)]
    return "; ".join(f"{number}: {shorten(cell_text(cell))}" for number, cell in filled[:CONTESTED_ROWS]) or "-"
