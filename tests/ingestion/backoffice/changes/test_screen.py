import csv
import io
import json

import openpyxl
import pytest
from django.urls import reverse

from tests.factories import ChangeFactory, PriceListFactory, RunFactory, SupplierItemFactory, UserFactory
from tests.ingestion.prepared import shown

pytestmark = pytest.mark.django_db
LIST = reverse("admin:ingestion_change_changelist")
BUCKETS = {"new": 2, "price_up": 3, "unchanged": 50, "missing": 0, "held": 1, "failed": 4}


def export(client, kind, **query):
    answer = client.get(reverse("admin:ingestion_change_export", args=[kind], query=query))
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def run_page(client, run):
    return client.get(reverse("admin:ingestion_ingestionrun_change", args=[run.pk]))


def test_old_and_new_stand_side_by_side(sign_in):
    details: dict[str, object] = {
        "old": {"name": "Bolt", "characteristics": {"size": "8", "zinc": "yes"}},
        "percent": None,
    }
    details |= {"new": {"name": "Bolt M8", "characteristics": {"size": "M8", "zinc": "yes"}}, "kind": "details"}
    ChangeFactory()
    ChangeFactory(**details)
    page = sign_in("Viewer").get(LIST).content.decode()
    assert "10.00 EUR" in page
    assert "12.50 EUR" in page
    assert "+25.0 %" in page
    assert "Bolt M8" in page
    assert "size: M8" in page
    assert "zinc" not in page


def test_the_same_amount_in_another_currency_is_a_difference(sign_in):
    ChangeFactory(kind="currency", new={"current_price": 10.0, "currency": "USD"}, percent=None)
    page = sign_in("Viewer").get(LIST).content.decode()
    assert "10.00 USD" in page


def test_the_page_costs_the_same_however_many_changes(sign_in, django_assert_max_num_queries):
    run = RunFactory(status="success")
    ChangeFactory.create_batch(20, run=run)
    viewer = sign_in("Viewer")
    with django_assert_max_num_queries(11):  # one of them asks for the person's second factor
        viewer.get(LIST, {"run__id__exact": run.pk})


def test_changes_are_found_by_the_start_of_their_code(sign_in):
    ChangeFactory(supplier_sku="AB-1")
    ChangeFactory(supplier_sku="CB-1")
    found = sign_in("Viewer").get(LIST, {"q": "ab"}).context["cl"].result_list
    assert [change.supplier_sku for change in found] == ["AB-1"]


def test_what_is_filtered_is_exported(sign_in):
    ChangeFactory(kind="price_down", supplier_sku="down")
    ChangeFactory(supplier_sku="up", run__price_list=PriceListFactory())
    rows = list(csv.reader(io.StringIO(export(sign_in("Viewer"), "csv", kind__exact="price_up").decode("utf-8-sig"))))
    assert [row[3] for row in rows] == ["supplier SKU", "up"]
    assert rows[1][5:9] == ["10.0", "12.5", "EUR", "25.00"]


def test_no_cell_of_an_export_is_run_as_a_formula(sign_in):
    ChangeFactory(item=SupplierItemFactory(name="=1+1", supplier_sku="@SUM(A1)"), comment="-2+3")
    viewer = sign_in("Viewer")
    row = list(csv.reader(io.StringIO(export(viewer, "csv").decode("utf-8-sig"))))[1]
    assert {"'=1+1", "'@SUM(A1)", "'-2+3"} <= set(row)
    cells = openpyxl.load_workbook(io.BytesIO(export(viewer, "xlsx"))).worksheets[0][2]
    assert {"=1+1", "@SUM(A1)", "-2+3"} <= {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "@", "-")))


def test_changes_are_for_those_who_may_see_them(sign_in):
    assert sign_in().get(LIST).status_code == 403
    assert sign_in().get(reverse("admin:ingestion_change_export", args=["csv"])).status_code == 403
    assert sign_in("Viewer").get(reverse("admin:ingestion_change_export", args=["pdf"])).status_code == 404


def test_the_page_of_a_run_shows_its_buckets_and_where_they_lead(sign_in):
    run = RunFactory(status="success", summary={"buckets": BUCKETS, "new_span": [7, 9], "histogram": [], "movers": []})
    page = run_page(sign_in("Viewer"), run)
    urls = {bucket.kind: bucket.url for bucket in page.context["buckets"]}
    assert urls["new"].endswith(f"?created_run_id__exact={run.pk}&id__gte=7&id__lte=9")
    assert urls["price_up"].endswith(f"?run__id__exact={run.pk}&kind__exact=price_up")
    assert "/parsinglog/" in urls["failed"]
    assert urls["unchanged"] == urls["missing"] == ""
    assert "currency" not in urls
    for url in filter(None, urls.values()):
        assert sign_in("Viewer").get(url).status_code == 200


def test_a_dry_run_shows_everything_as_changes(sign_in):
    run = RunFactory(status="success", dry_run=True, summary={"buckets": BUCKETS})
    urls = {bucket.kind: bucket.url for bucket in run_page(sign_in("Viewer"), run).context["buckets"]}
    assert {kind for kind, url in urls.items() if "/change/" in url} == {"new", "price_up", "held", "failed"}


def test_the_histogram_and_the_biggest_movers(sign_in):
    up, down = ChangeFactory(), ChangeFactory(percent="-40.00", kind="price_down")
    bars = [[None, -50, 0], [-50, 0, 1], [0, 50, 1], [100, None, 0]]
    summary = {"buckets": {}, "histogram": bars, "movers": [down.pk, up.pk, 10**9], "median": "1.50"}
    page = run_page(sign_in("Viewer"), RunFactory(status="success", summary=summary))
    labels = json.loads(page.context["histogram"])["labels"]
    assert labels == ["below -50 %", "-50…0 %", "0…+50 %", "above +100 %"]
    assert [mover.percent for mover in page.context["movers"]] == ["-40.0 %", "+25.0 %"]
    assert "median +1.5 %" in page.content.decode()


def test_a_row_of_the_file_is_shown_among_its_neighbours(sign_in):
    run = RunFactory(status="success", price_list=PriceListFactory())
    viewer = sign_in("Viewer")
    address = reverse("admin:ingestion_ingestionrun_row", args=[run.pk], query={"row": 2, "column": "C"})
    page = shown(lambda: viewer.get(address))
    assert [row.number for row in page.context["grid"].rows] == [1, 2]
    assert "rev-cell" in page.content.decode()
    assert sign_in().get(reverse("admin:ingestion_ingestionrun_row", args=[run.pk])).status_code == 403


def test_a_row_of_a_file_that_is_gone_says_so(sign_in):
    run = RunFactory(status="success", price_list=PriceListFactory())
    run.price_list.file.delete(save=False)
    viewer, address = sign_in("Viewer"), reverse("admin:ingestion_ingestionrun_row", args=[run.pk], query={"row": 2})
    page = shown(lambda: viewer.get(address))
    assert "gone from the storage" in page.content.decode()


def test_who_decided_and_why_stands_beside_the_state(sign_in):
    decided_by = UserFactory(username="reviewer")
    change = ChangeFactory(kind="held", state="rejected", decided_by=decided_by, comment="typing error")
    ChangeFactory()
    viewer = sign_in("Viewer")
    page = viewer.get(LIST, {"decided_by__id__exact": decided_by.pk})
    assert [each.pk for each in page.context["cl"].result_list] == [change.pk]
    assert "reviewer: typing error" in page.content.decode()


def test_a_row_that_failed_in_a_dry_run_says_why(sign_in):
    failed = {"message": "No price in column C", "error_type": "ValidationError", "row_data": {"A": "1"}}
    ChangeFactory(kind="failed", state="planned", item_id=None, old={}, new=failed, percent=None)
    viewer = sign_in("Viewer")
    assert "No price in column C" in viewer.get(LIST).content.decode()
    assert "No price in column C" in export(viewer, "csv").decode()
