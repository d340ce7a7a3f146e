"""Lists are seen before they count, held where they are suspicious, taken back, and their errors worked off."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from catalog.models import SupplierItem
from ingestion.models import Change, IngestionRun
from tests.browser.test_mapping import shoot
from tests.factories import SourceFactory
from tests.ingestion.serving import work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAMES = [
    "Hammer drill 500 W", "Circular saw 1200 W", "Claw hammer 450 g", "Spirit level 60 cm", "Tape measure 5 m",
    "Cordless screwdriver 12 V", "Jigsaw 650 W", "Angle grinder 125 mm", "Wood chisel 20 mm", "Clamp 300 mm",
    "Workbench, folding", "Ear protectors", "Safety glasses", "Work gloves, size 9", "Extension lead 10 m",
    "Paint roller 18 cm", "Putty knife 80 mm", "Utility knife", "Tool box 19 inch", "Sanding paper, 50 sheets",
]  # fmt: skip
PRICES = {f"N-{number:02}": Decimal("9.90") + 7 * number for number in range(1, len(NAMES) + 1)}
SHOCKS: dict[str, Decimal] = {"N-03": Decimal(100), "N-07": Decimal("1.19"), "N-11": Decimal("1.19")}


def price_list(path: Path, prices: dict[str, object], week: int) -> Path:
    """Title, header and items, as a supplier's workbook."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Prices"
    sheet.append([f"Nordwind GmbH, price list of week {week}"])
    sheet.append([])
    sheet.append(["Code", "Name", "Price EUR", "Stock"])
    for (code, price), name in zip(prices.items(), NAMES, strict=False):
        sheet.append([code, name, float(price) if isinstance(price, Decimal) else price, 5])
    book.save(path)
    return path


def week(path: Path, number: int, **other: object) -> Path:
    """Prices go up by two per cent a week; what is `other` goes its own way."""
    raised = {code: round(price * (1 + Decimal(number) / 50), 2) for code, price in PRICES.items()}
    return price_list(path / f"week {number}.xlsx", {**raised, **other}, number)


def shocked(number: int) -> dict[str, object]:
    return {code: round(PRICES[code] * (1 + Decimal(number) / 50) * factor, 2) for code, factor in SHOCKS.items()}


@pytest.fixture
def source():
    return SourceFactory(supplier__name="Nordwind GmbH", name="Weekly list")


@pytest.fixture
def send(source):
    """Uploads a list, waits for its run to end, and gives the number of the run."""

    def upload(page, file: Path, button: str = "Upload and ingest") -> int:
        page.goto(f"/admin/ingestion/pricelist/add/?source={source.pk}")
        page.set_input_files("input[type=file]", file)
        page.get_by_role("button", name=button).click()
        return done(page)

    return upload


def done(page) -> int:
    page.wait_for_selector("#run-state")
    run_page = page.url
    page.goto("about:blank")  # the page reloads itself when its run has ended: not while we go there
    work()
    page.goto(run_page)
    page.wait_for_selector("#run-state[data-status$=success]")
    return int(page.url.split("/")[-3])


def price_of(code: str) -> Decimal:
    return Decimal(SupplierItem.objects.get(supplier_sku=code).current_price)


def open_run(page, number: int) -> None:
    page.goto(f"/admin/ingestion/ingestionrun/{number}/change/")


def bucket(page, kind: str) -> str:
    return str(page.inner_text(f"[data-change-set] [data-kind={kind}] dd"))


def test_a_dry_run_shows_everything_stores_nothing_and_is_applied(open_as, send, tmp_path):
    page = open_as("Staff")
    send(page, week(tmp_path, 0))
    dry = send(page, week(tmp_path, 1), "Upload and dry run")
    assert (bucket(page, "price_up"), bucket(page, "new"), bucket(page, "missing")) == ("20", "0", "0")
    assert price_of("N-01") == PRICES["N-01"]
    shoot(page, "dry-run")

    page.click("[data-kind=price_up]")
    page.wait_for_selector("#result_list")
    assert "+2.0 %" in page.inner_text("#result_list")
    shoot(page, "changes")

    open_run(page, dry)
    page.get_by_role("button", name="Apply it now").click()
    page.wait_for_selector(f"text=Applies the dry run #{dry}")
    done(page)
    assert price_of("N-01") == round(PRICES["N-01"] * Decimal("1.02"), 2)


def test_what_was_shown_is_computed_again_when_the_catalog_has_changed(open_as, send, tmp_path):
    page = open_as("Staff")
    send(page, week(tmp_path, 0))
    dry = send(page, week(tmp_path, 1), "Upload and dry run")
    item = SupplierItem.objects.get(supplier_sku="N-01")
    page.goto(f"/admin/catalog/supplieritem/{item.pk}/change/")
    page.fill("[name=current_price]", "50")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector("text=changed successfully")

    open_run(page, dry)
    page.get_by_role("button", name="Apply it now").click()
    page.wait_for_selector("text=The catalog has changed since")
    done(page)
    assert "Dry run" in page.inner_text("#run-state")
    assert price_of("N-01") == 50


def test_held_rows_are_accepted_in_part(open_as, send, tmp_path):
    page = open_as("Reviewer")
    send(page, week(tmp_path, 0))
    send(page, week(tmp_path, 1, **shocked(1)))
    assert "3 prices were held" in page.inner_text("[data-held]")
    assert bucket(page, "price_up") == "17"
    shoot(page, "held-run")

    page.click("[data-held] a")
    page.wait_for_selector("[data-groups]")
    shoot(page, "held")
    page.click("[data-cause=vat] >> text=Accept all")
    page.wait_for_selector("#decide")
    page.fill("[name=comment]", "VAT is included from this week on")
    shoot(page, "decide")
    page.click("#decide button >> text=Accept (2)")
    page.wait_for_selector("text=2 accepted. 1 is still held.")
    assert price_of("N-07") == shocked(1)["N-07"]
    assert price_of("N-03") == PRICES["N-03"]

    page.check("#action-toggle")
    page.select_option("select[name=action]", "reject_chosen")
    page.click("button[name=index]")
    page.click("#decide button >> text=Reject (1)")
    page.wait_for_selector("text=1 rejected. 0 are still held.")
    assert price_of("N-03") == PRICES["N-03"]
    accepted = Change.objects.filter(state="accepted").first()
    assert accepted.comment == "VAT is included from this week on"

    send(page, week(tmp_path, 2, **shocked(1)))
    assert not Change.objects.filter(state="held").exists()


def test_all_below_so_many_per_cent_are_accepted(open_as, send, tmp_path):
    page = open_as("Reviewer")
    send(page, week(tmp_path, 0))
    send(page, week(tmp_path, 1, **shocked(1)))
    page.goto("/admin/ingestion/heldchange/")
    page.fill("#accept-below [name=below]", "25")
    page.click("#accept-below button")
    page.click("#decide button >> text=Accept (2)")
    page.wait_for_selector("text=2 accepted. 1 is still held.")


def test_an_undo_says_what_it_will_do_and_leaves_conflicts_alone(open_as, send, tmp_path):
    page = open_as("Reviewer")
    send(page, week(tmp_path, 0))
    run = send(page, week(tmp_path, 1))
    item = SupplierItem.objects.get(supplier_sku="N-02")
    page.goto(f"/admin/catalog/supplieritem/{item.pk}/change/")
    page.fill("[name=current_price]", "19.99")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector("text=changed successfully")

    open_run(page, run)
    page.click("text=Undo this run")
    page.wait_for_selector("#undo")
    assert (page.inner_text("[data-restored]"), page.inner_text("[data-conflicts]")) == ("19", "1")
    assert "N-02" in page.inner_text("#undo")
    assert "a person changed it" in page.inner_text("#undo")
    assert price_of("N-01") != PRICES["N-01"]
    shoot(page, "undo")

    page.fill("[name=comment]", "The supplier sent the wrong file")
    page.click("#undo button >> text=Undo this run")
    page.wait_for_selector("text=1 conflict was left alone")
    assert price_of("N-01") == PRICES["N-01"]
    assert price_of("N-02") == Decimal("19.99")
    shoot(page, "undone")

    page.click("text=Undo the undo")
    page.click("#undo button >> text=Undo this run")
    page.wait_for_selector("#run-state[data-status$=success]")
    assert price_of("N-01") == round(PRICES["N-01"] * Decimal("1.02"), 2)
    assert price_of("N-02") == Decimal("19.99")


def test_errors_of_one_cause_are_corrected_and_the_list_runs_again(open_as, send, tmp_path):
    page = open_as("Staff")
    run = send(page, week(tmp_path, 0, **{"N-04": "call us", "N-09": "on request"}))
    assert not SupplierItem.objects.filter(supplier_sku="N-04").exists()
    shoot(page, "errors")
    page.click("[data-errors] >> text=Look and correct")
    page.wait_for_selector("#corrections")
    assert "call us" in page.inner_text("#corrections")
    page.get_by_label("Correct value of row 7").fill("37.90")
    shoot(page, "correct")
    page.get_by_role("button", name="Save and run again").click()
    page.wait_for_selector("#run-state[data-status=queued]")
    again = done(page)
    assert again != run
    assert price_of("N-04") == Decimal("37.90")
    assert IngestionRun.objects.get(pk=again).failed_rows == 1

    page.click("[data-errors] >> text=Look and correct")
    page.fill("#ignore [name=comment]", "They never say")
    page.click("#ignore button")
    page.wait_for_selector("text=is ignored for")
    page.goto(f"/admin/suppliers/pricelistsource/{IngestionRun.objects.get(pk=run).source_id}/change/")
    assert "They never say" in page.content()
    page.click("text=Show it again")
    page.wait_for_selector("text=is shown again")


def test_the_error_workbook_is_mailed_back_corrected_and_taken_in(open_as, previewer, send, tmp_path):
    page = open_as("Staff")
    send(page, week(tmp_path, 0, **{"N-04": "call us"}))
    with page.expect_download() as waiting:
        page.click("text=Error workbook")
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)

    book = openpyxl.load_workbook(file)
    sheet = book["Prices"]
    assert sheet["A1"].value == "Nordwind GmbH, price list of week 0"
    bad = sheet["C7"]
    assert bad.value == "call us"
    assert bad.fill.fgColor.rgb not in ("00000000", "FFFFFFFF")
    assert "call us" in bad.comment.text
    bad.value = 37.9
    book.save(file)

    send(page, file)
    assert price_of("N-04") == Decimal("37.90")


def test_a_price_is_explained_down_to_its_cell(open_as, previewer, send, tmp_path):
    page = open_as("Staff")
    send(page, week(tmp_path, 0))
    item = SupplierItem.objects.get(supplier_sku="N-04")
    page.goto(f"/admin/catalog/supplieritem/{item.pk}/change/")
    page.click("text=Explain")
    page.wait_for_selector(".rev-cell")
    assert page.inner_text(".rev-cell") == "37.9"
    assert page.inner_text("tr.rev-row th") == "7"
    assert "column C (Price EUR)" in page.inner_text(".rev-facts")
    shoot(page, "explain")


def test_what_was_changed_by_hand_stays_and_follows_the_list_on_request(open_as, send, tmp_path):
    page = open_as("Staff")
    send(page, week(tmp_path, 0))
    item = SupplierItem.objects.get(supplier_sku="N-04")
    page.goto(f"/admin/catalog/supplieritem/{item.pk}/change/")
    page.fill("[name=name]", "Spirit level, aluminium")
    page.get_by_role("button", name="Save and continue editing").click()
    page.wait_for_selector("text=Follow the list")
    shoot(page, "by-hand")
    send(page, week(tmp_path, 1))
    item.refresh_from_db()
    assert item.name == "Spirit level, aluminium"

    page.goto(f"/admin/catalog/supplieritem/{item.pk}/change/")
    page.click("text=Follow the list")
    page.wait_for_selector("text=Follows the list again")
    item.refresh_from_db()
    assert item.name == "Spirit level 60 cm"
