import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from ingestion.models import IngestionRun
from suppliers.models import PriceListSource
from tests.factories import (
    PriceListFactory,
    RunFactory,
    SourceFactory,
    SupplierFactory,
)
from tests.ingestion.backoffice.pages import texts

pytestmark = pytest.mark.django_db
LIST = reverse("admin:suppliers_pricelistsource_changelist")
ADD = reverse("admin:suppliers_pricelistsource_add")
SHEET = "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg/edit"


@pytest.fixture
def staff(sign_in):
    return sign_in("Staff")


def page_of(source):
    return reverse("admin:suppliers_pricelistsource_change", args=[source.pk])


def form(**changes):
    return {
        "supplier": SupplierFactory().pk,
        "name": "Weekly",
        "kind": "upload",
        "is_active": "on",
        "config": "{}",
        "decimal_sign": "",
        "discontinued_after": "3",
        **changes,
    }


def test_registers_an_upload_source_and_a_sheet(staff):
    assert staff.post(ADD, form()).status_code == 302
    assert staff.post(ADD, form(kind="google_sheet", sheet_url=SHEET, sheet_name="Prices")).status_code == 302
    assert staff.post(ADD, form(name="Without settings", config="")).status_code == 302
    assert list(PriceListSource.objects.values_list("config", flat=True)) == [{}, {}, {}]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "google_sheet"}, "sheet_url"),
        ({"kind": "google_sheet", "sheet_url": "https://example.com/list"}, "sheet_url"),
        ({"kind": "google_sheet", "sheet_url": "no address"}, "sheet_url"),
        ({"config": '{"header_row": "first"}', "parser_type": "csv"}, "config"),
        ({"config": "{"}, "config"),
        ({"config": "[1]"}, "config"),
        ({"parser_type": "unheard-of"}, "parser_type"),
    ],
)
def test_what_could_only_fail_later_is_refused_at_its_field(staff, changes, field):
    page = staff.post(ADD, form(**changes))
    assert list(page.context["adminform"].errors) == [field]


def test_ingest_now_takes_the_newest_list_of_chosen_sources(staff):
    sources = [PriceListFactory().source, PriceListFactory().source]
    data = {"action": "ingest_chosen", ACTION_CHECKBOX_NAME: [source.pk for source in sources]}
    assert texts(staff.post(LIST, data, follow=True)) == "2 runs put on the queue."
    assert set(IngestionRun.objects.values_list("source", "status")) == {(source.pk, "queued") for source in sources}


def test_ingest_now_says_what_was_refused_and_why(staff):
    empty, inactive, busy = SourceFactory(name="Empty"), SourceFactory(is_active=False), PriceListFactory().source
    staff.post(reverse("admin:suppliers_pricelistsource_ingest", args=[busy.pk]), follow=True)
    data = {"action": "ingest_chosen", ACTION_CHECKBOX_NAME: [source.pk for source in (empty, inactive, busy)]}
    text = texts(staff.post(LIST, data, follow=True))
    assert text.startswith("0 runs put on the queue.")
    for reason in ("has no price list yet", "is not active", "is under way already"):
        assert reason in text


def test_ingest_now_on_the_page_leads_to_the_run(staff):
    source = SourceFactory(kind="google_sheet", sheet_url=SHEET)
    url = reverse("admin:suppliers_pricelistsource_ingest", args=[source.pk])
    answer = staff.post(url, follow=True)
    run = IngestionRun.objects.get()
    assert (run.source, run.parser_type, run.price_list) == (source, "google_sheets", None)
    assert answer.redirect_chain[-1][0] == reverse("admin:ingestion_ingestionrun_change", args=[run.pk])
    assert "is under way already" in texts(staff.post(url, follow=True))


def test_a_viewer_sees_sources_and_starts_nothing(sign_in):
    source, viewer = PriceListFactory().source, sign_in("Viewer")
    context = viewer.get(page_of(source)).context
    assert context["buttons"] == []
    assert [str(each.label) for each in context["links"]] == ["Preview and mapping"]
    assert viewer.post(reverse("admin:suppliers_pricelistsource_ingest", args=[source.pk])).status_code == 403
    viewer.post(LIST, {"action": "ingest_chosen", ACTION_CHECKBOX_NAME: [source.pk]})
    assert not IngestionRun.objects.exists()


def test_the_page_of_a_source_shows_its_last_runs_and_the_upload(staff):
    run = RunFactory(status="success", successful_rows=7, total_rows=7)
    page = staff.get(page_of(run.source))
    assert page.context["sections"][0].table["rows"][0][7] == 7
    assert [link.url for link in page.context["links"]] == [
        f"{reverse('admin:ingestion_pricelist_add')}?source={run.source_id}"
    ]


def test_the_list_costs_the_same_however_many_sources(staff, django_assert_max_num_queries):
    SourceFactory.create_batch(20)
    with django_assert_max_num_queries(8):
        staff.get(LIST)
