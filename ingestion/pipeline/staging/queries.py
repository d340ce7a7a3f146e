"""The statements on the stage: each function runs the file of its name in `sql/`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.db import connection
from psycopg import Copy

from ingestion.errors import ErrorType
from ingestion.pipeline.statements import Statements

SQL = Statements(Path(__file__).parent / "sql")


class Repeated(NamedTuple):
    """Rows whose code stands further up in the list already: told the same again, or something else."""

    exact: int
    collided: int
    sample: str | None  # the message of a collision


class RefusedRows(NamedTuple):
    """Rows that were items until now, and the message of one of them."""

    rows: int
    sample: str | None


def create_stage() -> None:
    """Makes the table."""
    SQL.execute("create_stage")


@contextmanager
def copy() -> Iterator[Copy]:
    """What is written to it goes into the stage."""
    with connection.cursor() as cursor, cursor.copy(SQL.text("copy")) as rows:
        yield rows


def duplicates(*, same_sheet: str, other_sheet: str, cause: str) -> Repeated:
    """Messages with places for PostgreSQL's format(): the code, the row and (on another sheet) the sheet."""
    error_type = ErrorType.VALIDATION
    params = {"error_type": error_type, "same_sheet": same_sheet, "other_sheet": other_sheet, "cause": cause}
    return Repeated(*SQL.row("duplicates", params))


def unknown(*, supplier: int, message: str, cause: str) -> RefusedRows:
    """A message with a place for PostgreSQL's format(): the code."""
    params = {"error_type": ErrorType.VALIDATION, "supplier": supplier, "message": message, "cause": cause}
    return RefusedRows(*SQL.row("unknown", params))


def index_failed() -> None:
    SQL.execute("index_failed")
