import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.models import SupplierItem
from ingestion.actions.edits_by_hand import edit_item
from ingestion.models import IngestionRun
from ingestion.pricegrid.problems import notes
from ingestion.runs.supplier_lock import work_on
from tests.factories import (
    SourceFactory,
    SupplierItemFactory,
)
from tests.forms import save
from tests.ingestion.backoffice.items.test_screen import page_of
from tests.ingestion.backoffice.pages import texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return SupplierItemFactory(name="Bolt", current_price="10.00")


def test_an_edit_by_hand_is_a_run_and_stays_on_record(reviewer, item):
    save(reviewer, page_of(item), name="Bolt M8", current_price="11")
    item.refresh_from_db()
    assert (item.name, item.current_price, item.listed) == ("Bolt M8", 11, {"name": "Bolt", "current_price": 10.0})
    assert IngestionRun.objects.get().kind == "edit"
    differing, history, *_rest, edits = reviewer.get(page_of(item)).context["sections"]
    assert [row[:3] for row in differing.table["rows"]] == [
        ["name", "Bolt M8", "Bolt"],
        ["current price", "11.00 EUR", "10.00 EUR"],
    ]
    assert len(history.table["rows"]) == 1
    assert "Bolt → Bolt M8" in str(edits.table["rows"])


def test_saving_without_a_change_is_no_edit(reviewer, item):
    save(reviewer, page_of(item))
    assert not IngestionRun.objects.exists()


@pytest.mark.parametrize("changes", [{"current_price": "-1"}, {"currency": "euro"}, {"characteristics": "[1]"}])
def test_what_an_item_cannot_have_is_refused_at_its_field(reviewer, item, changes):
    page = save(reviewer, page_of(item), **changes)
    assert list(page.context["adminform"].errors) == list(changes)


def test_one_click_follows_the_list_again(reviewer, item):
    edit_item(item, {"name": "Mine", "stock": 3}, by=None)
    follow = reverse("admin:catalog_supplieritem_follow", args=[item.pk, "name"])
    assert texts(reviewer.post(follow, follow=True)) == "Follows the list again: name."
    item.refresh_from_db()
    assert (item.name, item.stock) == ("Bolt", 3)


def test_while_a_list_goes_in_nothing_is_edited(reviewer, item):
    edit_item(item, {"stock": 3}, by=None)
    with work_on(item.supplier_id):
        page = save(reviewer, page_of(item), name="Mine")
        assert page.status_code == 302
        follow = reverse("admin:catalog_supplieritem_follow", args=[item.pk, "stock"])
        assert "try again in a moment" in texts(reviewer.post(follow, follow=True))
    assert SupplierItem.objects.get().name == "Bolt"


def test_who_may_only_look_edits_nothing(sign_in, item):
    viewer = sign_in("Viewer")
    edit_item(item, {"name": "Mine"}, by=None)
    assert "Follow the list" not in viewer.get(page_of(item)).content.decode()
    follow = reverse("admin:catalog_supplieritem_follow", args=[item.pk, "name"])
    assert viewer.post(follow).status_code == 403


def test_the_items_that_are_shown_are_exported(reviewer, item):
    SupplierItemFactory(name="=Other", supplier_sku="other")
    SupplierItem.objects.filter(pk=item.pk).update(notes=[{"code": notes.FROM.code, "params": {"value": "ab"}}])
    url = reverse("admin:catalog_supplieritem_export", args=["csv"], query={"supplier__id__exact": item.supplier_id})
    lines = b"".join(reviewer.get(url).streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith(f"{item.supplier.name},{item.supplier_sku},Bolt,10.0000,EUR")
    assert lines[1].endswith(",It is the lowest of several prices: “ab”.")
    page = reviewer.get(reverse("admin:catalog_supplieritem_changelist"), {"supplier__id__exact": item.supplier_id})
    assert url.split("?")[1] in page.content.decode()


def test_discontinued_items_are_found(reviewer, item):
    source = SourceFactory(complete_lists=9, discontinued_after=3)
    gone = {"source": source, "missing_since": timezone.now()}
    discontinued = SupplierItemFactory(**gone, missing_at_list=5)
    SupplierItemFactory(**gone, missing_at_list=9)
    found = reviewer.get(reverse("admin:catalog_supplieritem_changelist"), {"listed": "gone"})
    assert list(found.context["cl"].result_list) == [discontinued]
    assert "discontinued" in reviewer.get(page_of(discontinued)).content.decode()
