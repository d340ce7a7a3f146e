"""The same code twice in one list: the first row is taken.

An exact repetition is passed over, on another sheet also where its category is another one (that of a brand's sheet);
any other row is reported and names the row that it collides with.
`pipeline/staging/sql/duplicates.sql` says the same of the rows that a run has staged (tests prove it).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator

from ingestion.pricegrid.contract import raw_of
from ingestion.pricegrid.problems import codes
from ingestion.pricegrid.records import Item, Message, RowError, Stock
from ingestion.pricegrid.values.codes import code_key

NOTHING_SAID = Stock(None, "")
_HALF_BITS = 32
_HALF = (1 << _HALF_BITS) - 1

OnRepetition = Callable[[Item, int], None]  # told the item, and the row that it repeats


def without_duplicates(
    records: Iterable[Item | RowError], on_repetition: OnRepetition | None = None
) -> Iterator[Item | RowError]:
    """Each code once; `on_repetition` is told of what says the same again, before the next record comes."""
    firsts = FirstItems()
    for record in records:
        if isinstance(record, RowError):
            yield record
            continue
        first = firsts.of(record)
        if first is None:
            yield record
        elif firsts.says_the_same(first, record):
            if on_repetition is not None:
                on_repetition(record, firsts.place(first)[0])
        else:
            message = repeated(record, *firsts.place(first))
            yield RowError(record.row_number, "ValidationError", message, raw_of(record), record.sheet)


def repeated(item: Item, row: int, sheet: str | None) -> Message:
    if sheet == item.sheet:
        return codes.REPEATED.message(code=item.supplier_sku, row=row)
    return codes.REPEATED_ELSEWHERE.message(code=item.supplier_sku, row=row, sheet=sheet or "")


def hash_of_content(item: Item) -> int:
    """A hash of all that a row says of its code: the lower half is that of its category."""
    money = (item.price, item.currency or "", item.per_quantity, item.retail_price)
    plain = (item.name, money, item.stock or NOTHING_SAID)
    try:
        told = hash((plain, frozenset(item.characteristics.items()), item.facts))
        category = hash(item.category_path)
    except (TypeError, AttributeError):  # of a parser that nobody type-checked
        told, category = hash((plain, repr(item.characteristics), repr(item.facts))), hash(repr(item.category_path))
    return (told & _HALF) << _HALF_BITS | category & _HALF


class FirstItems:
    """The first item of every code: 16 bytes each, and what `FirstRows` needs to find them."""

    def __init__(self) -> None:
        self._numbers = FirstRows()
        self._rows = array("I")
        self._sheets = array("I")
        self._contents = array("Q")
        self._names: dict[str | None, int] = {}

    def of(self, item: Item) -> int | None:
        """The number of the first item of this code; None where this is it, and remembered from now on."""
        first = self._numbers.of(code_key(item.supplier_sku), len(self._rows))
        if first is None:
            self._rows.append(item.row_number)
            self._sheets.append(self._names.setdefault(item.sheet, len(self._names)))
            self._contents.append(hash_of_content(item))
        return first

    def says_the_same(self, first: int, item: Item) -> bool:
        differences = self._contents[first] ^ hash_of_content(item)
        if self.place(first)[1] == item.sheet:
            return not differences
        return not differences >> _HALF_BITS

    def place(self, first: int) -> tuple[int, str | None]:
        """Row and sheet."""
        return self._rows[first], list(self._names)[self._sheets[first]]


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
