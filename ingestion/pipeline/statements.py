"""The set-based statements, one file each in the folder `sql/` of the room that they belong to.

They take as long as they take; who cancels a run does not have to wait for them (`interruptible`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Event, Thread
from typing import Any

from django.db import Error, connection

from ingestion.pipeline.columns import EVERYTHING
from ingestion.pipeline.parts import told_parts

PIPELINE = Path(__file__).parent
SHARED_SQL = PIPELINE / "sql"  # parts that statements of several rooms have in common
SECONDS_BETWEEN_LOOKS = 0.25  # whether somebody has cancelled the run
PART = re.compile(r"@([a-z_]+)")


class Statements:
    """The statements of one folder, by the names of their files.

    `has` are the optional changes (`columns.OPTIONAL`) that the list in question tells: the statement says nothing of
    the others.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def text(self, name: str, has: Collection[str] = EVERYTHING) -> str:
        return statement_text(name, self.folder, frozenset(has))

    def execute(self, name: str, params: Mapping[str, Any] | None = None, has: Collection[str] = EVERYTHING) -> int:
        """Runs a statement; says how many rows it touched."""
        with connection.cursor() as cursor:
            cursor.execute(self.text(name, has), params)
            return int(cursor.rowcount)

    def row(
        self, name: str, params: Mapping[str, Any] | None = None, has: Collection[str] = EVERYTHING
    ) -> tuple[Any, ...]:
        """The only row of a statement."""
        return self.rows(name, params, has)[0]

    def rows(
        self, name: str, params: Mapping[str, Any] | None = None, has: Collection[str] = EVERYTHING
    ) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(self.text(name, has), params)
            return list(cursor.fetchall())


def analyze(table: str, *columns: str) -> None:
    """PostgreSQL never looks at temporary tables by itself."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {table} ({', '.join(columns)})" if columns else f"ANALYZE {table}")


@cache
def statement_text(name: str, folder: Path, has: frozenset[str] = EVERYTHING) -> str:
    """Without its comments: they explain the file, and a percent sign in them would be taken for a parameter.

    `@part` stands for what follows from the columns of an item (`parts.py`), or for what is in part.sql, beside the
    statement or shared: expressions of several statements.
    """
    path = folder / f"{name}.sql"
    lines = (path if path.exists() else SHARED_SQL / path.name).read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("--"))
    parts = told_parts(has)
    return PART.sub(lambda part: parts.get(part.group(1)) or statement_text(part.group(1), folder, has), text)


@contextmanager
def interruptible(look: Callable[[], None]) -> Iterator[None]:
    """Calls `look` again and again beside the statements within. What it raises cancels them and is raised here."""
    watch = _Watch(look, connection.connection)
    watch.start()
    try:
        yield
    except Error as error:
        watch.end()
        if watch.problem is not None:
            raise watch.problem from error
        raise
    finally:
        watch.end()
    if watch.problem is not None:
        raise watch.problem


class _Watch:
    """A thread; it ends before the statements that must not be cancelled any more."""

    def __init__(self, look: Callable[[], None], session: Any) -> None:
        self.problem: Exception | None = None
        self._look, self._session = look, session
        self._ended = Event()
        self._thread = Thread(target=self._watch, name="watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(SECONDS_BETWEEN_LOOKS):
            try:
                self._look()
            except Exception as problem:  # noqa: BLE001 - it is raised where the statements are
                self.problem = problem
                break
        while self.problem is not None and not self._ended.is_set():
            self._session.cancel()  # between two statements it does nothing: so it is said until they have ended
            self._ended.wait(SECONDS_BETWEEN_LOOKS)
