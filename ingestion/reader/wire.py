"""Errors as JSON and back: the same class, the same message with its parameters, the same facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from ingestion.errors import ErrorType, IngestionError, NeedsPerson, TakesForceLater
from ingestion.pricegrid import FIELDS, ColumnGuess, Field, ListRefused, Message, SheetUnderstanding

REFUSED = "refused"


def packed_error(error: ListRefused | IngestionError) -> dict[str, Any]:
    """Whatever its message holds beyond plain values arrives as its text, in the language that is active now."""
    if isinstance(error, ListRefused):
        return {
            "class": REFUSED,
            "message": packed_value(error.message),
            "error_type": str(error.error_type),
            "answerable": error.answerable,
            "sheets": packed_sheets(error.sheets),
        }
    packed: dict[str, Any] = {
        "class": name_of(type(error)),
        "message": packed_value(error.message),
        "error_type": str(error.error_type),
        "can_heal": error.can_heal,
        "retry_after": error.retry_after,
    }
    if isinstance(error, TakesForceLater):
        packed |= {"day": error.day, "sheets": packed_sheets(error.sheets)}
    if isinstance(error, NeedsPerson):
        packed |= {"questions": list(error.questions), "codes": list(error.codes), "drift": error.drift}
        packed["sheets"] = packed_sheets(error.sheets)
    return packed


def error_of(packed: Mapping[str, Any]) -> ListRefused | IngestionError:
    """A class that only the reader knows arrives as the contract's own, with the same type."""
    message = value_of(packed["message"])
    if packed["class"] == REFUSED:
        refusal = ListRefused(message, packed["error_type"], answerable=packed["answerable"])
        refusal.sheets = sheets_of(packed["sheets"])
        return refusal
    known = known_errors().get(packed["class"], IngestionError)
    error = known.__new__(known)
    IngestionError.__init__(error, message, retry_after=packed["retry_after"])
    error.error_type = ErrorType(packed["error_type"])
    error.can_heal = packed["can_heal"]
    if isinstance(error, TakesForceLater):
        error.day, error.sheets = packed["day"], sheets_of(packed["sheets"])
    if isinstance(error, NeedsPerson):
        error.questions, error.codes, error.drift = packed["questions"], packed["codes"], packed["drift"]
        error.sheets = sheets_of(packed["sheets"])
    return error


def known_errors() -> dict[str, type[IngestionError]]:
    """The error of the contract and all that were derived from it."""
    found, waiting = {}, [IngestionError]
    while waiting:
        known = waiting.pop()
        found[name_of(known)] = known
        waiting += known.__subclasses__()
    return found


def name_of(known: type[IngestionError]) -> str:
    return f"{known.__module__}.{known.__qualname__}"


def packed_value(value: object) -> Any:
    """A message or one of its parameters."""
    if isinstance(value, Message):
        params = {name: packed_value(part) for name, part in value.params.items()}
        return {"template": value.template, "params": params, "code": value.code}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)


def value_of(packed: Any) -> Any:
    if not isinstance(packed, dict):
        return packed
    if "decimal" in packed:
        return Decimal(packed["decimal"])
    params = {name: value_of(part) for name, part in packed["params"].items()}
    return Message(packed["template"], params, packed["code"])


def packed_sheets(sheets: Iterable[SheetUnderstanding]) -> list[dict[str, Any]]:
    return [packed_sheet(sheet) for sheet in sheets]


def packed_sheet(sheet: SheetUnderstanding) -> dict[str, Any]:
    packed = {field.name: getattr(sheet, field.name) for field in fields(sheet)}
    return packed | {
        "reason": packed_value(sheet.reason),
        "contest": sheet.contest and packed_value(sheet.contest),
        "valid_from": packed_day(sheet.valid_from),
        "valid_until": packed_day(sheet.valid_until),
        "columns": [packed_guess(guess) for guess in sheet.columns],
        "notes": [packed_value(note) for note in sheet.notes],
        "doubts": [packed_value(doubt) for doubt in sheet.doubts],
    }


def packed_day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def day_of(packed: str | None) -> date | None:
    return date.fromisoformat(packed) if packed else None


def packed_guess(guess: ColumnGuess) -> dict[str, Any]:
    return guess._asdict() | {"reason": packed_value(guess.reason), "shape": dict(guess.shape)}


def sheets_of(packed: Sequence[Mapping[str, Any]]) -> list[SheetUnderstanding]:
    return [sheet_of(sheet) for sheet in packed]


def sheet_of(packed: Mapping[str, Any]) -> SheetUnderstanding:
    facts = dict(packed)
    facts |= {
        "reason": value_of(packed["reason"]),
        "contest": packed["contest"] and value_of(packed["contest"]),
        "valid_from": day_of(packed["valid_from"]),
        "valid_until": day_of(packed["valid_until"]),
        "columns": [guess_of(guess) for guess in packed["columns"]],
        "notes": [value_of(note) for note in packed["notes"]],
        "doubts": [value_of(doubt) for doubt in packed["doubts"]],
    }
    return SheetUnderstanding(**facts)


def guess_of(packed: Mapping[str, Any]) -> ColumnGuess:
    field = FIELDS.get(packed["field"], Field.CHARACTERISTIC)  # a plug-in may make one up
    reason = value_of(packed["reason"])
    return ColumnGuess(**{**packed, "field": field, "reason": reason, "samples": tuple(packed["samples"])})
