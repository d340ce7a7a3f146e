"""Rows that are struck out: their items are missing at once, and the run says so."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from catalog.models import SupplierItem
from ingestion.actions import parsing_errors
from ingestion.actions.starts import run_again
from ingestion.actions.uploads import receive_upload
from ingestion.models import IngestionRun, ParsingLog
from ingestion.pipeline.attempt import run_ingestion

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey")]


@pytest.fixture(autouse=True)
def _parsers(settings):
    settings.INGESTION_PARSERS = []


def row_of(number: int, struck: str) -> str:
    cells = [f"K-{number}", f"Kettle {number}", f"{number + 10}.50"]
    shown = {"row": map("<s>{}</s>".format, cells), "price": [*cells[:2], f"<s>{cells[2]}</s>"]}
    return "".join(f"<td>{cell}</td>" for cell in shown.get(struck, cells))


def take_in(source, struck: dict[int, str]) -> IngestionRun:
    rows = "".join(f"<tr>{row_of(number, struck.get(number, ''))}</tr>" for number in range(12))
    head = "<tr><td>Code</td><td>Name</td><td>Price EUR</td></tr>"
    content = f"<html><table>{head}{rows}</table></html>".encode()
    run = receive_upload(file=ContentFile(content, "list.html"), source=source)
    run_ingestion(run)
    return run


def test_items_are_missing_at_once(source):
    take_in(source, {})
    run = take_in(source, {3: "row", 4: "row", 5: "row", 6: "row"})
    assert (run.status, run.missing_items, run.failed_rows) == ("partial_success", 4, 0)
    assert "4 rows are struck out" in run.summary["guards"][0]
    assert "K-3" in run.summary["guards"][0]
    missing = SupplierItem.objects.exclude(missing_since=None).values_list("supplier_sku", flat=True)
    assert sorted(missing) == ["K-3", "K-4", "K-5", "K-6"]


def test_a_price_that_is_corrected_stands_though_the_cell_is_struck_out(source, person):
    run = take_in(source, {3: "price"})
    assert (run.status, run.failed_rows) == ("partial_success", 1)
    parsing_errors.correct(ParsingLog.objects.get(run=run, row_number=5), "c", "9.90", by=person)
    again = run_again(run, by=person, force=True)
    run_ingestion(again)
    assert (again.new_items, again.failed_rows) == (1, 0)
