"""Received files."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from ingestion.models import FileState, FileSweep, PriceList
from tests.factories import PriceListFactory

pytestmark = pytest.mark.django_db


def test_the_newest_comes_first():
    now = timezone.now()
    old, new = (PriceListFactory(received_at=now - timedelta(days=days)) for days in (1, 0))
    assert list(PriceList.objects.all()) == [new, old]


def test_a_list_is_whole_until_somebody_has_looked():
    price_list = PriceListFactory()
    assert price_list.file_state == FileState.WHOLE
    assert str(price_list) == "list.csv"


def test_a_list_outlives_its_source():
    price_list = PriceListFactory()
    price_list.source.delete()
    price_list.refresh_from_db()
    assert price_list.source is None


def test_the_last_sweep_comes_first():
    now = timezone.now()
    sweeps = [
        FileSweep.objects.create(at=now - timedelta(days=days), files=0, orphans=0, temporary=0, removed_bytes=0)
        for days in (1, 0)
    ]
    assert FileSweep.objects.first() == sweeps[1]
