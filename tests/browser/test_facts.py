"""What buyers compare by, in a real browser: it goes in with a list, is seen, explained, filtered and exported."""

import csv
import os
from pathlib import Path

import pytest

from catalog.models import SupplierItem
from ingestion.models import PriceList
from tests.factories import SourceFactory
from tests.ingestion.serving import work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHOTS = Path(os.environ["SHOTS"]) if "SHOTS" in os.environ else None
HEADER = "Code;Name;Brand;MPN;EAN;Pack size;MOQ;Country of origin;Weight kg;Price EUR excl. VAT;from 10;from 100;Colour"
BARCODES = ("4006381333931", "5901234123457", "9780306406157", "4006381333932")  # the last one is none
BRANDS = ("Acme", "Borealis", "Acme", "Borealis")


def lines() -> str:
    """Four clamps; whose barcode is none is noted."""
    rows = [
        f"K-{n};Pipe clamp {n + 8} mm;{brand};PC-{n}00;{barcode};25;5;DE;0,{n}25;{n},40;{n},10;{n},05;red"
        for n, (brand, barcode) in enumerate(zip(BRANDS, BARCODES, strict=True), 1)
    ]
    return "\n".join([HEADER, *rows])


@pytest.fixture
def source():
    return SourceFactory(name="Weekly", supplier__name="Nordwind GmbH", supplier__default_currency="EUR")


def send(page, source, text: str, tmp_path: Path, name: str = "clamps.csv") -> None:
    file = tmp_path / name
    file.write_text(text)
    page.goto(f"/admin/ingestion/pricelist/add/?supplier={source.supplier_id}")
    page.set_input_files("input[type=file]", file)
    page.click("text=Upload and ingest")
    page.wait_for_url("**/ingestionrun/**")
    work()


def shoot(page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


def row_of(page, table: str, first: str) -> str:
    return str(page.inner_text(f"section:has-text('{table}') tr:has(td:text-is('{first}'))"))


def test_facts_go_in_and_are_seen_explained_filtered_and_exported(open_as, source, tmp_path, previewer):
    page = open_as("Reviewer")
    send(page, source, lines(), tmp_path)
    item = SupplierItem.objects.get(supplier_sku="K-1")

    page.goto(f"/admin/catalog/supplieritem/{item.pk}/change/")
    shoot(page, "item")
    said = page.inner_text("section:has-text('What the list says besides')")
    for text in (
        "Acme",
        "PC-100",
        "04006381333931",
        "from 10: 1.10 EUR; from 100: 1.05 EUR",
        "0.125 kg",
        "without tax",
    ):
        assert text in said, text

    page.click("text=Where each value comes from")
    page.wait_for_selector("tr[data-row]")
    shoot(page, "explain")
    table = "Where each value comes from"
    assert "E (EAN)\t4006381333931" in row_of(page, table, "Barcode")
    assert "I (Weight kg)\t0,125" in row_of(page, table, "Weight")
    assert "M (Colour)\tred" in row_of(page, table, "Colour")

    page.goto("/admin/catalog/supplieritem/?brand=Borea")
    assert page.locator("#result_list tbody tr").count() == 2
    with page.expect_download() as download:
        page.click("text=CSV")
    exported = list(csv.DictReader(Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["brand"], row["barcode"]) for row in exported] == [("Borealis", "05901234123457"), ("Borealis", "")]

    page.goto(f"/admin/ingestion/pricelist/{PriceList.objects.get().pk}/mapping/")
    page.wait_for_selector(".map-samples")
    shoot(page, "mapping")
    assert "04006381333931" in page.inner_text(".map-samples")
    assert "4006381333932" in page.inner_text(".map-samples td:last-child >> nth=3")
    page.select_option("select[data-field=C]", "characteristic")
    page.wait_for_selector(".map-samples:not(:has-text('Borealis'))")
