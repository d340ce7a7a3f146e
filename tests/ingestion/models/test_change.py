"""Changes and those of them that are held."""

from __future__ import annotations

import pytest

from ingestion.models import Change, HeldChange
from tests.factories import ChangeFactory

pytestmark = pytest.mark.django_db


def test_name():
    assert str(ChangeFactory(supplier_sku="A1", kind="price_up")) == "A1: Price up"


def test_a_change_goes_with_its_run():
    change = ChangeFactory()
    change.run.delete()
    assert not Change.objects.exists()


def test_held_changes_are_the_same_rows():
    change = ChangeFactory(state="held")
    assert HeldChange.objects.get().pk == change.pk
