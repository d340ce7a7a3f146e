"""The set-based statements, one file each under `sql/`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection

FOLDER = Path(__file__).parent / "sql"


@cache
def statement(name: str) -> str:
    """Without its comments: they explain the file, and a percent sign in them would be taken for a parameter."""
    lines = (FOLDER / f"{name}.sql").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("--"))


def execute(name: str, params: Mapping[str, Any] | None = None) -> int:
    """Runs a statement; says how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement(name), params)
        return int(cursor.rowcount)


def select(name: str, params: Mapping[str, Any] | None = None) -> tuple[Any, ...]:
    """The only row of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement(name), params)
        row: tuple[Any, ...] = cursor.fetchone()
        return row
