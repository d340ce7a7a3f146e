"""The main job in a real browser: a price list goes in, a reviewed product comes out."""

import pytest

from catalog.models import Product
from ingestion.models import IngestionRun
from tests.factories import ProductFactory, SupplierFactory
from tests.ingestion.serving import work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = (
    "Nordwind GmbH, list of week 12\n"
    "Code;Name;Price EUR;Stock\n"
    "N-1;Hammer drill 500 W;49,90;5\n"
    "N-2;Circular saw 1200 W;89,00;+\n"
    "N-3;Claw hammer;call us;+\n"
)


@pytest.fixture
def price_list(tmp_path):
    file = tmp_path / "week 12.csv"
    file.write_text(LIST)
    return file


def test_a_price_list_goes_in_and_a_reviewed_product_comes_out(open_as, price_list):
    supplier = SupplierFactory(name="Nordwind GmbH")
    page = open_as("Reviewer")
    page.goto(f"/admin/suppliers/supplier/{supplier.pk}/change/")
    page.click("text=Upload price list")
    page.set_input_files("input[type=file]", price_list)
    page.click("text=Upload and ingest")
    page.wait_for_selector("#run-state[data-status=queued]")
    work()
    page.wait_for_selector("#run-state[data-status=partial_success]")
    assert "rows failed\n1" in page.inner_text("#run-state").lower()

    page.click("text=Validation error")
    assert "call us" in page.inner_text("#result_list")

    page.goto(f"/admin/ingestion/ingestionrun/{IngestionRun.objects.get().pk}/change/")
    page.click("text=Review 2 new drafts")
    page.check("#action-toggle")
    page.select_option("select[name=action]", "promote")
    page.click("button[name=index]")
    page.wait_for_selector("text=2 promoted.")
    assert set(Product.objects.values_list("status", flat=True)) == {"active"}


def test_a_file_that_is_no_list_is_refused_on_the_form(open_as, tmp_path):
    supplier = SupplierFactory()
    picture = tmp_path / "list.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    page = open_as("Staff")
    page.goto(f"/admin/ingestion/pricelist/add/?supplier={supplier.pk}")
    page.set_input_files("input[type=file]", picture)
    page.click("text=Upload and ingest")
    assert "picture" in page.inner_text(".errorlist, [class*=error]").lower()
    assert not IngestionRun.objects.exists()


def test_promotes_all_of_all_pages(open_as):
    ProductFactory.create_batch(103)
    page = open_as("Reviewer")
    page.goto("/admin/catalog/draftproduct/")
    page.check("#action-toggle")
    page.click("text=Select all 103 draft products")
    page.select_option("select[name=action]", "promote")
    page.click("button[name=index]")
    page.wait_for_selector("text=103 promoted.")
    assert not Product.objects.awaiting_review().exists()


def test_the_supplier_of_an_upload_is_chosen_by_typing(open_as):
    SupplierFactory(name="Acme")
    SupplierFactory(name="Nordwind")
    page = open_as("Staff")
    page.goto("/admin/ingestion/pricelist/add/")
    page.click(".select2-selection")
    page.fill(".select2-search__field", "nord")
    page.click(".select2-results__option >> text=Nordwind")
    page.click("text=Next")
    page.wait_for_selector("text=Upload a price list of Nordwind")
