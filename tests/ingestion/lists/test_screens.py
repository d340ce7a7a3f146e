"""What people are told of a damaged file, and of a full disk."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ingestion.models import IngestionRun, PriceList
from tests.ingestion.lists.damage import CSV, DAMAGES, kept

pytestmark = pytest.mark.django_db


@DAMAGES
def test_a_damaged_list_is_not_downloaded(sign_in, source, damage):
    price_list = kept(source)
    damage(price_list)
    viewer = sign_in("Viewer")
    answer = viewer.get(reverse("admin:ingestion_pricelist_file", args=[price_list.pk]))
    page = reverse("admin:ingestion_pricelist_change", args=[price_list.pk])
    assert (answer.status_code, answer.headers.get("Location")) == (302, page)
    assert "Upload the same file again" in viewer.get(page).content.decode()
    damaged = viewer.get(reverse("admin:ingestion_pricelist_changelist"), {"is_damaged": "yes"})
    assert [each.pk for each in damaged.context["cl"].result_list] == [price_list.pk]
    assert "Damaged files" in viewer.get(reverse("admin:index")).content.decode()
    assert "catalog_damaged_lists 1.0" in viewer.get("/metrics").content.decode()


def test_the_form_says_that_the_disk_where_uploads_arrive_is_full(sign_in, source, small_disk, settings):
    settings.FILE_UPLOAD_TEMP_DIR = place = small_disk("1m")
    url = reverse("admin:ingestion_pricelist_add")
    given = {"source": source.pk, "file": SimpleUploadedFile("week.csv", CSV * 800)}
    page = sign_in("Staff").post(f"{url}?supplier={source.supplier_id}", given)
    assert page.status_code == 200
    assert "The disk of the price lists is full" in page.content.decode()
    assert (PriceList.objects.exists(), list(place.iterdir())) == (False, [])


def test_the_form_says_that_the_disk_is_full(sign_in, source, full_disk):
    url = reverse("admin:ingestion_pricelist_add")
    given = {"source": source.pk, "file": SimpleUploadedFile("week.csv", CSV * 10)}
    page = sign_in("Staff").post(f"{url}?supplier={source.supplier_id}", given)
    assert page.status_code == 200
    assert "The disk of the price lists is full" in page.content.decode()
    assert not PriceList.objects.exists()
    assert not IngestionRun.objects.exists()
    assert [path.name for path in full_disk.rglob("*") if path.is_file()] == ["filler"]
