"""Why a list has no column of prices, and whether a person could name one."""

from __future__ import annotations

from collections.abc import Sequence

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.fields import PRICES, Field
from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.records import ColumnGuess, Message
from ingestion.pricegrid.structure.column_profile import ColumnProfile
from ingestion.pricegrid.structure.under_header import UnderHeader
from ingestion.pricegrid.values.price import parse_price
from ingestion.pricegrid.vocabulary import best_match

_CERTAIN = 0.85
_MOSTLY_WORDS = 0.7
_SHOWN = 15


def why_no_price(under: UnderHeader, guesses: Sequence[ColumnGuess]) -> Message:
    """A column that is headed as the price holds none; or no column is the price beyond doubt; or none could be it."""
    heads = [under.header.last(column) for column in range(under.width)]
    columns = list(zip(guesses, heads, under.profiles, under.cells, strict=True))
    for guess, head, profile, _ in columns:
        best = best_match(head)
        if best and best.field in PRICES and best.score >= _CERTAIN and not profile.numeric:
            return lists.NO_ROWS.message(column=guess.letter)
    is_open = any(_may_be_amounts(head, profile, cells) for _, head, profile, cells in columns)
    problem = lists.NO_PRICE if is_open else lists.WITHOUT_PRICES
    return problem.message(columns=columns_shown(guesses))


def columns_shown(guesses: Sequence[ColumnGuess]) -> str:
    """The columns as a person sees them, the first ones of many."""
    return ", ".join(f"{guess.letter} {guess.header}".strip() for guess in guesses[:_SHOWN])


def _may_be_amounts(head: str, profile: ColumnProfile, cells: Sequence[Cell]) -> bool:
    """However unlike a price it looks; but not where whole numbers stand under a word for something else."""
    best = best_match(head)
    is_other = best is not None and best.field not in (*PRICES, Field.CHARACTERISTIC) and best.role != "total"
    if profile.serial or profile.codes + profile.texts > _MOSTLY_WORDS:
        return False
    if is_other and not profile.money + profile.fractions + profile.errors:
        return False
    return profile.errors > 0 or any(parse_price(cell, decimal=".").amount for cell in cells)
