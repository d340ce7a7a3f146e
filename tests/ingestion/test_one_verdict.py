"""The command, the preview, the dry run and the run read a list in the same way, and come to the same verdict."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from catalog.models import SupplierItem
from ingestion.actions import mapping, parsing_errors
from ingestion.actions.currencies import KeptWith, set_currency
from ingestion.actions.uploads import receive_upload
from ingestion.models import IngestionRun, ParsingLog
from ingestion.pipeline.attempt import run_to_end
from ingestion.runs.results import verdict_on, write_task_result
from ingestion.views.looks import try_settings
from suppliers.models import PriceListSource
from tests.factories import SourceFactory, SupplierFactory, UserFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey")]

HEAD = "Code;Name;Price\n"
GOOD = [f"K-{number};Garden hose {number} m;{number + 10},50" for number in range(1, 15)]
BAD = [f"B-{number};Rake {number};-{number + 3},00" for number in range(1, 17)]


class Reading(NamedTuple):
    """What one of the four ways says of a list."""

    verdict: str
    questions: tuple[str, ...]
    items: int
    errors: int
    skipped: int


def text(*lines: str, head: str = HEAD) -> str:
    return head + "\n".join(lines) + "\n"


def source_of(currency: str = "EUR") -> PriceListSource:
    return SourceFactory(supplier=SupplierFactory(default_currency=currency))


def inspected(content: str, source: PriceListSource, folder: Path) -> Reading:
    path, out = folder / "week.csv", StringIO()
    path.write_text(content, encoding="utf-8")
    try:
        call_command("inspect_price_list", str(path), "--json", "--supplier", source.supplier.name, stdout=out)
        exit_code = 0
    except SystemExit as ended:
        exit_code = int(ended.code or 0)
    *lines, said = map(json.loads, out.getvalue().splitlines())
    errors = [line for line in lines if line["kind"] == "error" and line["row_number"]]
    assert said["verdict"] != "refused" or exit_code == 1
    return Reading(said["verdict"], tuple(said["questions"]), said["items"], len(errors), sum(said["skipped"].values()))


def upload(content: str, source: PriceListSource, *, dry_run: bool) -> IngestionRun:
    return receive_upload(file=ContentFile(content.encode(), "week.csv"), source=source, dry_run=dry_run)


def previewed(run: IngestionRun) -> Reading:
    assert run.price_list
    assert run.source
    profile = run.source.profile
    trial = try_settings(run.price_list, profile.settings if profile else {})
    return Reading(trial.verdict, tuple(trial.questions), trial.items, trial.errors, sum(trial.skipped.values()))


def ways(content: str, source: PriceListSource, folder: Path) -> tuple[Reading, IngestionRun, IngestionRun]:
    """What all say alike, the dry run and the run."""
    dry_run = upload(content, source, dry_run=True)
    seen = previewed(dry_run)
    assert inspected(content, source, folder) == seen
    run_to_end(dry_run)
    run = upload(content, source, dry_run=False)
    run_to_end(run)
    for each in (dry_run, run):
        said = write_task_result(each)
        assert (said["verdict"], said["questions"]) == (seen.verdict, list(seen.questions))
    return seen, dry_run, run


def test_a_list_that_is_stored(tmp_path: Path) -> None:
    seen, dry_run, run = ways(text(*GOOD, *BAD[:2]), source_of(), tmp_path)
    assert seen == Reading("stored", (), 14, 2, 1)
    for each in (dry_run, run):
        assert (each.status, each.successful_rows, each.failed_rows, each.skipped_rows) == ("partial_success", 14, 2, 1)


def test_a_code_twice_is_the_same_to_all(tmp_path: Path) -> None:
    """Once an exact repetition was an error to the command and the preview, and skipped by a run."""
    content = text(*GOOD, GOOD[0], GOOD[1].replace("hose", "rake"))
    seen, dry_run, run = ways(content, source_of(), tmp_path)
    assert seen == Reading("stored", (), 14, 1, 2)
    for each in (dry_run, run):
        assert (each.successful_rows, each.failed_rows, each.skipped_rows) == (14, 1, 2)
    log = ParsingLog.objects.get(run=run)
    assert run.price_list
    trial = try_settings(run.price_list, {})
    assert [cause.sample for cause in trial.causes.values()] == [log.message]
    assert trial.skipped["duplicate"] == 1


def test_the_price_of_a_larger_quantity_is_an_error_to_all(tmp_path: Path) -> None:
    """Once the first row was taken, though it was that of the largest quantity."""
    rows = [f"K-{number};Garden hose {number} m;1;{number + 10},50" for number in range(1, 500)]
    last = ("R-1;Relay;100;1,50", "R-1;Relay;1;2,00")
    seen, _, run = ways(text(*rows, *last, head="Code;Name;MOQ;Price\n"), source_of(), tmp_path)
    assert seen == Reading("stored", (), 500, 1, 1)
    assert SupplierItem.objects.get(supplier_sku="R-1").current_price == 2
    assert ParsingLog.objects.get(run=run).row_number == 501


def test_a_code_twice_with_other_facts_collides_to_all(tmp_path: Path) -> None:
    """Once the command passed the second row over, as if it said the same."""
    rows = [f"K-{number};Garden hose {number} m;{number + 10},50;{number},5" for number in range(1, 15)]
    content = text(*rows, "K-1;Garden hose 1 m;11,50;7,5", rows[1], head="Code;Name;Price;Weight kg\n")
    seen, _, _ = ways(content, source_of(), tmp_path)
    assert seen == Reading("stored", (), 14, 1, 2)


def test_a_question_that_was_answered_is_not_asked_by_what_followed(tmp_path: Path) -> None:
    """Once a run whose content was known already still said "asks", for the question that it had been answered."""
    source = source_of()
    run = IngestionRun.objects.create(
        task_id="answered", supplier=source.supplier, supplier_name=source.supplier.name, source=source,
        parser_type="csv", status="success", created_at=timezone.now(), due_at=timezone.now(),
        understanding={"questions": ["Which column is the price?"]},
    )  # fmt: skip
    assert verdict_on(run) == ("stored", ())
    run.dry_run = True
    assert verdict_on(run) == ("asks", ("Which column is the price?",))


def test_a_list_whose_rows_all_fail_is_refused(tmp_path: Path) -> None:
    """Once the preview said "16 items, 0 errors", and the run asked whether so many failed rows are acceptable."""
    seen, dry_run, run = ways(text(*BAD), source_of(), tmp_path)
    assert seen == Reading("refused", (), 0, 16, 1)
    for each in (dry_run, run):
        assert (each.status, each.failed_rows) == ("failure", 16)
        assert "No row of the list could be used" in each.message
    assert all("below zero" in log.message for log in ParsingLog.objects.filter(run=run))


def test_a_list_whose_currency_nothing_says_asks_for_it_once(tmp_path: Path) -> None:
    """Once every row failed, to all four."""
    source, content = source_of(""), text(*GOOD, *BAD[:2])
    seen, dry_run, run = ways(content, source, tmp_path)
    assert (seen.verdict, seen.items, seen.errors, len(seen.questions)) == ("asks", 14, 2, 1)
    assert "In which currency are the prices of column C “Price”?" in seen.questions[0]
    for each in (dry_run, run):
        assert (each.status, each.waits_for, each.message) == ("waiting", "currency", seen.questions[0])
        assert (each.failed_rows, each.parsing_logs.count()) == (0, 1)
    person = UserFactory()
    answered = set_currency(run, "CZK", kept_with=KeptWith.SUPPLIER, by=person)
    assert {each.pk for each in answered} == {run.pk, dry_run.pk}
    for each in answered:
        run_to_end(each)
        assert (each.status, each.successful_rows, each.failed_rows) == ("partial_success", 14, 2)
    assert set(SupplierItem.objects.values_list("currency", flat=True)) == {"CZK"}
    source.supplier.refresh_from_db()
    seen, _dry_run, run = ways(content.replace("50", "60"), source, tmp_path)
    assert (seen.verdict, run.status) == ("stored", "partial_success")


def test_the_currency_is_asked_also_of_a_list_whose_mapping_is_confirmed(tmp_path: Path) -> None:
    source = source_of("")
    run = upload(text(*GOOD), source, dry_run=False)
    IngestionRun.objects.filter(pk=run.pk).update(is_confirmed=True)
    run.refresh_from_db()
    run_to_end(run)
    assert (run.status, run.waits_for) == ("waiting", "currency")


def test_with_another_question_the_currency_is_asked_on_the_mapping_screen(tmp_path: Path, settings: Any) -> None:
    settings.INGESTION_CONFIDENCE = {"price": 1.1}
    seen, _dry_run, run = ways(text(*GOOD), source_of(""), tmp_path)
    assert (len(seen.questions), run.waits_for) == (2, "mapping")
    assert list(run.understood().questions) == list(seen.questions)


def test_too_many_failed_rows_are_asked_about(tmp_path: Path) -> None:
    seen, dry_run, run = ways(text(*GOOD, *BAD), source_of(), tmp_path)
    assert (seen.verdict, seen.items, seen.errors) == ("asks", 14, 16)
    assert "16 of 30 rows failed" in seen.questions[0]
    assert (run.status, run.waits_for, run.message) == ("waiting", "quality", seen.questions[0])
    assert dry_run.summary["guards"] == []


def test_ignored_causes_ask_nobody(tmp_path: Path) -> None:
    source, person = source_of(), UserFactory()
    _seen, _dry_run, run = ways(text(*GOOD, *BAD), source, tmp_path)
    for group in parsing_errors.error_groups(run):
        parsing_errors.ignore(source, group.cause, by=person)
    seen, _dry_run, run = ways(text(*GOOD[1:], *BAD), source, tmp_path)
    assert (seen.verdict, run.status) == ("stored", "partial_success")


def test_an_unsure_column_is_asked_about(tmp_path: Path, settings: Any) -> None:
    """Once the command said "is read" where a run waits for a person."""
    settings.INGESTION_CONFIDENCE = {"price": 1.1}
    seen, dry_run, run = ways(text(*GOOD), source_of(), tmp_path)
    assert seen.verdict == "asks"
    assert "was taken for the price" in seen.questions[0]
    for each in (dry_run, run):
        assert (each.status, each.waits_for, each.message) == ("waiting", "mapping", " ".join(seen.questions))


def test_a_list_that_is_not_understood_is_asked_about(tmp_path: Path) -> None:
    sizes = "\n".join(f"{row.rpartition(';')[0]};{at % 7}.5" for at, row in enumerate(GOOD))
    seen, dry_run, run = ways(f"Code;Name;Width\n{sizes}", source_of(), tmp_path)
    assert (seen.verdict, seen.items) == ("asks", 0)
    assert "No column is a price" in seen.questions[0]
    for each in (dry_run, run):
        assert (each.status, each.message) == ("waiting", seen.questions[0])


def test_a_list_that_drifted_from_its_profile_is_asked_about(tmp_path: Path) -> None:
    source = source_of()
    first = upload(text(*GOOD), source, dry_run=True)
    assert first.price_list
    mapping.save(first.price_list, {}, by=UserFactory())
    moved = text(
        *(f"{row[0]};{row[1]};x;{row[2]}" for row in (line.split(";") for line in GOOD)), head="Code;Name;Unit;Price\n"
    )
    seen, dry_run, run = ways(moved, source, tmp_path)
    assert seen.verdict == "asks"
    assert "does not look as it did" in seen.questions[0]
    for each in (dry_run, run):
        assert (each.status, each.message) == ("waiting", " ".join(seen.questions))
        assert each.drift["settings"]


def test_corrections_are_read_by_all(tmp_path: Path) -> None:
    source, content = source_of(), text(*GOOD, *BAD[:2])
    _seen, _dry_run, run = ways(content, source, tmp_path)
    for log in ParsingLog.objects.filter(run=run):
        parsing_errors.correct(log, "C", "7,90", by=UserFactory())
    again = receive_upload(file=ContentFile(content.encode(), "week.csv"), source=source, force=True)
    seen = previewed(again)
    assert inspected(content, source, tmp_path) == seen == Reading("stored", (), 16, 0, 1)
    run_to_end(again)
    assert (again.status, again.successful_rows) == ("success", 16)
