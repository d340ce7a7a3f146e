"""Whoever has held a supplier leaves it free, whatever struck in between."""

from __future__ import annotations

import pytest

from ingestion.runs import supplier_lock
from ingestion.runs.supplier_lock import SESSIONS, suppliers_at_work, work_on
from tests.ingestion.serving import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


class TimeIsUp(Exception):
    pass


@pytest.fixture(autouse=True)
def kept_session(monkeypatch: pytest.MonkeyPatch):
    """As a worker has one."""
    monkeypatch.setattr(SESSIONS, "keep", True)
    yield
    SESSIONS.take().close()


@pytest.mark.parametrize("statement", ["pg_try_advisory_lock", "pg_advisory_unlock"])
def test_a_time_limit_beside_the_lock_leaves_nothing_held(monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    answer_of = supplier_lock.answer_of

    def struck(own, text, key):
        if "unlock" not in text:
            answer_of(own, text, key)
        if statement in text:
            raise TimeIsUp

    monkeypatch.setattr(supplier_lock, "answer_of", struck)
    with pytest.raises(TimeIsUp), work_on(7):
        pass
    wait_until(lambda: 7 not in suppliers_at_work())  # the server takes a moment to end a session


def test_a_session_is_kept_for_the_next_list() -> None:
    with work_on(7) as first:
        pass
    with work_on(8) as second:
        assert second._own is first._own
