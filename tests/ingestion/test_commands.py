"""What people and programs see of the commands."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from catalog.models import SupplierItem
from ingestion.models import IngestionRun, ParsingLog, PriceList
from ingestion.runs import queue
from ingestion.runs.results import read_task_result
from suppliers.models import PriceListSource, Supplier
from tests.factories import SupplierFactory
from tests.ingestion.price_lists import RemoteParser, queued
from tests.ingestion.serving import work

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("test_parsers")]


@pytest.fixture
def week(tmp_path):
    path = tmp_path / "week.csv"
    path.write_text(
        "Code;Name;Price;Currency\nA1;Bolt M4;1,50;EUR\nA2;Nut M4;0,25;EUR\nA3;Washer;;EUR\n", encoding="utf-8"
    )
    return path


def ingest(*words: object) -> int:
    try:
        call_command("ingest", *map(str, words))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0


class TestIngest:
    def test_json(self, week, capsys):
        assert ingest(week, "--supplier", "Acme", "--json") == 0
        out, err = capsys.readouterr()
        result = read_task_result(json.loads(out))
        assert (result["status"], result["statistics"]["new"], result["statistics"]["failed_rows"]) == (
            "partial_success",
            2,
            1,
        )
        assert "no supplier “Acme”" in err
        assert SupplierItem.objects.count() == 2

    def test_held_prices_are_said_first(self, week, capsys):
        ingest(week, "--supplier", "Acme")
        week.write_text(week.read_text(encoding="utf-8").replace("1,50", "150"), encoding="utf-8")
        capsys.readouterr()
        assert ingest(week, "--supplier", "Acme") == 0
        first, *figures = capsys.readouterr().out.splitlines()
        assert "Partial success. 1 price is held for review" in first
        assert [line.split() for line in figures[:2]] == [["held", "1"], ["failed", "rows", "1"]]

    def test_words(self, week, capsys):
        SupplierFactory(name="ACME")
        assert ingest(week, "--supplier", "Acme") == 0
        out, err = capsys.readouterr()
        assert "Partial success" in out
        assert "ValidationError x 1" in out
        assert err == ""
        assert Supplier.objects.count() == 1

    def test_again_and_forced(self, week, capsys):
        ingest(week, "--supplier", "Acme")
        capsys.readouterr()
        ingest(week, "--supplier", "Acme", "--json")
        assert json.loads(capsys.readouterr().out)["statistics"]["total_rows"] == 0
        ingest(week, "--supplier", "Acme", "--json", "--force")
        assert json.loads(capsys.readouterr().out)["statistics"]["unchanged"] == 2

    def test_a_dry_run_leaves_nothing_of_a_supplier_that_was_not_there(self, week, capsys):
        assert ingest(week, "--supplier", "Acme", "--dry-run", "--json") == 0
        assert json.loads(capsys.readouterr().out)["statistics"]["new"] == 2
        kept = [Supplier, Supplier.history, PriceListSource, PriceListSource.history]
        kept += [PriceList, IngestionRun, SupplierItem, ParsingLog]
        assert [len(getattr(each, "objects", each).all()) for each in kept] == [0] * len(kept)

    def test_a_dry_run_that_fails_leaves_nothing_either(self, tmp_path, capsys):
        path = tmp_path / "letter.csv"
        path.write_text("Dear colleagues,\n\nour new list comes on Monday.\n")
        assert ingest(path, "--supplier", "Acme", "--dry-run") == 1
        assert not Supplier.objects.exists()
        assert not IngestionRun.objects.exists()

    def test_a_worker_makes_no_dry_run_for_a_supplier_that_is_not_there(self, week):
        with pytest.raises(CommandError, match="no supplier “Acme”, and a dry run makes none"):
            ingest(week, "--supplier", "Acme", "--dry-run", "--queue")
        assert not Supplier.objects.exists()

    def test_dry_run(self, week, capsys):
        SupplierFactory(name="Acme")
        assert ingest(week, "--supplier", "Acme", "--dry-run", "--json") == 0
        result = json.loads(capsys.readouterr().out)
        assert (result["dry_run"], result["statistics"]["new"]) == (True, 2)
        assert not SupplierItem.objects.exists()

    def test_queue(self, week, capsys, valkey):
        assert ingest(week, "--supplier", "Acme", "--queue", "--json") == 0
        task = json.loads(capsys.readouterr().out)["task_id"]
        assert queue.waiting_tasks() == {task}
        assert ingest(week, "--supplier", "Acme", "--queue", "--sheet", "Prices") == 0
        assert "waits in the queue" in capsys.readouterr().out
        work()
        assert SupplierItem.objects.count() == 2

    def test_failure(self, tmp_path, capsys):
        path = tmp_path / "list.xlsx"
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
        assert ingest(path, "--supplier", "Acme", "--json") == 1
        result = read_task_result(json.loads(capsys.readouterr().out))
        assert result["status"] == "failure"
        assert "picture" in result["message"]
        assert IngestionRun.objects.get().parsing_logs.count() == 1

    def test_other_parser(self, tmp_path):
        path = tmp_path / "list.json"
        path.write_text(json.dumps({"rows": [{"sku": "A", "price": "1"}]}))
        assert ingest(path, "--supplier", "Acme", "--parser", "test_list", "--sheet", "x") == 0

    def test_address(self):
        RemoteParser.answers = [{"rows": [{"sku": "A", "price": "1"}]}]
        assert ingest("https://sheets.example/1", "--supplier", "Acme", "--parser", "test_remote") == 0
        assert SupplierItem.objects.get().source.kind == "google_sheet"

    @pytest.mark.parametrize(
        "words",
        [["missing.csv"], ["https://evil.example/list"], [__file__, "--parser", "telepathy"]],
        ids=["no file", "no Google address", "no parser"],
    )
    def test_what_never_becomes_a_run(self, words):
        with pytest.raises(CommandError):
            ingest(*words, "--supplier", "Acme")
        assert not IngestionRun.objects.exists()
        assert not Supplier.objects.exists()


class TestDeadLetters:
    @pytest.fixture
    def run(self, valkey):
        run = queued([], refuse="There is no price column.")
        queue.enqueue(run)
        work()
        return run

    def test_none(self, valkey, capsys):
        call_command("dead_letters")
        assert "no dead letters" in capsys.readouterr().out

    def test_list(self, run, capsys):
        call_command("dead_letters")
        out = capsys.readouterr().out
        assert run.task_id in out
        assert "There is no price column." in out

    def test_resend(self, run, capsys):
        call_command("dead_letters", resend=[run.task_id])
        assert "1 task sent again" in capsys.readouterr().out
        assert queue.waiting_tasks() == {run.task_id}
        assert queue.dead_letters() == []

    def test_resend_all(self, run):
        call_command("dead_letters", resend_all=True)
        assert queue.waiting_tasks() == {run.task_id}

    def test_resend_what_is_not_there(self, valkey):
        with pytest.raises(CommandError, match="no dead letter"):
            call_command("dead_letters", resend=["x"])

    def test_resend_what_was_sent_already(self, run):
        IngestionRun.objects.update(status=IngestionRun.Status.QUEUED)
        with pytest.raises(CommandError, match="is not"):
            call_command("dead_letters", resend=[run.task_id])

    def test_forget(self, run, capsys):
        call_command("dead_letters", forget=[run.task_id])
        assert "1 dead letter forgotten" in capsys.readouterr().out
        assert queue.dead_letters() == []
