"""One code in several rows, each with the price from another quantity on: that of the smallest one is taken."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from ingestion.pricegrid.contract import raw_of
from ingestion.pricegrid.problems import prices
from ingestion.pricegrid.records import Item, RowError
from ingestion.pricegrid.rows.batch import Batch, Part
from ingestion.pricegrid.rows.duplicates import FirstRows
from ingestion.pricegrid.values.codes import code_key, code_keys
from ingestion.pricegrid.values.price_breaks import shown

ONE = Decimal(1)
Least = Mapping[str, Decimal]  # by the key of a code


def least_quantities(parts: Iterable[Part]) -> Least:
    """From which quantity on the first price of a code is; only of codes with prices from several quantities on."""
    firsts, minimums, several = FirstRows(), array("d"), dict[str, Decimal]()
    for part in parts:
        for key, minimum in _minimums(part):
            first = firsts.of(key, len(minimums))
            if first is None:
                minimums.append(float(minimum))
            elif minimums[first] != float(minimum):
                before = several.get(key, Decimal(repr(minimums[first])))
                several[key] = min(before, minimum)
    return several


def _minimums(part: Part) -> Iterable[tuple[str, Decimal]]:
    """Of items that say none, one may be ordered."""
    if isinstance(part, Batch):
        facts = part.all_facts()
        minimums = [each.minimum_order or ONE for each in facts] if facts else [ONE] * len(part.codes)
        return zip(code_keys(part.codes), minimums, strict=True)
    return [(code_key(part.supplier_sku), part.facts.minimum_order or ONE)] if isinstance(part, Item) else []


def of_least_quantity(parts: Iterable[Part], least: Least) -> Iterator[Part]:
    """The price from a larger quantity on is an error, wherever it stands."""
    for part in parts:
        if isinstance(part, Batch) and least.keys().isdisjoint(code_keys(part.codes)):
            yield part
        else:
            yield from (_judged(each, least) for each in _each(part))


def _each(part: Part) -> Sequence[Item | RowError]:
    return list(part.items()) if isinstance(part, Batch) else [part]


def _judged(record: Item | RowError, least: Least) -> Item | RowError:
    smallest = least.get(code_key(record.supplier_sku)) if isinstance(record, Item) else None
    if not isinstance(record, Item) or smallest is None:
        return record
    minimum = record.facts.minimum_order or ONE
    if minimum <= smallest:
        return record
    problem = prices.LARGER_QUANTITY.message(
        code=record.supplier_sku, minimum=shown(minimum), smallest=shown(smallest.normalize())
    )
    return RowError(record.row_number, "ValidationError", problem, raw_of(record), record.sheet)
