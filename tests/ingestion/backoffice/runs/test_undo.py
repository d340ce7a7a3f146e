import pytest

from catalog.models import SupplierItem
from ingestion.actions.edits_by_hand import edit_item
from ingestion.models import IngestionRun
from ingestion.runs.supplier_lock import work_on
from tests.factories import ChangeFactory, RunFactory, SupplierItemFactory
from tests.ingestion.backoffice.pages import run_url, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    """A run that raised the prices of two items, one of which a person has changed since."""
    run = RunFactory(status="success", summary={"buckets": {"price_up": 2}})
    items = SupplierItemFactory.create_batch(2, supplier=run.supplier, current_price="12.50")
    for item in items:
        ChangeFactory(run=run, item=item, item_id=item.pk, supplier_sku=item.supplier_sku)
    edit_item(items[1], {"current_price": 13}, by=None)
    return run


def test_says_beforehand_what_it_would_do(reviewer, run):
    assert "Undo this run" in reviewer.get(run_url("change", run)).content.decode()
    page = reviewer.get(run_url("undo", run))
    assert (page.context["plan"].restored, page.context["plan"].conflict_count) == (1, 1)
    [(item, _name, why)] = page.context["conflicts"]
    assert (run.changes.last().supplier_sku in item, why) == (True, "a person changed it")
    assert sorted(SupplierItem.objects.values_list("current_price", flat=True)) == [12.5, 13]


def test_does_it_and_leaves_the_conflicts_alone(reviewer, run):
    page = reviewer.post(run_url("undo", run), {"comment": "wrong list"}, follow=True)
    undone = IngestionRun.objects.get(kind="undo")
    assert texts(page) == f"Run #{run.pk} was undone by run #{undone.pk}. 1 conflict was left alone."
    assert undone.comment == "wrong list"
    assert sorted(SupplierItem.objects.values_list("current_price", flat=True)) == [10, 13]
    page = page.content.decode()
    assert "Undo the undo" in page
    assert "wrong list" in page
    assert f">#{undone.pk}</a>" in reviewer.get(run_url("change", run)).content.decode()


def test_what_is_undone_cannot_be_undone_again(reviewer, run):
    reviewer.post(run_url("undo", run))
    page = reviewer.post(run_url("undo", run), follow=True)
    assert f"Run #{run.pk} cannot be undone." in texts(page)
    assert IngestionRun.objects.filter(kind="undo").count() == 1


def test_while_a_list_goes_in_nothing_is_undone(reviewer, run):
    with work_on(run.supplier_id):
        page = reviewer.post(run_url("undo", run), follow=True)
    assert "try again in a moment" in texts(page)


@pytest.mark.parametrize("role", ["Viewer", "Staff"])
def test_who_may_not_undo_is_not_offered_it(sign_in, run, role):
    client = sign_in(role)
    assert "Undo this run" not in client.get(run_url("change", run)).content.decode()
    assert client.get(run_url("undo", run)).status_code == 403
    assert client.post(run_url("undo", run)).status_code == 403
    assert not IngestionRun.objects.filter(kind="undo").exists()
