"""What a reading that is sure as a whole settles of its parts."""

from __future__ import annotations

from dataclasses import replace

from ingestion.pricegrid.fields import FIELDS, KEYS, PRICES
from ingestion.pricegrid.structure.columns_by_header import Columns
from ingestion.pricegrid.structure.competition import Outcome
from ingestion.pricegrid.structure.interpretations import Interpretation
from ingestion.pricegrid.vocabulary import best_match


def settled(outcome: Outcome) -> Interpretation:
    """The best reading; where it is sure, its price, name and code are no less so.

    An unknown column is no rival then of a price that its header calls one. Of two that no header tells apart either
    may be the price, and whether codes are more than the numbers of lines is nothing that competes.
    """
    read = outcome.best
    if not outcome.is_sure:
        return read
    if read.rival is not None and _is_said(read, read.price) and best_match(_head(read, read.rival)) is None:
        read = replace(read, rival=None)
    columns = Columns(list(read.columns.guesses), read.columns.given)
    for column in (column for field in KEYS for column in read.columns.of(field) if _is_settled(read, column)):
        guess = columns.guesses[column]
        columns.set(column, FIELDS[guess.field], max(guess.confidence, outcome.confidence), guess.reason)
    return replace(read, columns=columns)


def _is_settled(read: Interpretation, column: int) -> bool:
    if column in read.columns.given:
        return False
    if column == read.price:
        others = [other for field in PRICES for other in read.columns.of(field) if other != column]
        return read.rival is None and all(_is_said(read, other) for other in others)
    return column != read.code or not read.under.profiles[column].serial


def _is_said(read: Interpretation, column: int | None) -> bool:
    """Whether its header calls a column a price."""
    best = best_match(_head(read, column)) if column is not None else None
    return best is not None and best.field in PRICES


def _head(read: Interpretation, column: int) -> str:
    return read.under.header.last(column)
