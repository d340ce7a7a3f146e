"""The set-based statements, one file each in the folder `sql/` of the room that they belong to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection

from ingestion.pipeline.parts import PARTS

PIPELINE = Path(__file__).parent
SHARED_SQL = PIPELINE / "sql"  # parts that statements of several rooms have in common
PART = re.compile(r"@([a-z_]+)")


class Statements:
    """The statements of one folder, by the names of their files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def text(self, name: str) -> str:
        return statement_text(name, self.folder)

    def execute(self, name: str, params: Mapping[str, Any] | None = None) -> int:
        """Runs a statement; says how many rows it touched."""
        with connection.cursor() as cursor:
            cursor.execute(self.text(name), params)
            return int(cursor.rowcount)

    def row(self, name: str, params: Mapping[str, Any] | None = None) -> tuple[Any, ...]:
        """The only row of a statement."""
        return self.rows(name, params)[0]

    def rows(self, name: str, params: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(self.text(name), params)
            return list(cursor.fetchall())


def analyze(table: str, *columns: str) -> None:
    """PostgreSQL never looks at temporary tables by itself."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {table} ({', '.join(columns)})" if columns else f"ANALYZE {table}")


@cache
def statement_text(name: str, folder: Path) -> str:
    """Without its comments: they explain the file, and a percent sign in them would be taken for a parameter.

    `@part` stands for what follows from the columns of an item (`parts.py`), or for what is in part.sql, beside the
    statement or shared: expressions of several statements.
    """
    path = folder / f"{name}.sql"
    lines = (path if path.exists() else SHARED_SQL / path.name).read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("--"))
    return PART.sub(lambda part: PARTS.get(part.group(1)) or statement_text(part.group(1), folder), text)
