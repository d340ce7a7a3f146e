"""Prepared views."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.utils import timezone

from ingestion.models import PreparedView

pytestmark = pytest.mark.django_db


def view(kind: str = "grid", key: str = "k") -> PreparedView:
    now = timezone.now()
    return PreparedView.objects.create(kind=kind, key=key, asked_at=now, rung_at=now, expires_at=now)


def test_is_there_once():
    view()
    view(kind="trial")
    with pytest.raises(IntegrityError, match="prepared_view_once"):
        view()


def test_waits_at_first():
    made = view()
    assert (made.status, made.is_open, str(made)) == ("waiting", True, f"grid #{made.pk}")
