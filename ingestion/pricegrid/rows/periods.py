"""Prices of several periods in one list: of each item the one is taken that is in force on the day of the reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from ingestion.pricegrid.contract import raw_of
from ingestion.pricegrid.problems import prices
from ingestion.pricegrid.records import Item, Message, RowError
from ingestion.pricegrid.rows.batch import Part
from ingestion.pricegrid.values.codes import code_key

OnLater = Callable[[Item], None]


def day_of_reading(parts: Iterable[Part], today: date) -> date:
    """Today, if any price of the list is in force then; else the day on which the first of them begins."""
    first: date | None = None
    for part in parts:
        if isinstance(part, RowError) or (isinstance(part, Item) and has_ended(part, today)):
            continue
        if not isinstance(part, Item) or part.valid_from is None or part.valid_from <= today:
            return today
        first = min(first or part.valid_from, part.valid_from)
    return first or today


def newest_starts(parts: Iterable[Part], today: date) -> Mapping[str, date]:
    """By the key of its code, when the newest price of an item that is in force began; only of those with several."""
    starts: dict[str, date] = {}
    several: Counter[str] = Counter()
    for item in parts:
        if isinstance(item, Item) and item.valid_from and item.valid_from <= today and not has_ended(item, today):
            key = code_key(item.supplier_sku)
            several[key] += 1
            starts[key] = max(starts.get(key, item.valid_from), item.valid_from)
    return {key: start for key, start in starts.items() if several[key] > 1}


def in_force(parts: Iterable[Part], today: date, newest: Mapping[str, date], on_later: OnLater) -> Iterator[Part]:
    """What has ended or has a newer price is an error; `on_later` is told what begins later."""
    for part in parts:
        if not isinstance(part, Item) or not (part.valid_from or part.valid_until):
            yield part
        elif part.valid_from and part.valid_from > today:
            on_later(part)
        elif (problem := why_not(part, today, newest)) is not None:
            yield RowError(part.row_number, "ValidationError", problem, raw_of(part), part.sheet)
        else:
            yield part


def why_not(item: Item, today: date, newest: Mapping[str, date]) -> Message | None:
    if has_ended(item, today):
        return prices.ENDED_ON.message(day=str(item.valid_until))
    start = newest.get(code_key(item.supplier_sku)) if newest else None
    if start is not None and item.valid_from and item.valid_from < start:
        return prices.NEWER_PRICE.message(day=start.isoformat(), code=item.supplier_sku)
    return None


def has_ended(item: Item, today: date) -> bool:
    return item.valid_until is not None and item.valid_until < today
