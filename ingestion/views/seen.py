"""What was made of a sheet and its columns, in words: as much as a screen shows of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ingestion.pricegrid import ColumnGuess, SheetUnderstanding
from ingestion.pricegrid.memory import is_bound, key_of, times_of
from ingestion.texts import field_label, text_of
from ingestion.views.grid import SHOWN_COLUMNS


class ColumnSeen(NamedTuple):
    """`key` is what a mapping calls the column; items are made of it if `used`; a person said so if `given`.

    It is `known` unless nothing is understood of it."""

    letter: str
    field: str
    label: str
    key: str
    used: bool
    given: bool
    percent: int
    reason: str
    known: bool = True


class SheetSeen(NamedTuple):
    name: str | None
    chosen: bool
    reason: str
    columns: list[ColumnSeen]
    header_rows: list[int]
    data_start_row: int | None
    currency: str
    decimal_sign: str


def seen(sheet: SheetUnderstanding) -> SheetSeen:
    headers = times_of(guess.header for guess in sheet.columns)
    columns = [column(guess, headers) for guess in sheet.columns]
    return SheetSeen(
        sheet.name,
        sheet.chosen,
        text_of(sheet.reason),
        [each for at, each in enumerate(columns) if at < SHOWN_COLUMNS or each.used],
        list(sheet.header_rows),
        sheet.data_start_row,
        sheet.currency or "",
        sheet.decimal_sign or "",
    )


def column(guess: ColumnGuess, headers: Mapping[str, int]) -> ColumnSeen:
    return ColumnSeen(
        guess.letter,
        guess.field,
        field_label(guess.field),
        key_of(guess.letter, guess.header, headers),
        is_bound(guess),
        guess.is_given,
        round(100 * guess.confidence),
        text_of(guess.reason),
        guess.field.traits.is_known,
    )


def sheet_from(kept: Mapping[str, Any]) -> SheetSeen:
    return SheetSeen(**{**kept, "columns": [ColumnSeen(**each) for each in kept["columns"]]})


def sheet_as_json(sheet: SheetSeen) -> dict[str, Any]:
    return {**sheet._asdict(), "columns": [each._asdict() for each in sheet.columns]}
