"""Pages that wait for a worker: what they say, who sees what, and how they go on."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from ingestion.models import IngestionRun, PreparedView
from ingestion.runs import queue
from ingestion.views import prepared, work
from tests.factories import ChangeFactory, ProductFactory, RunFactory
from tests.ingestion.backoffice.pages import texts
from tests.ingestion.prepared import prepare_all, shown
from tests.ingestion.views.lists import stored, table

pytestmark = pytest.mark.django_db


def mapping(price_list, tail=""):
    return reverse(f"admin:ingestion_pricelist_mapping{tail}", args=[price_list.pk])


def of_view(name, view, **query):
    return reverse(f"admin:ingestion_preparedview_{name}", args=[view.pk], query=query)


def panel_urls(page) -> dict[str, str]:
    content = page.content.decode()
    return {
        "state": re.findall(r'data-state-url="([^"]+)"', content)[0],
        **{
            name: found.replace("&amp;", "&")
            for found, name in re.findall(r'formaction="([^"]+/(cancel|again)/[^"]*)"', content)
        },
    }


def test_a_page_says_that_it_is_being_prepared_and_goes_on(sign_in):
    price_list, viewer = stored(table()), sign_in("Viewer")
    page = viewer.get(mapping(price_list))
    assert "Waits for a worker" in page.content.decode()
    assert '<noscript><meta http-equiv="refresh"' in page.content.decode()
    address = panel_urls(page)["state"]
    PreparedView.objects.update(status="working", progress=40, heartbeat_at=timezone.now())
    assert "40 %" in viewer.get(address).content.decode()
    PreparedView.objects.update(status="waiting")
    prepare_all()
    assert 'data-status="ready"' in viewer.get(address).content.decode()
    assert viewer.get(mapping(price_list)).context["grid"].letters == ["A", "B", "C", "D"]


def test_it_can_be_cancelled_and_asked_for_again(sign_in):
    price_list, viewer = stored(table()), sign_in("Viewer")
    address = panel_urls(viewer.get(mapping(price_list)))["cancel"]
    assert viewer.get(address).status_code == 405
    page = viewer.post(address, follow=True)
    assert page.redirect_chain[-1][0] == mapping(price_list)
    assert "It was cancelled" in page.content.decode()
    assert prepare_all() == 0
    page = viewer.post(panel_urls(page)["again"], follow=True)
    assert "Waits for a worker" in page.content.decode()
    assert prepare_all() == 1


def test_a_form_that_was_sent_is_sent_again_when_it_can_go_on(sign_in):
    price_list, staff = stored(table()), sign_in("Staff")
    given = {"settings": json.dumps({"column_mapping": {"D": "price"}}), "do": "save"}
    page = staff.post(mapping(price_list, "_save"), given)
    content = page.content.decode()
    assert "data-replay" in content
    assert dict(page.context["sent"]) == given
    assert f'action="{mapping(price_list, "_save")}"' in content
    assert 'http-equiv="refresh"' not in content
    assert not IngestionRun.objects.exists()


def test_who_may_not_see_the_list_sees_nothing_of_its_view(sign_in):
    page = sign_in("Viewer").get(mapping(stored(table())))
    stranger, view = sign_in(), PreparedView.objects.get()
    for name in ("state", "wait", "file"):
        assert stranger.get(of_view(name, view)).status_code == 403
    for name in ("cancel", "again"):
        assert stranger.post(of_view(name, view)).status_code == 403
    assert page.status_code == 200
    assert PreparedView.objects.get().status == "waiting"


def test_the_way_back_is_never_another_site(sign_in):
    viewer = sign_in("Viewer")
    viewer.get(mapping(stored(table())))
    for elsewhere in ("https://example.com/", "//example.com", "javascript:alert(1)"):
        answer = viewer.post(of_view("cancel", PreparedView.objects.get(), next=elsewhere))
        assert answer["Location"] == reverse("admin:index")


@pytest.mark.usefixtures("valkey")
def test_it_says_that_no_worker_is_there_or_that_the_queue_is_away(sign_in, settings, monkeypatch):
    viewer = sign_in("Viewer")
    address = panel_urls(viewer.get(mapping(stored(table()))))["state"]
    assert "data-trouble" not in viewer.get(address).content.decode()
    PreparedView.objects.update(asked_at=timezone.now() - timedelta(seconds=4))
    assert queue.preparers() == "none"
    assert "No worker is running that prepares views" in viewer.get(address).content.decode()
    monkeypatch.setitem(settings.RQ_QUEUES["previews"], "URL", "redis://127.0.0.1:1/0")
    assert "The queue does not answer" in viewer.get(address).content.decode()


def test_a_viewer_cannot_keep_workers_busy_without_end(sign_in):
    price_list, viewer = stored(table()), sign_in("Viewer")
    pages = [viewer.get(mapping(price_list), {"sheet": f"S{number}"}) for number in range(prepared.MOST_OPEN_EACH + 1)]
    assert "are being prepared for you already" in pages[-1].context["refusal"]
    assert PreparedView.objects.count() == prepared.MOST_OPEN_EACH


def test_the_trial_before_is_not_waited_for_any_more(sign_in):
    price_list, staff = stored(table()), sign_in("Staff")
    for currency in ("EUR", "PLN", "USD"):
        given = json.dumps({"currency": currency})
        answer = staff.post(mapping(price_list, "_try"), given, content_type="application/json").json()
        assert answer["preparing"]
    assert sorted(PreparedView.objects.values_list("status", flat=True)) == ["cancelled"] * 2 + ["waiting"] * 2


def hostile() -> bytes:
    """One row of three million empty cells in a file of some kilobytes."""
    content = io.BytesIO()
    book = openpyxl.Workbook()
    book.save(content)
    with zipfile.ZipFile(content) as plain, zipfile.ZipFile(packed := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as bad:
        for name in plain.namelist():
            data = plain.read(name)
            if name.endswith("sheet1.xml"):
                rows = b"<sheetData><row>" + b"<c/>" * 3_000_000 + b"</row></sheetData>"
                data = re.sub(rb"<sheetData\s*/>|<sheetData>.*</sheetData>", rows, data, flags=re.DOTALL)
            bad.writestr(name, data)
    return packed.getvalue()


def test_the_page_of_a_hostile_list_says_why_it_cannot_be_shown(sign_in):
    price_list, viewer = stored(hostile(), name="week.xlsx"), sign_in("Viewer")
    page = shown(lambda: viewer.get(mapping(price_list)))
    assert page.status_code == 200
    assert page.context["refusal"]
    assert viewer.get(mapping(stored(table()))).status_code == 200


def test_an_export_of_many_rows_is_made_by_a_worker_for_whoever_asked(sign_in, monkeypatch):
    monkeypatch.setattr("ingestion.backoffice.kit.export.MOST_AT_ONCE", 1)
    run = RunFactory()
    kept = [ChangeFactory(run=run) for _ in range(3)]
    ChangeFactory()
    viewer = sign_in("Viewer")
    address = reverse("admin:ingestion_change_export", args=["xlsx"], query={"run__id__exact": run.pk})
    page = viewer.get(address, follow=True)
    assert "Waits for a worker" in page.content.decode()
    view = PreparedView.objects.get()
    assert sign_in("Reviewer").get(of_view("state", view)).status_code == 403
    assert prepare_all() == 1
    assert "Download changes.xlsx" in viewer.get(page.redirect_chain[-1][0]).content.decode()
    answer = viewer.get(of_view("file", view))
    assert answer["Content-Disposition"] == 'attachment; filename="changes.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    assert sheet.max_row == 1 + len(kept)


def test_who_lost_the_right_to_see_a_list_gets_no_export_of_it(sign_in, monkeypatch):
    monkeypatch.setattr("ingestion.backoffice.kit.export.MOST_AT_ONCE", 0)
    ChangeFactory()
    viewer = sign_in("Viewer")
    viewer.get(reverse("admin:ingestion_change_export", args=["xlsx"]))
    view = PreparedView.objects.get()
    view.asked_by.groups.clear()
    work.prepare(view.pk)
    view.refresh_from_db()
    assert (view.status, view.file.name) == ("failed", "")
    assert "may not see this list" in view.message


def test_who_lost_the_right_to_see_a_list_cannot_fetch_an_export_made_before(sign_in, monkeypatch):
    monkeypatch.setattr("ingestion.backoffice.kit.export.MOST_AT_ONCE", 0)
    monkeypatch.setattr("ingestion.backoffice.products.exchange.MOST_AT_ONCE", 0)
    ChangeFactory()
    ProductFactory()
    viewer = sign_in("Viewer")
    viewer.get(reverse("admin:ingestion_change_export", args=["xlsx"]))
    viewer.post(reverse("admin:catalog_product_export"), {"format": "0", "resource": ""})
    views = list(PreparedView.objects.all())
    assert prepare_all() == len(views) == 2
    for view in views:
        assert b"".join(viewer.get(of_view("file", view)).streaming_content)
    views[0].asked_by.groups.clear()
    assert [viewer.get(of_view("file", view)).status_code for view in views] == [403, 403]


def test_an_import_that_was_cancelled_is_asked_for_again_and_leads_to_what_it_would_change(reviewer):
    upload = io.BytesIO(b"internal_sku,name,currency\nP-1,Bolt,EUR\n")
    upload.name = "products.csv"
    given = {"import_file": upload, "format": "1", "resource": ""}
    sent = reviewer.post(reverse("admin:catalog_product_import"), given)
    page = reviewer.post(panel_urls(reviewer.get(sent.url))["cancel"], follow=True)
    again = reviewer.post(panel_urls(page)["again"], follow=True)
    assert prepare_all() == 1
    page = reviewer.get(again.redirect_chain[-1][0], follow=True)
    assert "P-1" in page.content.decode()
    assert "confirm_form" in page.context


@pytest.mark.parametrize("kind", ["0", "1"])
def test_many_products_are_exported_by_a_worker_as_a_page_exports_few(sign_in, monkeypatch, kind):
    for number in range(3):
        ProductFactory(internal_sku=f"P-{number}", name="=1+1", retail_price=f"{number}.50")
    viewer, address = sign_in("Viewer"), reverse("admin:catalog_product_export")
    few = viewer.post(address, {"format": kind, "resource": ""}).content
    monkeypatch.setattr("ingestion.backoffice.products.exchange.MOST_AT_ONCE", 1)
    page = viewer.post(address, {"format": kind, "resource": ""}, follow=True)
    assert "Waits for a worker" in page.content.decode()
    assert prepare_all() == 1
    answer = viewer.get(of_view("file", PreparedView.objects.get()))
    many = b"".join(answer.streaming_content)
    assert (many == few) if kind == "1" else (cells_of(many) == cells_of(few))


def cells_of(content: bytes) -> list:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_another_persons_import_cannot_be_looked_at_or_confirmed(sign_in, reviewer):
    upload = io.BytesIO(b"internal_sku,name,currency\nP-1,Bolt,EUR\n")
    upload.name = "products.csv"
    sent = reviewer.post(
        reverse("admin:catalog_product_import"), {"import_file": upload, "format": "1", "resource": ""}
    )
    prepare_all()
    other = sign_in("Reviewer")
    assert other.get(sent.url).status_code == 404
    given = {"import_file_name": PreparedView.objects.get().pk, "original_file_name": "p.csv", "format": "0"}
    page = other.post(reverse("admin:catalog_product_process_import"), given, follow=True)
    assert "Choose it again" in texts(page)
