"""Stored lists are read as they were received, or not at all; the same upload mends them."""

from __future__ import annotations

import subprocess

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.models import SupplierItem
from ingestion.actions.uploads import receive_upload
from ingestion.lists.problems import ListDamaged, StorageFailed
from ingestion.lists.storage import local_path, verify
from ingestion.models import FileState, IngestionRun, PriceList
from ingestion.pipeline.attempt import run_ingestion
from tests.ingestion.lists.damage import CSV, DAMAGES, delete, kept
from tests.ingestion.price_lists import RemoteParser, queued

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey")]


@DAMAGES
def test_a_damaged_list_is_never_read(source, damage):
    run = receive_upload(file=SimpleUploadedFile("week.csv", CSV), source=source)
    damage(run.price_list)
    with pytest.raises(ListDamaged, match="Upload the same file again"):
        run_ingestion(run)
    run.refresh_from_db()
    assert (run.status, SupplierItem.objects.count()) == ("failure", 0)
    assert "Upload the same file again" in run.message
    assert PriceList.objects.get().file_state != FileState.WHOLE


@DAMAGES
def test_the_same_upload_takes_the_damaged_ones_place(source, damage):
    first, other_name = kept(source), kept(source, "week.txt")
    damage(first)
    damage(other_name)
    assert {verify(first), verify(other_name)} != {FileState.WHOLE}
    run = receive_upload(file=SimpleUploadedFile("again.csv", CSV), source=source)
    run_ingestion(run)
    assert (run.status, run.new_items) == ("success", 399)
    for price_list in PriceList.objects.all():
        assert price_list.file_state == FileState.WHOLE
        with local_path(price_list) as path:
            assert path.read_bytes() == CSV


@pytest.mark.usefixtures("test_parsers")
def test_a_damaged_snapshot_is_fetched_again(source):
    source.parser_type = "test_remote"
    source.save()
    run = queued([{"sku": "old", "price": "1"}], source)
    assert run.price_list
    delete(run.price_list)
    RemoteParser.answers = [{"rows": [{"sku": "new", "price": "2"}]}]
    run_ingestion(run)
    assert (run.status, run.price_list.original_name) == ("success", "fetched.list")
    assert list(SupplierItem.objects.values_list("supplier_sku", flat=True)) == ["new"]


@pytest.mark.usefixtures("test_parsers")
def test_what_a_person_has_seen_is_not_fetched_anew(source):
    source.parser_type = "test_remote"
    source.save()
    run = queued([{"sku": "old", "price": "1"}], source)
    IngestionRun.objects.update(is_confirmed=True)
    run.refresh_from_db()
    assert run.price_list
    delete(run.price_list)
    RemoteParser.answers = [{"rows": [{"sku": "new", "price": "2"}]}]
    with pytest.raises(ListDamaged):
        run_ingestion(run)


@pytest.mark.usefixtures("test_parsers")
def test_a_fetched_list_waits_for_room(source, full_disk):
    source.parser_type = "test_remote"
    source.save()
    run = queued([{"sku": "x", "price": "1"}], source)
    IngestionRun.objects.update(price_list=None)
    run.refresh_from_db()
    rows = [{"sku": f"new {n}", "price": "2"} for n in range(2_000)]
    RemoteParser.answers = [{"rows": rows}, {"rows": rows}]
    with pytest.raises(StorageFailed):
        run_ingestion(run)
    assert run.status == "queued"
    (full_disk / "filler").unlink()
    subprocess.run(["mount", "-o", "remount,size=4m", full_disk], check=True)
    run_ingestion(run)
    assert (run.status, run.new_items) == ("success", 2_000)
