"""The kinds of prepared views: who may see them, how long they may take, and the function that makes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any, NamedTuple, Protocol

from ingestion.models import PreparedView


class Made(NamedTuple):
    """What a view came to: facts as JSON, or a file for download. `file` is closed by whoever keeps it."""

    result: Any = None
    file: IO[bytes] | None = None
    file_name: str = ""


class Watch(Protocol):
    """Called about five times a second while a view is made. Raises where nobody wants it any more or time is up."""

    progress: float

    def __call__(self) -> None: ...


@dataclass(frozen=True)
class ViewKind:
    """`make` runs in a worker, in the language of whoever asked. What it raises for people is the view's message."""

    name: str
    make: Callable[[PreparedView, Watch], Made]
    permissions: tuple[str, ...] | Callable[[PreparedView], tuple[str, ...]]  # asked for at each look, download too
    seconds: int = 60
    is_private: bool = False  # seen by whoever asked and nobody else


_kinds: dict[str, ViewKind] = {}


def register_kind(kind: ViewKind) -> ViewKind:
    _kinds[kind.name] = kind
    return kind


def permissions_of(view: PreparedView) -> tuple[str, ...]:
    """What somebody must be allowed to, to see it."""
    wanted = kind_of(view).permissions
    return wanted(view) if callable(wanted) else wanted


def kind_of(view: PreparedView) -> ViewKind:
    return _kinds[view.kind]
