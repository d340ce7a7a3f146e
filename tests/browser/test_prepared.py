"""Pages that wait for a worker in a real browser: they say so, go on by themselves, and can be cancelled."""

import pytest

from ingestion.models import IngestionRun, PreparedView
from tests.browser.test_mapping import settled, shoot
from tests.ingestion.views.lists import stored, table

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey")]


@pytest.fixture
def start_worker(request):
    """Starts the worker of the other tests when this one wants it."""
    return lambda: request.getfixturevalue("previewer")


def test_a_page_goes_on_by_itself_when_a_worker_comes(open_as, start_worker):
    page = open_as("Viewer")
    page.goto(f"/admin/ingestion/pricelist/{stored(table()).pk}/mapping/")
    page.wait_for_selector("[data-prepared][data-status=waiting]")
    page.wait_for_selector("text=No worker is running")
    shoot(page, "being-prepared")
    start_worker()
    page.wait_for_selector(".map-grid", timeout=60_000)
    settled(page)
    assert page.inner_text("[data-items]") == "8"


def test_a_form_goes_on_by_itself_too(open_as, start_worker):
    price_list, page = stored(table()), open_as("Staff")
    run = IngestionRun.objects.create(
        supplier=price_list.supplier,
        supplier_name="S",
        source=price_list.source,
        price_list=price_list,
        parser_type="csv",
        status="waiting",
        drift={"changes": [], "settings": {"column_mapping": {"D": "price"}}},
        created_at=price_list.received_at,
        task_id="of-a-test",
    )
    page.goto(f"/admin/ingestion/ingestionrun/{run.pk}/change/")
    page.click("text=Bind to the new columns and go on")
    page.wait_for_selector("form[data-replay] [data-status=waiting]")
    start_worker()
    page.wait_for_selector("#run-state[data-status=queued]", timeout=60_000)
    run.refresh_from_db()
    assert run.source_config["column_mapping"]["Group K"] == "price"


def test_waiting_is_cancelled_by_a_click(open_as):
    page = open_as("Viewer")
    page.goto(f"/admin/ingestion/pricelist/{stored(table()).pk}/mapping/")
    page.click("[data-cancel]")
    page.wait_for_selector("text=It was cancelled")
    page.click("[data-again]")
    page.wait_for_selector("[data-prepared][data-status=waiting]")
    assert PreparedView.objects.get().status == "waiting"


def test_without_scripts_the_page_loads_itself_again(browser, live_server, open_as, start_worker):
    cookies = open_as("Viewer").context.storage_state()
    plain = browser.new_context(base_url=live_server.url, java_script_enabled=False, storage_state=cookies)
    page = plain.new_page()
    page.goto(f"/admin/ingestion/pricelist/{stored(table()).pk}/mapping/")
    page.wait_for_selector("[data-prepared][data-status=waiting]", state="attached")
    start_worker()
    page.wait_for_selector(".map-grid", state="attached", timeout=60_000)  # the theme shows nothing without scripts
    plain.close()
