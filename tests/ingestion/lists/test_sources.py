"""Which source a list belongs to, and what the source knows of it."""

from __future__ import annotations

import pytest

from ingestion.lists import sources
from ingestion.models import IngestionRun
from tests.factories import RunFactory, SourceFactory, SupplierFactory

pytestmark = pytest.mark.django_db


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
