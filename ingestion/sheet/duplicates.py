"""The same code twice in one list: the first row is taken, every other one is reported and names the row it repeats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingestion.sheet.records import Item, Message, RowError, gettext_noop

_REPEATED = gettext_noop("The code %(code)s stands in row %(first)s already; the first row was taken, this one was not")


def without_duplicates(records: Iterable[Item | RowError]) -> Iterator[Item | RowError]:
    """Keeps a number for every code, not the rows."""
    rows: dict[int, int] = {}
    for record in records:
        if isinstance(record, RowError):
            yield record
            continue
        key = hash(record.supplier_sku)
        first = rows.get(key)
        if first is None:
            rows[key] = record.row_number
            yield record
        else:
            yield repeated(record, first)


def repeated(item: Item, first: int) -> RowError:
    raw = {"supplier_sku": item.supplier_sku, "name": item.name, "price": str(item.price or "")}
    message = Message(_REPEATED, {"code": item.supplier_sku, "first": first})
    return RowError(item.row_number, "ValidationError", message, raw, item.sheet)
