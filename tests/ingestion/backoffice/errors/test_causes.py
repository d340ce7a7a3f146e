import io

import openpyxl
import pytest
from django.urls import reverse

from ingestion.models import Correction, IgnoredCause, IngestionRun, ParsingLog
from tests.factories import ParsingLogFactory, PriceListFactory, RunFactory
from tests.ingestion.backoffice.pages import texts
from tests.ingestion.prepared import shown

pytestmark = pytest.mark.django_db
CAUSE = "No price in column %(column)s."


def column(letter, header, field):
    return {"letter": letter, "header": header, "field": field, "confidence": 1, "reason": ""}


@pytest.fixture
def run():
    columns = [column("A", "code", "supplier_sku"), column("B", "name", "name"), column("C", "price", "price")]
    sheet = {"sheet": "", "chosen": True, "columns": columns, "header_rows": [1], "currency": "EUR"}
    price_list = PriceListFactory()
    run = RunFactory(
        source=price_list.source,
        price_list=price_list,
        status="partial_success",
        failed_rows=2,
        total_rows=2,
        understanding={"sheets": [sheet]},
    )
    for number in (2, 3):
        row = {"code": f"A{number}", "name": "Bolt", "price": "call us"}
        ParsingLogFactory(run=run, cause=CAUSE, column="C", row_number=number, row_data=row)
    return run


def url(run, **query):
    query = {"cause": CAUSE, "column": "C", **query}
    return reverse("admin:ingestion_ingestionrun_errors", args=[run.pk], query=query)


def run_page(client, run):
    return client.get(reverse("admin:ingestion_ingestionrun_change", args=[run.pk]))


def test_errors_are_grouped_by_cause_and_lead_to_their_rows(sign_in, run):
    ParsingLogFactory(run=run, cause="The list is odd", row_number=None, error_type="ParserError")
    viewer = sign_in("Viewer")
    rows, whole = run_page(viewer, run).context["error_groups"]
    assert (rows["count"], rows["column"], whole["url"]) == (2, "C", "")
    page = viewer.get(rows["url"])
    assert [(line.raw, line.cells[0]) for line in page.context["lines"]] == [
        ("call us", ("code", "A2")),
        ("call us", ("code", "A3")),
    ]
    assert "Correct value" not in page.content.decode()
    assert viewer.get(rows["logs_url"]).status_code == 200


def test_causes_are_named_in_words_without_placeholders(sign_in, run):
    ParsingLogFactory(run=run, cause="price.date", column="C", message="“May” is a date, not a price.")
    staff = sign_in("Staff")
    staff.post(url(run, cause="price.date"), {"do": "ignore"})
    staff.post(url(run), {"do": "ignore"})
    pages = [
        run_page(staff, run),
        staff.get(url(run, cause="price.date")),
        staff.get(reverse("admin:suppliers_pricelistsource_change", args=[run.source_id])),
    ]
    for page in pages:
        assert "“…” is a date, not a price." in page.content.decode()
        assert "%(" not in page.content.decode().replace(CAUSE, "")
    assert "No price in column …." in pages[2].content.decode()
    assert "For example: “May” is a date, not a price." in pages[0].content.decode()


def test_values_are_corrected_and_the_list_runs_again(sign_in, run):
    staff = sign_in("Staff")
    first, second = ParsingLog.objects.order_by("id")
    data = {"do": "save", "at": "C", f"value-{first.pk}": " 1.50 ", f"value-{second.pk}": "", "value-x": "1"}
    assert texts(staff.post(url(run), data, follow=True)) == "1 correction was kept."
    correction = Correction.objects.get()
    assert (correction.row_number, correction.column, correction.value) == (2, "C", "1.50")
    assert [line.correction for line in staff.get(url(run)).context["lines"]] == ["1.50", ""]

    page = staff.post(url(run), {**data, "do": "run"}, follow=True)
    again = IngestionRun.objects.get(status="queued")
    assert again.force
    assert f"Run #{again.pk} waits in the queue." in texts(page)


def test_nothing_that_was_kept_is_not_called_a_success(sign_in, run):
    staff = sign_in("Staff")
    assert texts(staff.post(url(run), {"do": "save", "at": "C"}, follow=True)).startswith("No correction was changed")


def test_two_people_correct_the_same_cell(sign_in, run):
    first, second = sign_in("Staff"), sign_in("Staff")
    log = ParsingLog.objects.order_by("id").first()
    cell, seen = f"value-{log.pk}", f"seen-{log.pk}"
    first.post(url(run), {"do": "save", "at": "C", cell: "1.50", seen: ""})
    page = second.post(url(run), {"do": "run", "at": "C", cell: "1.60", seen: ""}, follow=True)
    assert "Now: 1.50; yours: 1.60" in texts(page)
    assert Correction.objects.get().value == "1.50"
    assert not IngestionRun.objects.filter(status="queued").exists()
    second.post(url(run), {"do": "save", "at": "C", cell: "1.60", seen: "1.50"})
    assert Correction.objects.get().value == "1.60"
    first.post(url(run), {"do": "save", "at": "C", cell: "1.50", seen: "1.50"})  # was only looked at
    assert Correction.objects.get().value == "1.60"


def test_another_column_of_the_row_is_corrected(sign_in, run):
    staff, log = sign_in("Staff"), ParsingLog.objects.first()
    page = staff.get(url(run, at="A"))
    assert [line.raw for line in page.context["lines"]] == ["A2", "A3"]
    staff.post(url(run), {"do": "save", "at": "A", f"value-{log.pk}": "B2"})
    assert Correction.objects.get().column == "A"


def test_a_row_of_another_run_is_not_corrected_from_here(sign_in, run):
    stranger = ParsingLogFactory(cause=CAUSE, column="C")
    sign_in("Staff").post(url(run), {"do": "save", "at": "C", f"value-{stranger.pk}": "1"})
    assert not Correction.objects.exists()


def test_a_cause_is_ignored_and_shown_again(sign_in, run):
    staff = sign_in("Staff")
    staff.post(url(run), {"do": "ignore", "comment": "they never say"})
    ignored = IgnoredCause.objects.get()
    assert (ignored.cause, ignored.comment) == (CAUSE, "they never say")
    assert run_page(staff, run).context["error_groups"][0]["is_ignored"]
    source_page = staff.get(reverse("admin:suppliers_pricelistsource_change", args=[run.source_id]))
    assert "they never say" in source_page.content.decode()
    staff.post(reverse("admin:suppliers_pricelistsource_heed", args=[run.source_id, ignored.pk]))
    assert not IgnoredCause.objects.exists()
    staff.post(url(run), {"do": "ignore"})
    assert "is shown again" in texts(staff.post(url(run), {"do": "heed"}, follow=True))
    assert not IgnoredCause.objects.exists()


def test_who_may_only_look_corrects_and_ignores_nothing(sign_in, run):
    viewer, log = sign_in("Viewer"), ParsingLog.objects.first()
    for data in ({"do": "save", f"value-{log.pk}": "1"}, {"do": "run"}, {"do": "ignore"}, {"do": "heed"}):
        assert viewer.post(url(run), data).status_code == 403
    assert sign_in().get(url(run)).status_code == 403
    ignored = IgnoredCause.objects.create(source=run.source, cause=CAUSE, at=run.created_at)
    heed = reverse("admin:suppliers_pricelistsource_heed", args=[run.source_id, ignored.pk])
    assert viewer.post(heed).status_code == 403
    assert (
        "Show it again"
        not in viewer.get(reverse("admin:suppliers_pricelistsource_change", args=[run.source_id])).content.decode()
    )
    assert not Correction.objects.exists()


def test_the_error_workbook_is_the_suppliers_own_list(sign_in, run):
    address = reverse("admin:ingestion_ingestionrun_workbook", args=[run.pk])
    viewer = sign_in("Viewer")
    answer = shown(lambda: viewer.get(address))
    assert answer["Content-Disposition"] == 'attachment; filename="list-errors.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["A1", "Bolt", "1.50"]
    assert "No price in column C" in sheet["C2"].comment.text
    assert sign_in().get(address).status_code == 403


def test_a_workbook_of_a_list_that_is_gone_is_refused_in_words(sign_in, run):
    IngestionRun.objects.update(price_list=None)
    page = sign_in("Viewer").get(reverse("admin:ingestion_ingestionrun_workbook", args=[run.pk]), follow=True)
    assert "was deleted" in texts(page)
