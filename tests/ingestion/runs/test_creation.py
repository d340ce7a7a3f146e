"""What runs are made of."""

from __future__ import annotations

import pytest
from django.utils import timezone

from ingestion.errors import ConfigurationError
from ingestion.models import IngestionRun
from ingestion.models.facts import ChangeSummary
from ingestion.runs import creation
from ingestion.runs.creation import create_run
from tests.factories import PriceListFactory, RunFactory, SourceFactory, SupplierFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("test_parsers")]


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


def test_alike_is_read_in_the_same_way():
    price_list, user = PriceListFactory(), UserFactory()
    run = create_run(price_list=price_list, config={"delimiter": ","}, is_confirmed=True)
    IngestionRun.objects.filter(pk=run.pk).update(status="success")
    alike = creation.create_alike(run, by=user, force=True, comment="once more")
    assert (alike.price_list, alike.source_config, alike.is_confirmed) == (price_list, {"delimiter": ","}, True)
    assert (alike.force, alike.comment, alike.started_by) == (True, "once more", user)


def test_what_a_click_has_done_is_on_record():
    at = timezone.now()
    supplier, user, undone = SupplierFactory(), UserFactory(), RunFactory(status="success")
    run = creation.create_done(
        IngestionRun.Kind.UNDO, supplier=supplier, undoes=undone, by=user, at=at, comment="wrong"
    )
    assert (run.kind, run.status, run.progress, run.undoes) == ("undo", "success", 100, undone)
    assert run.started_at == run.finished_at == at
    creation.sum_up(run, ChangeSummary({"removed": 2, "conflict": 1}), seconds=0.5)
    run.refresh_from_db()
    assert (run.changed_items, run.processing_seconds) == (2, 0.5)
    assert run.summed_up() == ChangeSummary({"removed": 2, "conflict": 1})
