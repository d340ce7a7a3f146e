"""The stages of a run: their order, their names, and that people see from outside which of them is at work."""

from __future__ import annotations

import pytest
from django.db import connection

from ingestion.errors import IngestionError
from ingestion.models import IngestionRun
from ingestion.pipeline.applying.apply import apply
from ingestion.pipeline.attempt import run_ingestion
from ingestion.pipeline.context import Context
from ingestion.pipeline.stages import DONE, ONLY_STORED, STAGES
from ingestion.runs import supplier_lock
from tests.factories import SourceFactory
from tests.ingestion.pipeline.replaced import instead_of
from tests.ingestion.price_lists import queued

NAMES = [stage.__name__ for stage in STAGES]
ROWS = [{"sku": "A", "price": "1"}]


def test_a_run_knows_the_stages_by_their_names():
    assert [name for name in IngestionRun.Stage.values if name] == NAMES
    assert {*DONE, *(stage.__name__ for stage in ONLY_STORED)} <= set(NAMES)


@pytest.fixture
def entered(monkeypatch) -> list[str]:
    """The stages that runs have gone through."""
    names: list[str] = []
    monkeypatch.setattr(supplier_lock.Presence, "enter", lambda own, name: names.append(name))
    return names


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("test_parsers")
class TestRuns:
    def test_all_in_their_order(self, entered):
        run_ingestion(queued(ROWS, SourceFactory()))
        assert entered == NAMES

    def test_what_is_known_is_not_read_again(self, entered):
        source = SourceFactory()
        run_ingestion(queued(ROWS, source))
        entered.clear()
        run_ingestion(queued(ROWS, source))
        assert entered == ["receive"]

    def test_a_list_without_a_good_row_is_compared_with_nothing(self, entered):
        run = queued([{"sku": "A"}], SourceFactory())
        run_ingestion(run)
        assert (run.status, entered) == ("failure", ["receive", "read", "stage", "log"])

    def test_the_stage_at_work_is_seen_from_outside_of_the_transaction(self, monkeypatch):
        def look(context: Context) -> Context:
            context.report()
            other = connection.copy()
            with other.cursor() as cursor:
                cursor.execute("SELECT stage, progress FROM ingestion_ingestionrun WHERE id = %s", [context.run.pk])
                seen.append(cursor.fetchone())
            other.close()
            return apply(context)

        monkeypatch.setattr(supplier_lock, "SECONDS_BETWEEN_SIGNS", 0)
        instead_of(monkeypatch, "apply", look)
        seen: list[tuple[str, int]] = []
        run = queued(ROWS, SourceFactory())
        run_ingestion(run)
        assert seen == [("look", 80)]
        assert (run.stage, run.progress) == ("", 100)

    def test_where_it_failed_is_kept(self, monkeypatch):
        def guard(context: Context) -> Context:
            raise IngestionError("no")

        instead_of(monkeypatch, "guard", guard)
        run = queued(ROWS, SourceFactory())
        with pytest.raises(IngestionError):
            run_ingestion(run)
        assert (run.status, run.stage) == ("failure", "guard")
