"""The error types of the contract, and which of them may heal by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

from ingestion.pricegrid import Message, SheetUnderstanding


class ErrorType(StrEnum):
    """What parsing logs, results and messages call an error."""

    VALIDATION = "ValidationError"
    PARSER = "ParserError"
    CONFIGURATION = "ConfigurationError"
    NETWORK = "NetworkError"
    AUTHENTICATION = "AuthenticationError"
    DATABASE = "DatabaseError"


class IngestionError(Exception):
    """A list as a whole could not be taken in. `str(error)` is a text for people: the value, the place, what to do."""

    error_type = ErrorType.PARSER
    can_heal = False

    def __init__(self, message: str | Promise | Message, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.retry_after = retry_after  # seconds, where the other side asked for a pause


class ParserError(IngestionError):
    error_type = ErrorType.PARSER


class ConfigurationError(IngestionError):
    error_type = ErrorType.CONFIGURATION


class NetworkError(IngestionError):
    error_type = ErrorType.NETWORK
    can_heal = True


class AuthenticationError(IngestionError):
    error_type = ErrorType.AUTHENTICATION


class DatabaseError(IngestionError):
    error_type = ErrorType.DATABASE
    can_heal = True


class TakesForceLater(IngestionError):
    """The prices of the list are in force from a day to come: its run waits for that day and stores nothing before."""

    def __init__(self, message: str | Promise | Message, day: str) -> None:
        super().__init__(message)
        self.day = day  # ISO 8601
        self.sheets: Sequence[SheetUnderstanding] = ()


class NeedsPerson(IngestionError):
    """What the list says is not beyond doubt: its run waits for an answer and stores nothing before.

    `questions` are the parts of its message, `codes` the problems that they are about, `drift` is what changed since a
    person last saw such a list (the JSON of a `DriftReport`), `sheets` what was understood nevertheless: for the run's
    page.
    """

    error_type = ErrorType.PARSER

    def __init__(self, message: str | Promise | Message, drift: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.questions: Sequence[str] = ()
        self.codes: Sequence[str] = ()
        self.drift = drift or {}
        self.sheets: Sequence[SheetUnderstanding] = ()
