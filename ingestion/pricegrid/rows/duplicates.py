"""The same code twice in one list: the first row is taken, every other one is reported and names the row it repeats."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.records import Item, Message, RowError

_REPEATED = gettext_noop("The code %(code)s stands in row %(first)s already; the first row was taken, this one was not")


def without_duplicates(records: Iterable[Item | RowError]) -> Iterator[Item | RowError]:
    first_rows = FirstRows()
    for record in records:
        if isinstance(record, RowError):
            yield record
            continue
        first = first_rows.of(record.supplier_sku, record.row_number)
        yield record if first is None else repeated(record, first)


def repeated(item: Item, first: int) -> RowError:
    raw: dict[str, str] = {
        Field.SUPPLIER_SKU: item.supplier_sku,
        Field.NAME: item.name,
        Field.PRICE: str(item.price or ""),
    }
    message = Message(_REPEATED, {"code": item.supplier_sku, "first": first})
    return RowError(item.row_number, "ValidationError", message, raw, item.sheet)


class FirstRows:
    """The first row of every code: a hash table of 12 bytes a place, so that a million codes need 25 MB, not 150."""

    def __init__(self, places: int = 1 << 12) -> None:
        self._keys = array("q", bytes(8 * places))
        self._rows = array("I", bytes(4 * places))
        self._mask = places - 1
        self._left = places // 2

    def of(self, code: str, row: int) -> int | None:
        """The row that had the code first; None where it is new, and remembered from now on."""
        key = hash(code) or 1
        place = key & self._mask
        if self._keys[place]:
            place = self._place(key)
            if self._keys[place]:
                return self._rows[place]
        self._keys[place], self._rows[place] = key, row
        self._left -= 1
        if not self._left:
            self._grow()
        return None

    def _place(self, key: int) -> int:
        keys, mask = self._keys, self._mask
        place = key & mask
        while (found := keys[place]) and found != key:
            place = (place + 1) & mask
        return place

    def _grow(self) -> None:
        larger = FirstRows(2 * len(self._keys))
        for key, row in zip(self._keys, self._rows, strict=True):
            if key:
                place = larger._place(key)
                larger._keys[place], larger._rows[place] = key, row
        self._keys, self._rows, self._mask = larger._keys, larger._rows, larger._mask
        self._left = len(self._keys) // 4
