"""What is remembered of a source's last list, and what that does."""

from __future__ import annotations

import pytest

from ingestion.lists import sources
from ingestion.models import IngestionRun
from ingestion.models.facts import ColumnUnderstood, SheetUnderstood, Understanding
from ingestion.models.states import RunStatus
from tests.factories import PriceListFactory, RunFactory, SourceFactory

pytestmark = pytest.mark.django_db


def understanding(*columns: tuple[str, str]) -> Understanding:
    found = tuple(ColumnUnderstood(letter="A", header=header, field=field) for header, field in columns)
    return Understanding("full", sheets=(SheetUnderstood("List", chosen=True, columns=found),))


def stored(source, *columns, status=RunStatus.SUCCESS):
    price_list = PriceListFactory(source=source, supplier=source.supplier)
    return RunFactory(
        source=source, price_list=price_list, status=status, understanding=understanding(*columns).to_json()
    )


def test_the_keys_of_the_last_stored_list():
    source = SourceFactory()
    stored(source, ("Price", "price"))
    last = stored(source, ("Net", "price"), ("Item", "name"), ("Colour", "characteristic"))
    stored(source, ("Gross", "price"), status=RunStatus.FAILURE)
    assert sources.earlier_columns(source, None) == {"Net": "price", "Item": "name", "Colour": "characteristic"}
    assert sources.hints_of(last).earlier_columns == {"Price": "price"}  # as when it was read
    assert sources.hints_of(IngestionRun()).earlier_columns == {}


def test_headers_of_several_meanings_say_nothing():
    found = understanding(("Price", "price"), ("Price", "retail_price"), ("", "name"), ("Code", "supplier_sku"))
    assert found.by_header() == {"Code": "supplier_sku"}
