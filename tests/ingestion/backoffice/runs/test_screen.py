from datetime import timedelta

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse
from django.utils import timezone

from ingestion.models import IngestionRun
from ingestion.runs import queue
from tests.factories import ParsingLogFactory, PriceListFactory, ProductFactory, RunFactory, SupplierItemFactory
from tests.ingestion.backoffice.pages import run_url, texts

pytestmark = pytest.mark.django_db
LIST = reverse("admin:ingestion_ingestionrun_changelist")


def test_a_working_run_shows_its_progress_and_asks_for_news(sign_in):
    run = RunFactory(status="running", progress=43)
    page = sign_in("Viewer").get(run_url("change", run)).content.decode()
    assert "43 %" in page
    assert f'hx-get="{run_url("state", run)}"' in page


def test_a_working_run_says_what_it_does(sign_in):
    run = RunFactory(status="running", stage="compare", progress=80)
    for address in (run_url("change", run), LIST):
        assert "Running: comparing, 80 %" in sign_in("Viewer").get(address).content.decode()


def test_reading_settings_are_shown_in_lines_and_not_as_json(sign_in):
    settings = {"header_row": [4, 5], "column_mapping": {"A": "code", "<b>": "price"}}
    page = sign_in("Viewer").get(run_url("change", RunFactory(source_config=settings))).content.decode()
    assert "<p>column_mapping: A = code, &lt;b&gt; = price</p><p>header_row: 4, 5</p>" in page


def test_a_run_that_has_ended_asks_no_more_and_tells_everything(sign_in):
    run = RunFactory(
        status="partial_success",
        total_rows=1500,
        successful_rows=1491,
        failed_rows=9,
        new_items=1400,
        processing_seconds=0.5,
        error_counts={"ValidationError": {"count": 9, "sample": "“call us” is no price"}},
        message="",
    )
    answer = sign_in("Viewer").get(run_url("state", run))
    page = answer.content.decode()
    assert "hx-get" not in page
    assert dict(answer.context["counts"]) | {"rows read": "1,500", "new": "1,400", "items per second": "2,982"} == dict(
        answer.context["counts"]
    )
    assert "“call us” is no price" in page
    assert f"run__id__exact={run.pk}&amp;error_type__exact=ValidationError" in page


def test_a_failed_run_says_why(sign_in):
    run = RunFactory(status="failure", error_type="ParserError", message="The workbook is encrypted: ask for another.")
    page = sign_in("Viewer").get(run_url("change", run)).content.decode()
    assert "The workbook is encrypted" in page


def test_the_state_is_shown_to_those_who_may_see_runs_only(sign_in):
    run = RunFactory()
    assert sign_in().get(run_url("state", run)).status_code == 403
    assert sign_in("Viewer").post(run_url("state", run)).status_code == 405


def test_links_to_the_drafts_that_it_brought(sign_in):
    now = timezone.now()
    run = RunFactory(status="success", new_drafts=1, started_at=now - timedelta(seconds=5), finished_at=now)
    draft = ProductFactory(name="Bolt")
    SupplierItemFactory(supplier=run.supplier, product=draft)
    IngestionRun.objects.filter(pk=run.pk).update(finished_at=timezone.now())
    older = ProductFactory(name="Older")
    SupplierItemFactory(supplier=run.supplier, product=older)
    type(older).objects.filter(pk=older.pk).update(created_at=now - timedelta(days=1))
    client = sign_in("Reviewer")
    address = client.get(run_url("state", run)).context["drafts_url"]
    assert [product.name for product in client.get(address).context["cl"].result_list] == ["Bolt"]


def test_runs_again_as_a_run_of_its_own(sign_in):
    run = RunFactory(status="failure", price_list=PriceListFactory())
    page = sign_in("Staff").post(run_url("again", run), follow=True)
    again = IngestionRun.objects.get(status="queued")
    assert (again.price_list, again.force) == (run.price_list, False)
    assert texts(page) == f"Run #{again.pk} waits in the queue."


def test_runs_again_although_nothing_changed(sign_in):
    run = RunFactory(status="success", price_list=PriceListFactory())
    sign_in("Staff").post(f"{run_url('again', run)}?force=1")
    assert IngestionRun.objects.get(status="queued").force


def test_a_run_whose_supplier_is_gone_cannot_run_again(sign_in):
    run = RunFactory(status="failure", price_list=PriceListFactory())
    IngestionRun.objects.update(supplier=None, source=None)
    run.price_list.supplier.delete()
    assert "was deleted" in texts(sign_in("Staff").post(run_url("again", run), follow=True))


def test_a_waiting_run_is_cancelled_and_an_ended_one_is_not(sign_in):
    run, staff = RunFactory(), sign_in("Staff")
    assert texts(staff.post(run_url("cancel", run), follow=True)) == "1 cancelled."
    assert texts(staff.post(run_url("cancel", run), follow=True)) == "0 cancelled. 1 had ended already."
    run.refresh_from_db()
    assert run.status == "cancelled"


def test_chosen_runs_are_cancelled_from_the_list(sign_in):
    runs = [RunFactory(), RunFactory(status="success")]
    data = {"action": "cancel_chosen", ACTION_CHECKBOX_NAME: [run.pk for run in runs]}
    page = sign_in("Staff").post(LIST, data, follow=True)
    assert texts(page) == "1 cancelled. 1 had ended already."


def test_a_viewer_watches_and_starts_nothing(sign_in):
    run, viewer = RunFactory(), sign_in("Viewer")
    assert viewer.get(run_url("change", run)).context["buttons"] == []
    for name in ("again", "cancel"):
        assert viewer.post(run_url(name, run)).status_code == 403
        assert sign_in("Staff").get(run_url(name, run)).status_code == 405
    assert IngestionRun.objects.get().status == "queued"


def test_the_list_costs_the_same_however_many_runs(sign_in, django_assert_max_num_queries):
    RunFactory.create_batch(20)
    viewer = sign_in("Viewer")
    with django_assert_max_num_queries(9):  # one of them asks for the person's second factor
        viewer.get(LIST)


def test_logs_show_row_message_and_raw_row(sign_in, django_assert_max_num_queries):
    logs = [ParsingLogFactory(row_number=number) for number in range(2, 22)]
    viewer = sign_in("Viewer")
    with django_assert_max_num_queries(8):
        page = viewer.get(reverse("admin:ingestion_parsinglog_changelist")).content.decode()
    assert "No price in column C" in page
    page = viewer.get(reverse("admin:ingestion_parsinglog_change", args=[logs[0].pk]))
    assert page.context["sections"][0].table["rows"] == [["A", "A1"], ["B", "Bolt"], ["C", ""]]


def test_logs_are_filtered_by_supplier_run_type_and_time(sign_in):
    log = ParsingLogFactory()
    ParsingLogFactory(error_type="ParserError", run=None, task_id="gone", supplier=None, supplier_name="", row_data={})
    viewer, address = sign_in("Viewer"), reverse("admin:ingestion_parsinglog_changelist")

    def found(**query):
        return list(viewer.get(address, query).context["cl"].result_list)

    assert found(supplier__id__exact=log.supplier_id) == [log]
    assert found(run__id__exact=log.run_id) == [log]
    assert found(error_type__exact="ValidationError") == [log]
    assert found(q=log.task_id) == [log]
    assert found(created_at_from_0="2100-01-01", created_at_from_1="00:00:00") == []
    assert len(found()) == 2


def test_nobody_edits_logs(sign_in):
    log = ParsingLogFactory()
    admin = sign_in("Administrator")
    assert admin.get(reverse("admin:ingestion_parsinglog_add")).status_code == 403
    assert admin.post(reverse("admin:ingestion_parsinglog_change", args=[log.pk]), {}).status_code == 403


def test_the_page_reloads_once_when_the_run_has_ended(sign_in):
    run, viewer = RunFactory(), sign_in("Viewer")
    assert "HX-Refresh" not in viewer.get(run_url("state", run))
    IngestionRun.objects.update(status="success")
    assert viewer.get(run_url("state", run))["HX-Refresh"] == "true"


def test_tells_how_the_list_was_read(sign_in):
    column = {"letter": "D", "header": "Preis", "field": "price", "confidence": 0.88, "reason": "a usual header"}
    read = {"sheet": "Preise", "chosen": True, "reason": "", "columns": [column], "header_rows": [4], "currency": "EUR"}
    helper = {"sheet": "Hilfe", "chosen": False, "reason": "It is hidden.", "columns": [], "header_rows": []}
    run = RunFactory(status="success", understanding={"sheets": [read, helper], "skipped": {"blank": 3}})
    columns, left_out, skipped = sign_in("Viewer").get(run_url("change", run)).context["sections"]
    assert columns.title == "How “Preise” was read, header in row 4, EUR"
    assert columns.table["rows"] == [["D", "Preis", "price", "88%", "a usual header"]]
    assert left_out.table["rows"] == [["Hilfe", "It is hidden."]]
    assert skipped.table["rows"] == [["blank", 3]]


def test_the_raw_row_stands_in_the_order_of_the_list(sign_in):
    columns: list[dict[str, object]] = [
        {"letter": letter, "header": header} for letter, header in (("A", "Price"), ("B", ""), ("C", "Art"))
    ]
    for column in columns:
        column |= {"field": "ignore", "confidence": 1, "reason": ""}
    sheet = {"sheet": None, "chosen": True, "columns": columns, "header_rows": [], "currency": None}
    run = RunFactory(understanding={"sheets": [sheet]})
    log = ParsingLogFactory(run=run, row_data={"Art": "3", "B": "2", "Price": "1", "": "4"})
    page = sign_in("Viewer").get(reverse("admin:ingestion_parsinglog_change", args=[log.pk]))
    assert [row[0] for row in page.context["sections"][0].table["rows"]] == ["Price", "B", "Art", ""]


def test_chosen_runs_run_again_and_the_unfinished_are_refused(sign_in):
    failed, waiting = RunFactory(status="failure", price_list=PriceListFactory()), RunFactory()
    data = {"action": "run_chosen_again", ACTION_CHECKBOX_NAME: [failed.pk, waiting.pk]}
    page = sign_in("Staff").post(LIST, data, follow=True)
    assert texts(page) == f"1 run put on the queue. Run #{waiting.pk} has not ended yet."


def test_what_is_run_again_leaves_the_dead_letters(sign_in, django_capture_on_commit_callbacks):
    failed = RunFactory(status="failure", price_list=PriceListFactory())
    with django_capture_on_commit_callbacks(execute=True):
        sign_in("Staff").post(run_url("again", failed))
    assert queue.depth()["normal"] > 0
    assert failed.task_id not in [letter.task_id for letter in queue.dead_letters()]
    for each in queue.queues():
        each.empty()
