"""A header that has not as many cells as the rows below it: then nobody knows which value is below which header."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ingestion.pricegrid.cells.merges import SheetRow
from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.records import ColumnGuess, Message
from ingestion.pricegrid.structure.column_profile import ColumnProfile
from ingestion.pricegrid.structure.sample import Sample, filled_columns

_FEWEST = 2
_MOST = 0.5  # of the rows
_MONEY = 0.8  # of the cells below a name


def misplaced_header(sample: Sample, header_rows: Sequence[int], body: Sequence[SheetRow]) -> Message | None:
    """Of a delimited text, whose lines all have as many cells as their writer gave them."""
    headers = [row for row in sample.rows if row.number in header_rows]
    if not sample.sheet.is_text or not headers or len(body) < _FEWEST:
        return None
    given, named = max(len(row.cells) for row in headers), max(_end(row) for row in headers)
    widths = Counter(len(row.cells) for row in body)
    facts = {"row": headers[-1].number, "headers": named, "cells": widths.most_common(1)[0][0]}
    if sum(_end(row) > given for row in body) > _MOST * len(body):
        return lists.NARROW_HEADER.message(**facts)
    return lists.WIDE_HEADER.message(**facts) if named > max(widths) else None


def _end(row: SheetRow) -> int:
    columns = filled_columns(row.cells)
    return columns[-1] + 1 if columns else 0


def names_of_money(guess: ColumnGuess, profile: ColumnProfile) -> Message | None:
    """A column of names that says amounts is none: the header stands one column beside its values."""
    if guess.field is not Field.NAME or profile.numeric < _MONEY or profile.fractions + profile.money < _MONEY:
        return None
    return lists.NAMES_OF_MONEY.message(letter=guess.letter, header=guess.header)
