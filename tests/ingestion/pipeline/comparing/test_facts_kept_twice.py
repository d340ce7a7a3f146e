"""Items of a time when facts stood among the characteristics, too, lose them with their next change, and only then."""

import pytest
from django.utils import timezone

from catalog.models import SupplierItem
from ingestion.actions.undo import undo
from tests.factories import SourceFactory
from tests.ingestion.views.test_explain_item import take_in, text

pytestmark = pytest.mark.django_db(transaction=True)
OLD = {"Brand": "Acme", "EAN": "4006381333931", "Weight kg": "0,5", "MOQ": "2", "Colour": "red"}


@pytest.fixture
def source():
    """With eight items, taken in before."""
    source = SourceFactory(supplier__default_currency="EUR")
    take_in(source, text())
    SupplierItem.objects.update(characteristics=OLD)
    return source


def characteristics() -> list[dict[str, str]]:
    return list(SupplierItem.objects.order_by("id").values_list("characteristics", flat=True))


def test_the_same_list_again_changes_nothing(source):
    run = take_in(source, text())
    assert (run.changed_items, run.unchanged_items) == (0, 8)
    assert characteristics() == [OLD] * 8


def test_another_characteristic_is_a_change_and_tidies_up(source):
    run = take_in(source, text(colour="blue"))
    assert run.changed_items == 8
    assert characteristics() == [{"Colour": "blue"}] * 8


def test_a_fact_that_changed_leaves_no_old_text_behind_and_comes_back_with_an_undo(source):
    run = take_in(source, text(weight="0,6"))
    assert characteristics() == [{"Colour": "red"}] * 8
    undo(run, by=None, at=timezone.now())
    assert characteristics() == [OLD] * 8
