import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ingestion.models import IngestionRun
from suppliers.models import Supplier
from tests.factories import PriceListFactory, RunFactory, SourceFactory
from tests.ingestion.backoffice.pages import run_url, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def dry_run():
    price_list = PriceListFactory()
    return RunFactory(source=price_list.source, price_list=price_list, dry_run=True, status="success", revision=0)


def test_an_upload_can_be_a_dry_run(sign_in):
    source = SourceFactory()
    file = SimpleUploadedFile("list.csv", b"code;name;price\nA1;Bolt;1.50\n")
    address = reverse("admin:ingestion_pricelist_add", query={"source": source.pk})
    sign_in("Staff").post(address, {"source": source.pk, "file": file, "dry_run": "1"})
    assert IngestionRun.objects.get().dry_run


def test_a_source_is_run_dry_from_its_page_and_from_the_list(sign_in):
    staff, sources = sign_in("Staff"), [PriceListFactory().source for _ in range(2)]
    ingest = reverse("admin:suppliers_pricelistsource_ingest", args=[sources[0].pk])
    staff.post(f"{ingest}?dry_run=1")
    data = {"action": "dry_run_chosen", ACTION_CHECKBOX_NAME: [sources[1].pk]}
    staff.post(reverse("admin:suppliers_pricelistsource_changelist"), data)
    assert list(IngestionRun.objects.values_list("dry_run", flat=True)) == [True, True]


def test_a_run_is_repeated_dry(sign_in):
    run = RunFactory(status="success", price_list=PriceListFactory())
    sign_in("Staff").post(f"{run_url('again', run)}?dry_run=1")
    assert IngestionRun.objects.get(status="queued").dry_run


def test_one_click_applies_it(sign_in, dry_run):
    staff = sign_in("Staff")
    assert "Apply it now" in staff.get(run_url("change", dry_run)).content.decode()
    page = staff.post(run_url("apply", dry_run), follow=True)
    applied = IngestionRun.objects.get(applies=dry_run)
    assert texts(page) == f"Run #{applied.pk} applies the dry run."
    assert not applied.dry_run
    page = staff.get(run_url("change", dry_run)).content.decode()
    assert "Apply it now" not in page
    assert "Applied by" in page


def test_it_is_computed_again_where_the_catalog_has_changed(sign_in, dry_run):
    Supplier.objects.update(revision=1)
    page = sign_in("Staff").post(run_url("apply", dry_run), follow=True)
    assert "The catalog has changed since" in texts(page)
    assert IngestionRun.objects.get(status="queued").dry_run


def test_a_run_that_is_no_dry_run_is_not_applied(sign_in):
    run = RunFactory(status="success", price_list=PriceListFactory())
    page = sign_in("Staff").post(run_url("apply", run), follow=True)
    assert "is not a dry run" in texts(page)


def test_who_may_not_start_runs_applies_none(sign_in, dry_run):
    viewer = sign_in("Viewer")
    assert viewer.post(run_url("apply", dry_run)).status_code == 403
    assert "Apply it now" not in viewer.get(run_url("change", dry_run)).content.decode()
    assert sign_in("Staff").get(run_url("apply", dry_run)).status_code == 405
