"""Statements of PostgreSQL take as long as they take; who cancels a run does not have to wait for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

from django.db import Error, connection

SECONDS_BETWEEN_LOOKS = 0.25


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
