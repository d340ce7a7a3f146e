"""One input answers a run that waits for the currency of its prices."""

import pytest

from ingestion.models import IngestionRun
from tests.factories import PriceListFactory, RunFactory, SourceFactory, SupplierFactory
from tests.ingestion.backoffice.pages import run_url, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting():
    source = SourceFactory(supplier=SupplierFactory(default_currency=""))
    return RunFactory(
        status="waiting", waits_for="currency", source=source, supplier=source.supplier, message="Which currency?",
        price_list=PriceListFactory(source=source, supplier=source.supplier),
    )  # fmt: skip


def answer(client, run, **said):
    return client.post(run_url("currency", run), {"currency": "pln", "kept_with": "supplier", **said}, follow=True)


def test_the_page_has_one_input(sign_in, waiting):
    SupplierFactory(default_currency="CZK")
    page = sign_in("Staff").get(run_url("change", waiting))
    text = page.content.decode()
    assert run_url("currency", waiting) in text
    assert '<option value="CZK">' in text
    assert [button.label for button in page.context["buttons"]] == ["Cancel"]
    assert run_url("currency", waiting) not in sign_in("Viewer").get(run_url("change", waiting)).content.decode()


@pytest.mark.parametrize("kept_with", ["supplier", "source"])
def test_the_answer_is_kept_where_the_person_says(sign_in, waiting, kept_with):
    page = answer(sign_in("Staff"), waiting, kept_with=kept_with)
    assert texts(page) == "The currency is kept, and the run goes on."
    waiting.refresh_from_db()
    assert (waiting.status, "PLN" in waiting.comment) == ("queued", True)
    kept = {"supplier": waiting.supplier.default_currency, "source": waiting.source.default_currency}
    assert kept == {"supplier": "", "source": "", kept_with: "PLN"}


def test_other_runs_that_wait_for_the_same_go_on_too(sign_in, waiting):
    more = RunFactory(status="waiting", waits_for="currency", source=waiting.source, supplier=waiting.supplier)
    other = RunFactory(status="waiting", waits_for="currency")
    assert texts(answer(sign_in("Staff"), waiting)) == "The currency is kept, and 2 runs go on."
    assert set(IngestionRun.objects.queued()) == {waiting, more}
    assert other in IngestionRun.objects.waiting()


@pytest.mark.parametrize("currency", ["", "euro", "E1R"])
def test_what_is_no_currency_is_refused(sign_in, waiting, currency):
    page = answer(sign_in("Staff"), waiting, currency=currency)
    assert "three capital letters" in texts(page)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.supplier.default_currency) == ("waiting", "")


def test_who_comes_second_overwrites_nothing(sign_in, waiting):
    staff = sign_in("Staff")
    answer(staff, waiting)
    assert "answered this run meanwhile" in texts(answer(staff, waiting))
    assert "was set to PLN meanwhile" in texts(answer(staff, waiting, currency="EUR"))
    waiting.supplier.refresh_from_db()
    assert waiting.supplier.default_currency == "PLN"


def test_a_viewer_answers_nothing(sign_in, waiting):
    assert answer(sign_in("Viewer"), waiting).status_code == 403
    assert sign_in("Staff").get(run_url("currency", waiting)).status_code == 405
