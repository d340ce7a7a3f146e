import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from catalog.models import SupplierItem
from ingestion.models import Change, IngestionRun
from ingestion.pricegrid.problems import notes
from ingestion.runs.supplier_lock import work_on
from tests.factories import ChangeFactory, RunFactory
from tests.ingestion.backoffice.pages import texts

pytestmark = pytest.mark.django_db
LIST = reverse("admin:ingestion_heldchange_changelist")


@pytest.fixture
def run():
    return RunFactory(status="success", held_items=3)


@pytest.fixture
def held(run):
    """Three held prices of one list: a decimal sign, VAT, and one of no known cause."""
    causes = (("decimal_sign", "900.00"), ("vat", "20.00"), ("", "-18.00"))
    return [
        ChangeFactory(run=run, kind="held", state="held", cause=cause, percent=percent) for cause, percent in causes
    ]


def decide_url(verb, **query):
    return reverse("admin:ingestion_heldchange_decide", args=[verb], query=query)


def states():
    return list(Change.objects.filter(kind="held").order_by("id").values_list("state", flat=True))


def prices(held):
    return [SupplierItem.objects.get(pk=change.item_id).current_price for change in held]


def test_shows_what_is_held_by_run_and_cause(sign_in, held):
    ChangeFactory()
    page = sign_in("Viewer").get(LIST)
    assert [group["cause_key"] for group in page.context["groups"]] == ["none", "decimal_sign", "vat"]
    assert len(page.context["cl"].result_list) == 3
    assert page.context["waiting"].count() == 0


def test_shows_runs_that_wait_and_that_nothing_is_held(sign_in):
    RunFactory(status="waiting", message="12 of 20 rows failed")
    page = sign_in("Viewer").get(LIST).content.decode()
    assert "12 of 20 rows failed" in page
    assert "No price waits for a person" in page


def test_a_bucket_is_shown_before_it_is_accepted(reviewer, run, held):
    url = decide_url("accept", run=run.pk, cause="vat")
    page = reviewer.get(url)
    assert (page.context["count"], states()) == (1, ["held"] * 3)
    page = reviewer.post(url, {**dict(page.context["carried"]), "confirmed": 1, "comment": " with VAT "}, follow=True)
    assert texts(page) == "1 accepted. 2 are still held."
    assert states() == ["held", "accepted", "held"]
    assert prices(held) == [10, 12.5, 10]
    decided = Change.objects.get(state="accepted")
    assert (decided.comment, decided.decided_by.groups.get().name) == ("with VAT", "Reviewer")


def test_a_price_from_is_marked_though_its_list_said_so_before(reviewer, run, held):
    said = [{"code": notes.FROM.code, "params": {"value": "ab"}}]
    SupplierItem.objects.filter(pk=held[1].item_id).update(notes=said)
    for url in (LIST, decide_url("accept", run=run.pk, cause="vat")):
        assert reviewer.get(url).content.decode().count("It is the lowest of several prices: “ab”.") == 1


def test_those_of_no_known_cause_are_a_bucket_of_their_own(reviewer, run, held):
    reviewer.post(decide_url("reject", run=run.pk, cause="none"), {"run": run.pk, "cause": "none", "confirmed": 1})
    assert states() == ["held", "held", "rejected"]
    assert prices(held) == [10, 10, 10]


def test_all_below_so_many_per_cent(reviewer, held):
    page = reviewer.post(decide_url("accept"), {"below": "25", "confirmed": 1}, follow=True)
    assert texts(page) == "2 accepted. 1 is still held."
    assert states() == ["held", "accepted", "accepted"]


@pytest.mark.parametrize("query", [{}, {"run": "x"}, {"below": "-1"}, {"cause": "moon"}, {"run": "0"}])
def test_what_names_nothing_decides_nothing(reviewer, held, query):
    page = reviewer.post(decide_url("accept"), {**query, "confirmed": 1}, follow=True)
    assert texts(page) == "Nothing of that is held."
    assert states() == ["held"] * 3


def test_chosen_rows_are_decided_with_a_comment(reviewer, held):
    data = {"action": "reject_chosen", ACTION_CHECKBOX_NAME: [held[0].pk, held[1].pk]}
    page = reviewer.post(LIST, data)
    assert page.context["count"] == 2
    assert (ACTION_CHECKBOX_NAME, str(held[1].pk)) in page.context["carried"]
    page = reviewer.post(LIST, {**data, "confirmed": 1, "comment": "typing errors"}, follow=True)
    assert texts(page) == "2 rejected. 1 is still held."


def test_while_a_list_goes_in_nothing_is_decided(reviewer, run, held):
    with work_on(run.supplier_id):
        page = reviewer.post(decide_url("accept"), {"run": run.pk, "confirmed": 1}, follow=True)
    assert "try again in a moment" in texts(page)
    assert states() == ["held"] * 3


def test_who_may_not_decide_decides_nothing(sign_in, run, held):
    waiting = RunFactory(status="waiting", waits_for="quality")
    for role in ("Viewer", "Staff"):
        client = sign_in(role)
        assert client.get(decide_url("accept", run=run.pk)).status_code == 403
        assert client.post(decide_url("accept"), {"run": run.pk, "confirmed": 1}).status_code == 403
        url = reverse("admin:ingestion_heldchange_run", args=[waiting.pk, "accept"])
        assert client.post(url).status_code == 403
        data = {"action": "accept_chosen", ACTION_CHECKBOX_NAME: [held[0].pk], "confirmed": 1}
        client.post(LIST, data)
        assert "Accept all" not in client.get(LIST).content.decode()
    assert sign_in().get(LIST).status_code == 403
    assert states() == ["held"] * 3


def test_a_run_with_too_many_failed_rows_is_taken_in_or_refused(reviewer):
    runs = [RunFactory(status="waiting", waits_for="quality") for _ in range(2)]
    page = reviewer.get(reverse("admin:ingestion_ingestionrun_change", args=[runs[0].pk])).content.decode()
    assert "Take it in anyway" in page
    for run, verb in zip(runs, ("accept", "reject"), strict=True):
        reviewer.post(reverse("admin:ingestion_heldchange_run", args=[run.pk, verb]), {"comment": "as usual"})
    assert dict(IngestionRun.objects.values_list("pk", "status")) == {runs[0].pk: "queued", runs[1].pk: "cancelled"}
    assert "as usual" in IngestionRun.objects.get(pk=runs[1].pk).comment
    unheard_of = reverse("admin:ingestion_heldchange_run", args=[runs[0].pk, "burn"])
    assert reviewer.post(unheard_of).status_code == 404
