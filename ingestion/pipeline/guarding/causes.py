"""The likely cause of a price that went too far, as a person would guess it from the row."""

from __future__ import annotations

import json
import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from ingestion import pricegrid
from ingestion.models import Change
from ingestion.pipeline.statements import Statements

SQL = Statements(Path(__file__).parent / "sql")

_Cause = Change.Cause

# How far (in logarithms) a ratio may be from what a cause would make of it: prices change honestly at the same time.
NEAR = 0.12
EXACT = 0.004
POWERS = (10, 100, 1000)
# Standard and reduced rates in Europe, the CIS, Turkey and China, in per cent
VAT_RATES = (5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 25.5, 27)
# What one unit is in euros, roughly: enough to tell a rate from other causes, never to convert a price
EUROS = {
    "EUR": 1, "USD": 0.92, "GBP": 1.17, "CHF": 1.05, "BYN": 0.28, "RUB": 0.0105, "UAH": 0.022, "PLN": 0.23, "CZK": 0.04,
    "KZT": 0.0019, "CNY": 0.128, "TRY": 0.026, "RON": 0.2, "BGN": 0.511, "HUF": 0.0025, "SEK": 0.088, "NOK": 0.086,
    "DKK": 0.134, "GEL": 0.34, "AMD": 0.0023, "AZN": 0.54, "MDL": 0.051, "UZS": 0.000073, "KGS": 0.0105, "AED": 0.25,
    "INR": 0.011, "JPY": 0.0061,
}  # fmt: skip
SMALLEST_PACK = 2
_SHARED = 3  # so many held rows with the same odd ratio have one cause: a rate
CLUSTER = 0.3  # if they are also that share of the rows around them: among many rows some agree by chance


class Shock(NamedTuple):
    """A price that is held in its own currency, and what its row and its item say."""

    ratio: float
    currency: str
    new_price: float
    old_price: float
    new_retail: float | None
    old_retail: float | None
    name: str
    characteristics: Mapping[str, str]
    pack_size: float | None = None


def name_causes(median: Decimal) -> None:
    """Writes the cause of every held row into `delta`, where `hold` has not said it."""
    shocks = held_rows()
    if shocks:
        named = causes_of(list(shocks.values()), float(median))
        write_causes(dict(zip(shocks, named, strict=True)))


def causes_of(shocks: Sequence[Shock], median: float = 1.0) -> Iterator[str]:
    """One cause for each, in their order; odd ratios that several rows share are taken for a rate."""
    marks = [round(math.log(shock.ratio), 3) if shock.ratio > 0 else 0.0 for shock in shocks]
    same, ordered = Counter(marks), sorted(marks)
    causes = []
    for shock, mark in zip(shocks, marks, strict=True):
        alike = sum(same[round(mark + step, 3)] for step in (-0.001, 0, 0.001))
        shared = alike >= max(_SHARED, CLUSTER * within(ordered, mark, NEAR))
        causes.append(_cause_of(shock, median, is_shared=shared))
    odd = sorted(mark for mark, cause in zip(marks, causes, strict=True) if cause == _Cause.UNKNOWN)
    for mark, cause in zip(marks, causes, strict=True):
        is_rate = cause == _Cause.UNKNOWN and within(odd, mark, NEAR / 2) >= _SHARED
        yield _Cause.EXCHANGE_RATE if is_rate else cause


def within(ordered: Sequence[float], mark: float, distance: float) -> int:
    """How many are not farther than that from a mark."""
    return bisect_right(ordered, mark + distance) - bisect_left(ordered, mark - distance)


def _cause_of(shock: Shock, median: float = 1.0, *, is_shared: bool = False) -> _Cause:
    """The cause that explains the ratio best, the more telling evidence first."""
    if shock.ratio <= 0:
        return _Cause.UNKNOWN
    explained = [candidate for candidate in candidates(shock, median) if candidate[0] <= NEAR]
    distance, cause = min(explained, default=(math.inf, _Cause.UNKNOWN))
    if is_shared and distance > EXACT and cause != _Cause.SWAPPED:
        return _Cause.EXCHANGE_RATE
    return cause


def candidates(shock: Shock, median: float) -> Iterator[tuple[float, _Cause]]:
    """How far the ratio is from what each cause would make of it; what is less telling is put farther away."""

    def away(factor: float) -> float:
        """The list's own change may have happened to the price as well, or not."""
        logs = [math.log(shock.ratio), math.log(shock.ratio / median)]
        return min(abs(abs(log) - math.log(factor)) for log in logs)

    yield away_from_retail(shock), _Cause.SWAPPED
    packs = pricegrid.pack_sizes(shock.name, shock.characteristics)
    if shock.pack_size and shock.pack_size >= SMALLEST_PACK:
        packs[int(shock.pack_size)] = True
    for size, is_telling in packs.items():
        yield away(size) - 0.003 if is_telling else away(size) + 0.05, _Cause.PACK_SIZE
    for power in POWERS:
        yield away(power), _Cause.DECIMAL_SIGN
    for rate in VAT_RATES:
        yield away(1 + rate / 100) + 0.001, _Cause.VAT
    for unit in EUROS.values():
        rate = EUROS.get(shock.currency, 0) / unit
        if rate and abs(math.log(rate)) > 0.03:
            yield away(max(rate, 1 / rate)) + 0.06, _Cause.EXCHANGE_RATE


def away_from_retail(shock: Shock) -> float:
    """How far the new price is from the old retail price, and the new retail price from the old price."""
    if not shock.old_retail or not shock.new_price:
        return math.inf
    away = abs(math.log(shock.new_price / shock.old_retail))
    if shock.new_retail and shock.old_price:
        crosswise = max(away, abs(math.log(shock.new_retail / shock.old_price)))
        return crosswise - NEAR if crosswise <= NEAR else crosswise  # that both fit is no accident
    return away


# The statements: each function runs the file of its name in `sql/`.


def held_rows() -> dict[int, Shock]:
    """By item."""
    rows = SQL.rows("held_rows")
    return {item: Shock._make([*facts, json.loads(texts), pack]) for item, *facts, texts, pack in rows}


def write_causes(causes: Mapping[int, str]) -> None:
    """By item."""
    SQL.execute("write_causes", {"items": list(causes), "causes": list(causes.values())})
