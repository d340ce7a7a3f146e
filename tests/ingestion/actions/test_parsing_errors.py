"""Parsing errors become work that ends; prices are explained from the stored list. With real files and parsers."""

import io
import json

import pytest
from django.core.files.base import ContentFile
from openpyxl import Workbook, load_workbook

from catalog.models import PriceHistory, SupplierItem
from ingestion.actions import holds, parsing_errors
from ingestion.actions.edits_by_hand import edit_item
from ingestion.actions.starts import run_again
from ingestion.actions.uploads import receive_upload
from ingestion.errors import ConfigurationError
from ingestion.lists.opened import open_for_run, open_with
from ingestion.models import IngestionRun, ParsingLog
from ingestion.pipeline.attempt import run_ingestion
from ingestion.pricegrid import problems
from ingestion.views import grid
from ingestion.views.error_workbook import ask_workbook, file_name
from ingestion.views.excerpt import ask_row
from ingestion.views.explain import Explanation, explain, show_row
from ingestion.views.looks import try_settings
from ingestion.views.understood import understood
from suppliers.models import Supplier
from tests.factories import UserFactory
from tests.ingestion.prepared import prepare_all

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey")]

HEAD = ("Code", "Name", "Price EUR")
ROWS = [(f"K-{number}", f"Garden hose {number} m", f"{number + 10}.50") for number in range(12)]
BAD = [("K-90", "Rake", "call us"), ("K-91", "Spade", "soon"), ("K-92", "=cmd|' /C calc'!A0", "ask")]


@pytest.fixture(autouse=True)
def _parsers(settings):
    settings.INGESTION_PARSERS = []


def upload(source, content: bytes, name: str) -> IngestionRun:
    run = receive_upload(file=ContentFile(content, name), source=source)
    run_ingestion(run)
    return run


def explained(price) -> Explanation:
    """With what stands in the file."""
    found = explain(price)
    assert found.run is not None
    assert found.row_number is not None
    view = ask_row(found.run, found.sheet, found.row_number, by=UserFactory())
    prepare_all()
    view.refresh_from_db()
    show_row(found, grid.grid_from_json(json.loads(view.result)["grid"]))
    return found


def error_workbook(run):
    view = ask_workbook(run, by=UserFactory())
    prepare_all()
    view.refresh_from_db()
    with view.file.open() as content:
        return load_workbook(io.BytesIO(content.read()))


def csv(rows) -> bytes:
    return "\n".join(";".join(row) for row in [HEAD, *rows]).encode()


def xlsx(rows) -> bytes:
    workbook = Workbook()
    worksheet = workbook.worksheets[0]
    worksheet.title = "Tools"
    for row in [("Price list of a supplier",), HEAD, *rows]:
        worksheet.append(row)
        for cell in worksheet[worksheet.max_row]:
            cell.data_type = "s"
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def test_groups_by_cause_and_column(source):
    run = upload(source, csv([*ROWS, *BAD]), "list.csv")
    assert run.status == "partial_success"
    found = parsing_errors.error_groups(run)
    assert sum(group.count for group in found) == 3
    assert {group.column for group in found} == {"C"}
    assert parsing_errors.of_group(run, found[0].cause, "C").count() == found[0].count


def test_corrected_by_hand_and_run_again(source, person):
    run = upload(source, csv([*ROWS, *BAD]), "list.csv")
    log = ParsingLog.objects.get(run=run, row_number=14)
    parsing_errors.correct(log, "c", " 7.90 ", by=person)
    again = run_again(run, by=person, force=True)
    run_ingestion(again)
    assert (again.new_items, again.failed_rows) == (1, 2)
    price = PriceHistory.objects.get(supplier_item__supplier_sku="K-90")
    assert f"{price.price:.2f}" == "7.90"
    found = explained(price)
    assert (found.raw, found.correction, found.cell) == ("call us", "7.90", "C14")


def test_the_preview_reads_with_corrections_as_runs_do(source, person):
    run = upload(source, csv([*ROWS, *BAD]), "list.csv")
    assert run.price_list
    before = open_with(run.price_list, {}).depends
    assert try_settings(run.price_list, {}).errors == 3
    parsing_errors.correct(ParsingLog.objects.get(run=run, row_number=14), "C", "7.90", by=person)
    trial = try_settings(run.price_list, {})
    assert (trial.items, trial.errors) == (13, 2)
    assert str(trial.offers[None, 14].price) == "7.90"
    assert open_with(run.price_list, {}).depends != before  # what was prepared before is not shown any more


def test_a_profile_remembers_the_list_as_it_is_read(source, person):
    """What is corrected is what the columns look like: else the corrected list itself would have drifted."""
    run = upload(source, csv([*ROWS, *BAD]), "list.csv")
    for log in ParsingLog.objects.filter(run=run):
        parsing_errors.correct(log, "C", "7.90", by=person)
    assert run.price_list
    (sheet,) = understood(run.price_list, {}).fingerprint["sheets"]
    assert sheet["columns"][2]["shape"]["numeric"] == 1


def test_rows_are_shown_as_their_run_read_them_whatever_is_set_by_now(source, person):
    """The settings of today have nothing to do with what the run says of itself."""
    run = upload(source, csv(ROWS), "list.csv")
    view = ask_row(run, "", 3, by=person)
    source.parser_type, source.decimal_sign, source.zero_is_price = "excel", ",", True
    source.save()
    Supplier.objects.update(default_currency="PLN")
    prepare_all()
    view.refresh_from_db()
    assert (view.status, view.message) == ("ready", "")
    assert open_for_run(IngestionRun.objects.get(pk=run.pk)).parser.name == "csv"


def test_who_was_faster_keeps_only_their_own_cell(source, person):
    run = upload(source, csv([*ROWS, *BAD]), "list.csv")
    first, second, *_rest = logs = list(ParsingLog.objects.filter(run=run).order_by("id"))
    parsing_errors.correct(first, "C", "5", by=UserFactory())
    kept = parsing_errors.correct_each(
        ParsingLog.objects.filter(pk__in=[log.pk for log in logs]),
        "C",
        {first.pk: "6", second.pk: "8.20"},
        by=person,
        seen={first.pk: "", second.pk: ""},
    )
    assert (kept.kept, len(kept.clashes)) == (1, 1)
    assert "Now: 5; yours: 6." in kept.clashes[0]


def test_what_cannot_be_corrected(source, person):
    run = upload(source, csv([*ROWS, *BAD]), "list.csv")
    log = ParsingLog.objects.filter(run=run)[0]
    with pytest.raises(ConfigurationError, match="no column"):
        parsing_errors.correct(log, "price", "1", by=person)
    log.row_number = None
    with pytest.raises(ConfigurationError):
        parsing_errors.correct(log, "C", "1", by=person)
    log.row_number, log.run.price_list = 14, None
    with pytest.raises(ConfigurationError, match="deleted"):
        parsing_errors.correct(log, "C", "1", by=person)


def test_ignored_cause_is_counted_but_no_work(source, person):
    run = upload(source, csv([*ROWS, *BAD]), "list.csv")
    for group in parsing_errors.error_groups(run):
        parsing_errors.ignore(source, group.cause, by=person, comment="they never know")
    assert all(group.is_ignored for group in parsing_errors.error_groups(run))
    again = upload(source, csv([*ROWS, *BAD, ("K-93", "Axe", "call us")]), "list2.csv")
    assert again.failed_rows == 4
    assert ParsingLog.objects.filter(run=again, is_ignored=True).count() == 4
    parsing_errors.heed_again(source, parsing_errors.error_groups(run)[0].cause, by=person)
    assert not all(group.is_ignored for group in parsing_errors.error_groups(run))


def reword(monkeypatch, *areas) -> None:
    """Every text about rows is another one, as after an upgrade that reworded them all."""
    for area in areas:
        for name, problem in list(vars(area).items()):
            if isinstance(problem, problems.Problem):
                other = problem._replace(template=f"In other words: {problem.template}")
                monkeypatch.setattr(area, name, other)
                monkeypatch.setitem(problems.PROBLEMS, problem.code, other)


def test_a_reworded_cause_stays_ignored(source, person, monkeypatch):
    bad = [*BAD, ("K-1", "Quite another hose", "3.50")]
    run = upload(source, csv([*ROWS, *bad]), "list.csv")
    for group in parsing_errors.error_groups(run):
        parsing_errors.ignore(source, group.cause, by=person)
    known = {str(ignored) for ignored in source.ignored_causes.all()}
    assert "The price is not given: “…”." in known
    reword(monkeypatch, problems.prices, problems.codes)
    again = upload(source, csv([*ROWS, *bad, ("K-93", "Axe", "on request")]), "list2.csv")
    logs = ParsingLog.objects.filter(run=again)
    assert logs.count() == 5
    assert all(log.is_ignored and log.message.startswith("In other words: ") for log in logs)
    assert {str(ignored) for ignored in source.ignored_causes.all()} == {f"In other words: {title}" for title in known}


def test_ignored_rows_do_not_hold_a_run(source, person):
    rows = [*ROWS[:5], *((f"N-{number}", f"Hose {number}", f"-{number + 5}.00") for number in range(9))]
    run = upload(source, csv(rows), "list.csv")
    assert run.status == "waiting"
    parsing_errors.ignore(source, parsing_errors.error_groups(run)[0].cause, by=person)
    again = run_again(run, by=person)
    run_ingestion(again)
    assert (again.status, again.waits_for, again.message) == ("partial_success", "", "")


@pytest.mark.parametrize(
    ("make", "name", "sheet", "row"), [(csv, "list.csv", None, 14), (xlsx, "list.xlsx", "Tools", 15)]
)
def test_error_workbook_goes_out_and_comes_back(source, person, make, name, sheet, row):
    run = upload(source, make([*ROWS, *BAD]), name)
    assert file_name(run) == "list-errors.xlsx"
    workbook = error_workbook(run)
    worksheet = workbook[sheet] if sheet else workbook.active
    bad = worksheet.cell(row, 3)
    assert (bad.value, bad.fill.fgColor.rgb) == ("call us", "FFFFC7CE")
    assert "call us" in bad.comment.text
    assert worksheet.cell(row - 1, 3).comment is None
    formula = worksheet.cell(row + 2, 2)
    assert (formula.value, formula.data_type, formula.quotePrefix) == ("=cmd|' /C calc'!A0", "s", True)
    for number in range(3):
        worksheet.cell(row + number, 3).value = f"{number + 1}.20"
    content = io.BytesIO()
    workbook.save(content)
    back = upload(source, content.getvalue(), "list-errors.xlsx")
    assert (back.status, back.new_items, back.changed_items, back.missing_items) == ("success", 3, 0, 0)


def test_large_workbook_is_written_anew(source, monkeypatch):
    monkeypatch.setattr("ingestion.views.error_workbook.LARGEST_KEPT", 0)
    run = upload(source, xlsx([*ROWS, *BAD]), "list.xlsx")
    worksheet = error_workbook(run)["Tools"]
    assert worksheet.cell(1, 1).value == "Price list of a supplier"
    assert worksheet.cell(15, 3).comment is not None
    assert worksheet.cell(17, 2).data_type == "s"


def test_workbook_of_a_list_that_is_gone(source):
    run = upload(source, csv([*ROWS, *BAD]), "list.csv")
    run.price_list = None
    with pytest.raises(ConfigurationError):
        ask_workbook(run, by=UserFactory())


def test_price_is_explained(source, person):
    run = upload(source, xlsx(ROWS), "list.xlsx")
    price = PriceHistory.objects.get(supplier_item__supplier_sku="K-3")
    found = explained(price)
    assert (found.run, found.set_by, found.sheet, found.row_number, found.cell) == (run, run, "Tools", 6, "C6")
    assert (found.raw, found.header) == ("13.50", "Price EUR")
    assert "taken for the price" in found.rule
    assert found.cells[0] == ("A", "K-3")
    assert not found.note
    run.price_list.delete()
    assert "deleted" in explain(price).note
    price.run_id = None
    assert "not on record" in explain(price).note


def test_accepted_and_edited_prices_are_explained(source, person):
    upload(source, csv(ROWS), "list.csv")
    shocked = upload(source, csv([*ROWS[:3], ("K-3", "Garden hose 3 m", "1350"), *ROWS[4:]]), "list.csv")
    (accepting,) = holds.accept(holds.open_holds(), by=person).runs
    found = explained(PriceHistory.objects.get(price=1350))
    assert (found.run, found.set_by, found.cell, found.raw) == (shocked, accepting, "C5", "1350")
    edit_item(SupplierItem.objects.get(supplier_sku="K-3"), {"current_price": 14}, by=person)
    assert str(person) in explain(PriceHistory.objects.get(price=14)).rule
