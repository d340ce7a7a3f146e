"""The statements of the guards: each function runs the file of its name in `sql/`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from ingestion.pipeline.statements import Statements

SQL = Statements(Path(__file__).parent / "sql")


class Rate(NamedTuple):
    """A currency that the list has changed into another, and how."""

    old: str
    new: str
    ratio: Decimal | None  # the middle of the ratios of the amounts
    items: int = 0


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


def count_ignored(*, source: int) -> int:
    """Failed rows of causes that nobody wants to see."""
    return int(SQL.row("count_ignored", {"source": source})[0])


def count_prices() -> int:
    return int(SQL.row("count_prices")[0])


def median(*, unchanged: int) -> Decimal:
    return Decimal(SQL.row("median", {"unchanged": unchanged})[0])


def currencies() -> list[Rate]:
    return [Rate(old, new, ratio, items) for old, new, items, ratio in SQL.rows("currencies")]


def hold(*, shock: Decimal, median: Decimal | int, honest: Sequence[Rate]) -> int:
    """How many prices are held. `shock` is in per cent, `median` the list's own change (1 is none)."""
    params = {
        "shock": shock,
        "median": median,
        "old_currencies": [rate.old for rate in honest],
        "new_currencies": [rate.new for rate in honest],
        "rates": [rate.ratio for rate in honest],
    }
    return SQL.execute("hold", params)


def remember() -> None:
    SQL.execute("remember")


def held_rows() -> dict[int, Shock]:
    """By item."""
    return {item: Shock._make([*facts, json.loads(texts)]) for item, *facts, texts in SQL.rows("held_rows")}


def write_causes(causes: Mapping[int, str]) -> None:
    """By item."""
    SQL.execute("write_causes", {"items": list(causes), "causes": list(causes.values())})


def spare_all() -> None:
    SQL.execute("spare_all")
