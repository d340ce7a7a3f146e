"""The form of an upload in a real browser."""

from __future__ import annotations

import pytest

from ingestion.models import PriceList
from tests.factories import SupplierFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(open_as, settings) -> None:
    settings.PRICE_LIST_MAX_BYTES = 1024
    page = open_as("Staff")
    page.goto(f"/admin/ingestion/pricelist/add/?supplier={SupplierFactory().pk}")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    file = {"name": "list.csv", "mimeType": "text/csv"}
    page.set_input_files("#id_file", {**file, "buffer": b"x" * 2048})
    for _press in range(2):
        page.click("button:has-text('Upload and ingest')")
        assert "larger than the 1.0" in page.inner_text("[data-refused]")
    assert not sent
    page.set_input_files("#id_file", {**file, "buffer": b"Code;Name;Price\nA;B;1\n"})
    page.click("button:has-text('Upload and ingest')")
    page.wait_for_url("**/ingestionrun/**")
    assert PriceList.objects.get().original_name == "list.csv"
