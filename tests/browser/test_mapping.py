"""A list that was guessed wrongly is put right once, and its source's later lists are read so or stopped."""

import os
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill

from catalog.models import SupplierItem
from ingestion.models import IngestionRun
from suppliers.models import MappingProfile
from tests.factories import SourceFactory
from tests.ingestion.serving import work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHOTS = Path(os.environ["SHOTS"]) if "SHOTS" in os.environ else None
HEADERS = ["Art. no.", "Description", "Stock", "List price, EUR", "Group K, EUR"]
GOODS = [
    ("Fastenings", None),
    ("B-1001", "Wood screw 4 x 40, 100 pcs"),
    ("B-1002", "Wood screw 5 x 60, 100 pcs"),
    ("B-1003", "Anchor bolt M10 x 100"),
    ("B-1004", "Threaded rod M8, 1 m"),
    ("Adhesives", None),
    ("B-2001", "Mounting glue 310 ml"),
    ("B-2002", "Silicone, transparent 280 ml"),
    ("B-2003", "Wood glue D3, 750 g"),
]


def workbook(path: Path, headers: list[str], week: int, order: tuple[int, ...] = (0, 1, 2, 3, 4)) -> Path:
    book = openpyxl.Workbook()
    del book["Sheet"]
    sheet = book.create_sheet("Prices")
    sheet.append([f"Bergmann Tools Ltd, price list of week {week}"])
    sheet.merge_cells("A1:E1")
    sheet["A1"].font = Font(bold=True)
    sheet.append([])
    sheet.append([headers[column] for column in order])
    for number, (code, name) in enumerate(GOODS):
        if name is None:
            sheet.append([code])
            sheet.cell(sheet.max_row, 1).font = Font(bold=True)
            sheet.cell(sheet.max_row, 1).fill = PatternFill("solid", fgColor="FFDDDDDD")
            continue
        price = Decimal("3.15") + number + Decimal(week) / 100
        partner = "call us" if code == "B-2003" else float(round(price * Decimal("0.7"), 2))
        row = [code, name, 5 * number, float(price), partner]
        sheet.append([row[column] for column in order])
    book.save(path)
    return path


def shoot(page, name: str) -> None:
    """For the documentation, and for whoever changes the screen: SHOTS=folder keeps what it looks like."""
    if SHOTS:
        page.set_viewport_size({"width": 1440, "height": 1100})
        page.screenshot(path=SHOTS / f"{name}.png")


def upload(page, source, path: Path, button: str) -> None:
    page.goto(f"/admin/ingestion/pricelist/add/?source={source.pk}")
    page.set_input_files("input[type=file]", path)
    page.click(f"text={button}")


def settled(page) -> None:
    page.wait_for_selector("#map-result[aria-busy=false]")


def price_of(code: str) -> Decimal:
    return Decimal(SupplierItem.objects.get(supplier_sku=code).current_price)


def test_a_mapping_is_corrected_saved_used_and_bound_anew(open_as, previewer, tmp_path):
    source = SourceFactory(supplier__name="Bergmann Tools Ltd", name="Weekly list")
    page = open_as("Staff")

    upload(page, source, workbook(tmp_path / "week 1.xlsx", HEADERS, 1), "Upload and preview")
    settled(page)
    assert page.locator("[data-column=D]").get_attribute("title").startswith("price")
    assert page.inner_text("[data-items]") == "7"
    shoot(page, "guessed")

    page.select_option("[data-field=E]", "price")
    page.wait_for_selector("[data-difference]")
    assert (page.inner_text("[data-items]"), page.inner_text("[data-errors]")) == ("6", "1")
    assert page.locator("tr[data-kind=error] th").get_attribute("title")
    shoot(page, "corrected")
    assert not SupplierItem.objects.exists()

    page.click("text=Save for this source and ingest")
    page.wait_for_selector("#run-state")
    work()
    page.wait_for_selector("#run-state[data-status=partial_success]")
    assert price_of("B-1001") == Decimal("2.91")
    assert MappingProfile.objects.get().settings["column_mapping"]["Group K, EUR"] == "price"

    upload(page, source, workbook(tmp_path / "week 2.xlsx", HEADERS, 2), "Upload and ingest")
    page.wait_for_selector("#run-state")
    work()
    page.wait_for_selector("#run-state[data-status=partial_success]")
    assert price_of("B-1001") == Decimal("2.92")

    renamed = [*HEADERS[:4], "Your conditions, EUR"]
    upload(page, source, workbook(tmp_path / "week 3.xlsx", renamed, 3, (0, 1, 4, 2, 3)), "Upload and ingest")
    page.wait_for_selector("#run-state")
    work()
    page.wait_for_selector("#run-state[data-status=waiting]")
    page.wait_for_selector("[data-drift]")
    assert "Group K, EUR" in page.inner_text("[data-drift]")
    assert "Your conditions, EUR" in page.inner_text("[data-drift]")
    assert price_of("B-1001") == Decimal("2.92")
    shoot(page, "drifted")

    page.click("text=Bind to the new columns and go on")
    page.wait_for_selector("#run-state[data-status=queued]")
    work()
    page.wait_for_selector("#run-state[data-status=partial_success]")
    assert price_of("B-1001") == Decimal("2.93")
    assert MappingProfile.objects.count() == 2
    assert IngestionRun.objects.count() == 3

    page.goto(f"/admin/suppliers/pricelistsource/{source.pk}/change/")
    shoot(page, "source")
    page.click("text=Use this again")
    page.wait_for_selector("text=in force again")
    assert MappingProfile.objects.count() == 3


def test_a_question_is_answered_on_the_screen(open_as, previewer, tmp_path):
    source = SourceFactory(supplier__name="Bergmann Tools Ltd", name="Weekly list")
    page = open_as("Staff")
    twice = [*HEADERS[:3], "Price, EUR", "Price, EUR"]
    upload(page, source, workbook(tmp_path / "week 1.xlsx", twice, 1), "Upload and ingest")
    page.wait_for_selector("#run-state")
    work()
    page.wait_for_selector("#run-state[data-status=waiting]")
    assert "could both be the price" in page.inner_text("[data-message]")
    assert not SupplierItem.objects.exists()

    page.click("text=Preview and mapping")
    settled(page)
    assert "could both be the price" in page.inner_text("[data-question]")
    page.focus("[data-field=E]")
    page.keyboard.type("price")
    page.wait_for_selector("[data-column=E][data-given]")
    settled(page)
    page.click("text=Ingest once")
    page.wait_for_selector("#run-state[data-status=queued]")
    work()
    page.wait_for_selector("#run-state[data-status=partial_success]")
    assert price_of("B-1001") == Decimal("2.91")
    assert IngestionRun.objects.count() == 1


def test_a_wide_sheet_keeps_its_row_numbers_and_column_heads_in_sight(open_as, previewer, tmp_path):
    lines = [";".join(["Code", "Name", *(f"Detail {n}" for n in range(117)), "Price"])]
    lines += [
        ";".join([f"W-{row}", f"Rope no. {row}", *("x" for _ in range(117)), f"{row},50"]) for row in range(1, 90)
    ]
    file = tmp_path / "wide.csv"
    file.write_text("\n".join(lines))
    page = open_as("Staff")
    page.emulate_media(color_scheme="dark")
    upload(page, SourceFactory(), file, "Upload and preview")
    settled(page)
    page.click("#map-used button:last-child")
    assert page.evaluate("document.activeElement.dataset.field") == "DP"
    page.evaluate("document.getElementById('map-scroll').scrollTop = 400")
    scroll, corner = (page.locator(which).bounding_box() for which in ("#map-scroll", ".map-corner"))
    head, number = (page.locator(which).bounding_box() for which in ("[data-column=DP]", "tr[data-row='30'] th"))
    assert abs(corner["x"] - scroll["x"]) < 3
    assert abs(number["x"] - scroll["x"]) < 3
    assert abs(head["y"] - scroll["y"]) < 3
    shoot(page, "wide")
