"""A currency that nothing says is asked for once."""

import pytest

from ingestion.actions.currencies import KeptWith, set_currency
from ingestion.errors import ConfigurationError
from ingestion.models import IngestionRun, ParsingLog
from tests.factories import ParsingLogFactory, RunFactory, SourceFactory, SupplierFactory, UserFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey")]


@pytest.fixture
def waiting():
    source = SourceFactory(supplier=SupplierFactory(default_currency=""))
    return RunFactory(status="waiting", waits_for="currency", source=source, supplier=source.supplier)


def test_the_run_goes_on_and_its_question_is_no_error_any_more(waiting):
    ParsingLogFactory(run=waiting)
    [run] = set_currency(waiting, "PLN", kept_with=KeptWith.SUPPLIER, by=UserFactory(username="ada"))
    assert (run.status, run.comment) == ("queued", "ada says that the prices are in PLN.")
    assert not ParsingLog.objects.exists()


def test_only_runs_of_the_source_go_on_where_it_is_kept_with_that(waiting):
    other = RunFactory(
        status="waiting", waits_for="currency", source=SourceFactory(supplier=waiting.supplier),
        supplier=waiting.supplier,
    )  # fmt: skip
    assert set_currency(waiting, "PLN", kept_with=KeptWith.SOURCE, by=UserFactory()) == [waiting]
    assert list(IngestionRun.objects.waiting()) == [other]


def test_a_run_without_a_source_cannot_keep_it_there(waiting):
    IngestionRun.objects.update(source=None)
    waiting.refresh_from_db()
    with pytest.raises(ConfigurationError, match="was deleted"):
        set_currency(waiting, "PLN", kept_with=KeptWith.SOURCE, by=UserFactory())


def test_nothing_is_kept_of_an_answer_that_comes_too_late(waiting):
    IngestionRun.objects.update(status="cancelled")
    with pytest.raises(ConfigurationError, match="answered this run meanwhile"):
        set_currency(waiting, "PLN", kept_with=KeptWith.SUPPLIER, by=UserFactory())
    waiting.supplier.refresh_from_db()
    assert waiting.supplier.default_currency == ""


def test_another_question_is_not_answered_by_a_currency(waiting):
    IngestionRun.objects.update(waits_for="mapping")
    waiting.refresh_from_db()
    with pytest.raises(ConfigurationError, match="does not wait for a currency"):
        set_currency(waiting, "PLN", kept_with=KeptWith.SUPPLIER, by=UserFactory())
