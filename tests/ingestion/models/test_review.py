"""What people decided about rows that failed."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.utils import timezone

from ingestion.models import Correction, IgnoredCause
from tests.factories import SourceFactory

pytestmark = pytest.mark.django_db


def test_a_cell_has_one_correction():
    cell = {"source": SourceFactory(), "sha256": "0" * 64, "sheet": "A", "row_number": 2, "column": "C"}
    correction = Correction.objects.create(**cell, value="1", at=timezone.now())
    assert str(correction) == "A C2: 1"
    with pytest.raises(IntegrityError, match="correction_one_per_cell"):
        Correction.objects.create(**cell, value="2", at=timezone.now())


def test_a_cause_is_ignored_once_in_a_source():
    source = SourceFactory()
    IgnoredCause.objects.create(source=SourceFactory(), cause="no price", at=timezone.now())
    assert str(IgnoredCause.objects.create(source=source, cause="no price", at=timezone.now())) == "no price"
    with pytest.raises(IntegrityError, match="ignored_cause_once_per_source"):
        IgnoredCause.objects.create(source=source, cause="no price", at=timezone.now())
