"""What a worker does for the pages of a test that look at files."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ingestion.models import PreparedView
from ingestion.views.work import prepare

Answer = TypeVar("Answer")


def prepare_all() -> int:
    """Makes what waits; says how much that was."""
    waiting = list(PreparedView.objects.filter(status="waiting").values_list("pk", flat=True))
    for pk in waiting:
        prepare(pk)
    return len(waiting)


def shown(ask: Callable[[], Answer]) -> Answer:
    """What a page says when all that it needs is there."""
    answer = ask()
    while prepare_all():
        answer = ask()
    return answer
