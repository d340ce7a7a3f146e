"""Runs: what they are made of, and which moves they may make."""

from __future__ import annotations

import pytest
from django.utils import timezone

from ingestion.errors import ConfigurationError, NetworkError, ParserError
from ingestion.lists import sources
from ingestion.models import IngestionRun, ParsingLog
from ingestion.runs import life_cycle
from ingestion.runs.life_cycle import RunMoved, create_run
from tests.factories import PriceListFactory, RunFactory, SourceFactory, SupplierFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("test_parsers")]

Status = IngestionRun.Status


class TestCreate:
    def test_of_a_source_takes_its_newest_list(self):
        source = SourceFactory(config={"delimiter": ";"})
        PriceListFactory(source=source)
        newest = PriceListFactory(source=source)
        user = UserFactory()
        run = create_run(source=source, by=user, force=True)
        assert (run.price_list, run.supplier, run.started_by) == (newest, source.supplier, user)
        assert (run.parser_type, run.source_config, run.force, run.status) == (
            "csv",
            {"delimiter": ";"},
            True,
            "queued",
        )
        assert run.supplier_name == source.supplier.name

    def test_of_a_sheet_has_no_list_yet(self):
        address = "https://docs.google.com/spreadsheets/d/1234567890123456789012345678901234567890abcd/edit"
        run = create_run(source=SourceFactory(kind="google_sheet", sheet_url=address, sheet_name="Prices"))
        assert run.parser_type == "google_sheets"
        assert run.price_list is None
        assert run.source_config == {"sheet_url": address, "sheet_name": "Prices"}

    def test_given_settings_win(self):
        price_list = PriceListFactory(source=SourceFactory(config={"delimiter": ";"}))
        assert create_run(price_list=price_list, config={"delimiter": ","}).source_config == {"delimiter": ","}

    def test_source_without_a_list(self):
        with pytest.raises(ConfigurationError, match="no price list yet"):
            create_run(source=SourceFactory())

    def test_wrong_settings(self):
        with pytest.raises(ConfigurationError):
            create_run(price_list=PriceListFactory(source=SourceFactory(config={"header_row": "first"})))

    def test_nobody_s_list(self):
        with pytest.raises(ConfigurationError, match="was deleted"):
            create_run(price_list=PriceListFactory(source=None, supplier=None))

    def test_parser_of_the_source_wins(self):
        source = SourceFactory(parser_type="test_list")
        assert create_run(price_list=PriceListFactory(source=source)).parser_type == "test_list"


class TestMoves:
    def test_put_back_counts(self, at):
        run = RunFactory(status=Status.RUNNING)
        assert life_cycle.put_back(run, NetworkError("away"), at=at)
        assert (run.status, run.retry_count, run.error_type) == (Status.QUEUED, 1, "NetworkError")

    def test_put_back_once_too_often(self, at):
        run = RunFactory(status=Status.RUNNING, retry_count=3)
        assert not life_cycle.put_back(run, NetworkError("away"), at=at)
        assert run.status == Status.FAILURE

    def test_failure_is_on_record(self, at):
        run = RunFactory(status=Status.QUEUED)
        life_cycle.fail(run, ParserError("no"), at=at)
        assert run.error_counts == {"ParserError": {"count": 1, "sample": "no"}}
        assert ParsingLog.objects.get().run == run

    @pytest.mark.parametrize("status", [Status.SUCCESS, Status.FAILURE, Status.CANCELLED])
    def test_what_has_ended_stays_ended(self, status, at):
        run = RunFactory(status=status)
        with pytest.raises(RunMoved):
            life_cycle.start(run, at=at)
        with pytest.raises(RunMoved):
            life_cycle.fail(run, ParserError("no"), at=at)
        with pytest.raises(RunMoved):
            life_cycle.finish(run, status=Status.SUCCESS, seconds=1, at=at)
        assert not ParsingLog.objects.exists()

    def test_cancel_without_a_name(self):
        run = RunFactory()
        life_cycle.cancel(run)
        assert (run.status, run.message) == (Status.CANCELLED, "Cancelled.")


class TestSources:
    def test_upload_source_is_found_again(self):
        supplier = SupplierFactory()
        source = sources.upload_source(supplier)
        assert source.supplier == supplier
        assert sources.upload_source(supplier) == source

    def test_sheet_source_is_known_by_address_and_tab(self):
        supplier = SupplierFactory()
        first = sources.sheet_source(supplier, "https://sheets.example/1")
        assert sources.sheet_source(supplier, "https://sheets.example/1") == first
        assert sources.sheet_source(supplier, "https://sheets.example/1", "Old") != first

    def test_names_that_are_taken(self):
        supplier = SupplierFactory()
        SourceFactory(supplier=supplier, name="price LIST", is_active=False)
        assert sources.upload_source(supplier).name == "Price list 2"
        names = [sources.sheet_source(supplier, f"https://sheets.example/{n}").name for n in range(3)]
        assert names == ["Google Sheet", "Google Sheet 2", "Google Sheet 3"]

    def test_hints(self):
        source = SourceFactory(decimal_sign=",", zero_is_price=True)
        hints = sources.hints_of(RunFactory(source=source))
        assert (hints.default_currency, hints.default_decimal_sign, hints.zero_is_price) == ("EUR", ",", True)

    def test_nothing_known(self):
        hints = sources.hints_of(IngestionRun())
        assert (hints.default_currency, hints.default_decimal_sign, hints.zero_is_price) == (None, None, False)
        assert sources.config_of(None) == {}


@pytest.fixture
def at():
    return timezone.now()
