"""The set-based statements, one file each in a folder `sql/`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection

FOLDER = Path(__file__).parent / "sql"
PART = re.compile(r"@([a-z_]+)")


@cache
def statement(name: str, folder: Path = FOLDER) -> str:
    """Without its comments: they explain the file, and a percent sign in them would be taken for a parameter.

    `@part` stands for what is in part.sql: expressions that several statements share.
    """
    lines = (folder / f"{name}.sql").read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("--"))
    return PART.sub(lambda part: statement(part.group(1), folder), text)


def execute(name: str, params: Mapping[str, Any] | None = None, *, folder: Path = FOLDER) -> int:
    """Runs a statement; says how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement(name, folder), params)
        return int(cursor.rowcount)


def select(name: str, params: Mapping[str, Any] | None = None, *, folder: Path = FOLDER) -> tuple[Any, ...]:
    """The only row of a statement."""
    return rows(name, params, folder=folder)[0]


def rows(name: str, params: Mapping[str, Any] | None = None, *, folder: Path = FOLDER) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(name, folder), params)
        return list(cursor.fetchall())
