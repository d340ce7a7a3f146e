import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ingestion.models import IngestionRun, PriceList
from suppliers.models import PriceListSource
from tests.factories import PriceListFactory, SourceFactory, SupplierFactory

pytestmark = pytest.mark.django_db
UPLOAD = reverse("admin:ingestion_pricelist_add")
CSV = b"Code;Name;Price\nA1;Bolt M8;1,50\nA2;Nut M8;0,40\n"


@pytest.fixture
def staff(sign_in):
    return sign_in("Staff")


def given(name="list.csv", content=CSV, **data):
    return {"file": SimpleUploadedFile(name, content), **data}


def errors(page):
    return {name: " ".join(texts) for name, texts in page.context["form"].errors.items()}


def test_first_asks_whose_list_it_is(staff):
    supplier = SupplierFactory()
    assert list(staff.get(UPLOAD).context["form"].fields) == ["supplier"]
    assert "file" in staff.get(UPLOAD, {"supplier": supplier.pk}).context["form"].fields


def test_an_unknown_or_inactive_supplier_is_refused_at_the_field(staff):
    gone = SupplierFactory(is_active=False)
    for pk in (gone.pk, gone.pk + 1, "x", "²"):
        assert "supplier" in errors(staff.get(UPLOAD, {"supplier": pk}))
    assert staff.post(f"{UPLOAD}?supplier={gone.pk}", given()).status_code == 200
    assert not PriceList.objects.exists()


def test_a_source_that_is_no_number_asks_whose_list_it_is(staff):
    assert list(staff.get(UPLOAD, {"source": "²"}).context["form"].fields) == ["supplier"]
    add = reverse("admin:suppliers_pricelistsource_add")
    assert staff.get(add, {"supplier": "²"}).status_code == 200


def test_the_source_given_by_its_page_is_chosen(staff):
    supplier = SupplierFactory()
    SourceFactory(supplier=supplier)
    second = SourceFactory(supplier=supplier)
    form = staff.get(UPLOAD, {"source": second.pk}).context["form"]
    assert form.fields["source"].queryset.count() == 2
    assert str(form["source"].value()) == str(second.pk)


def test_an_upload_becomes_a_run_in_the_queue_and_leads_to_its_page(staff):
    source = SourceFactory()
    answer = staff.post(f"{UPLOAD}?supplier={source.supplier_id}", given(source=source.pk), follow=True)
    run = IngestionRun.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("admin:ingestion_ingestionrun_change", args=[run.pk])
    assert (run.source, run.status, run.price_list.original_name) == (source, "queued", "list.csv")
    assert run.started_by is not None
    assert "was received and waits in the queue" in str(next(iter(answer.context["messages"])))


def test_a_supplier_without_a_source_gets_one(staff):
    supplier = SupplierFactory()
    staff.post(f"{UPLOAD}?supplier={supplier.pk}", given(force="on"))
    assert PriceListSource.objects.get().supplier == supplier
    assert IngestionRun.objects.get().force


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.xlsx", b"", "empty"),
        ("photo.xlsx", b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "picture"),
    ],
)
def test_what_cannot_be_a_list_is_refused_at_the_field(staff, name, content, words):
    supplier = SupplierFactory()
    page = staff.post(f"{UPLOAD}?supplier={supplier.pk}", given(name, content))
    assert words in errors(page)["file"].lower()
    assert not PriceList.objects.exists()


def test_a_file_over_the_limit_is_refused_at_the_field(staff, settings):
    settings.PRICE_LIST_MAX_BYTES = 10
    page = staff.post(f"{UPLOAD}?supplier={SupplierFactory().pk}", given())
    assert "more than" in errors(page)["file"]


def test_no_file_is_refused_at_the_field(staff):
    assert "file" in errors(staff.post(f"{UPLOAD}?supplier={SupplierFactory().pk}", {}))


def test_another_suppliers_source_cannot_be_chosen(staff):
    page = staff.post(f"{UPLOAD}?supplier={SourceFactory().supplier_id}", given(source=SourceFactory().pk))
    assert "source" in errors(page)


def test_wrong_settings_of_the_source_are_said_on_the_form(staff):
    source = SourceFactory(config={"header_row": "first"})
    page = staff.post(f"{UPLOAD}?source={source.pk}", given(source=source.pk))
    assert "header_row" in errors(page)["__all__"]
    assert not PriceList.objects.exists()


def workbook_bytes() -> bytes:
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0].append(["Code", "Name", "Price"])
    book.save(content)
    return content.getvalue()


def test_a_workbook_goes_in(staff):
    staff.post(f"{UPLOAD}?supplier={SupplierFactory().pk}", given("list.xlsx", workbook_bytes()))
    assert IngestionRun.objects.get().parser_type == "excel"


def test_uploading_needs_its_permission(sign_in):
    assert sign_in("Viewer").get(UPLOAD).status_code == 403
    assert sign_in("Viewer").post(UPLOAD, given()).status_code == 403
    assert sign_in("Viewer").get(reverse("admin:ingestion_pricelist_changelist")).status_code == 200


def test_the_file_is_downloaded_as_it_came_and_never_shown(sign_in):
    price_list = PriceListFactory(original_name="Прайс <1>.csv")
    url = reverse("admin:ingestion_pricelist_file", args=[price_list.pk])
    answer = sign_in("Viewer").get(url)
    assert b"".join(answer.streaming_content) == b"code;name;price\nA1;Bolt;1.50\n"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")
    assert sign_in().get(url).status_code == 403


def test_the_page_of_a_list_shows_its_runs(sign_in):
    price_list = PriceListFactory()
    page = sign_in("Viewer").get(reverse("admin:ingestion_pricelist_change", args=[price_list.pk]))
    assert page.context["sections"][0].table["rows"] == []
    assert "Download" in page.content.decode()
