import pytest
from django.urls import reverse

from ingestion.actions.edits_by_hand import edit_item
from tests.factories import ChangeFactory, PriceHistoryFactory, PriceListFactory, RunFactory, SupplierItemFactory
from tests.ingestion.backoffice.items.test_screen import page_of
from tests.ingestion.prepared import shown

pytestmark = pytest.mark.django_db


def explain_url(price):
    return reverse("admin:catalog_pricehistory_explain", args=[price.pk])


@pytest.fixture
def item():
    return SupplierItemFactory(name="Bolt", current_price="10.00")


def test_a_price_is_explained_down_to_its_cell(sign_in, item):
    columns = [{"letter": "C", "header": "price", "field": "price", "confidence": 1, "reason": "A usual header."}]
    sheet = {"sheet": "", "chosen": True, "columns": columns, "header_rows": [1], "currency": "EUR"}
    run = RunFactory(status="success", price_list=PriceListFactory(), understanding={"sheets": [sheet]})
    price = PriceHistoryFactory(supplier_item=item, price="1.50", run_id=run.pk, row_number=2)
    viewer = sign_in("Viewer")
    page = shown(lambda: viewer.get(explain_url(price)))
    facts = dict(page.context["facts"])
    assert (facts["place"], facts["what the cell says"]) == ("row 2, column C (price)", "1.50")
    assert "list.csv" in facts["file"]
    assert 'rev-cell">1.50' in page.content.decode()
    assert sign_in().get(explain_url(price)).status_code == 403


def test_a_price_that_was_accepted_or_set_by_hand_says_so(reviewer, item):
    held_by = RunFactory(status="success", supplier=item.supplier)
    decision = RunFactory(status="success", kind="decision", supplier=item.supplier, comment="with VAT")
    origin = ChangeFactory(run=held_by, item_id=item.pk, kind="held", state="accepted")
    ChangeFactory(run=decision, item_id=item.pk, origin=origin)
    facts = dict(
        reviewer.get(explain_url(PriceHistoryFactory(supplier_item=item, run_id=decision.pk))).context["facts"]
    )
    assert "with VAT" in facts["accepted by"]
    edit_item(item, {"current_price": 12}, by=None)
    by_hand = item.price_history.get(price=12)
    assert "by hand" in dict(reviewer.get(explain_url(by_hand)).context["facts"])["how it was read"]


def test_a_price_that_nobody_remembers_and_one_that_was_withdrawn(reviewer, item):
    price = PriceHistoryFactory(supplier_item=item, run_id=10**9, withdrawn_by_run_id=77)
    page = reviewer.get(explain_url(price))
    assert "not on record" in dict(page.context["facts"])["note"]
    assert "#77" in dict(page.context["facts"])["withdrawn"]
    assert "#77" in reviewer.get(page_of(item)).content.decode()
    assert "#77" in reviewer.get(reverse("admin:catalog_pricehistory_changelist")).content.decode()


def test_the_history_is_filtered_by_supplier(reviewer):
    price = PriceHistoryFactory()
    PriceHistoryFactory()
    query = {"supplier_item__supplier__id__exact": price.supplier_item.supplier_id}
    page = reviewer.get(reverse("admin:catalog_pricehistory_changelist"), query)
    assert list(page.context["cl"].result_list) == [price]
