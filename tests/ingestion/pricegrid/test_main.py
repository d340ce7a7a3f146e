"""`python -m ingestion.pricegrid`, called in this process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingestion.pricegrid.__main__ import main
from ingestion.pricegrid.verdict import USUAL_CONFIDENCE, USUAL_FAILED_PERCENT, USUAL_READING_CONFIDENCE
from suppliers.models import PriceListSource


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text("Code;Name;Price;Stock\nA-1;Hammer;2,5;7\nA-2;Saw;on request;0\nA-1;Axe;3;1\n")
    return path


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_json_lines_are_those_of_the_contract(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json", "--currency", "EUR", str(path)]) == 0
    item, *errors, summary = lines(capsys)
    assert item["price"] == "2.50"
    assert (item["kind"], item["row_number"], item["currency"], item["stock"]) == ("item", 2, "EUR", 7)
    assert [error["row_number"] for error in errors if error["kind"] == "error"] == [3, 4]
    assert (summary["kind"], summary["items"]) == ("summary", 1)
    assert "file" not in item


def test_lines_of_several_files_name_theirs(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone = path.with_name("gone.csv")
    assert main(["--json", str(path), str(gone)]) == 1
    told = lines(capsys)
    assert [line["file"] for line in told] == [str(path)] * 4 + [str(gone)] * 2
    assert told[-2]["error_message"] == (
        "The file cannot be opened (No such file or directory). Check its name and whether you may read it."
    )


def test_it_reads_for_a_day_and_under_the_name_of_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Once it took prices that had ended long ago, unlike inspect_price_list."""
    ended, named = tmp_path / "list.csv", tmp_path / "prices valid until 2020-01-31.csv"
    ended.write_text("Code;Name;Price EUR;Valid until\nA-1;Hammer;2,5;2020-01-31\nA-2;Saw;7,5;2098-12-31\n")
    named.write_text("Code;Name;Price EUR\nA-1;Hammer;2,5\nA-2;Saw;7,5\n")
    for day, items in (([], 1), (["--day", "2020-01-01"], 2)):
        main(["--json", *day, str(ended)])
        assert lines(capsys)[-1]["items"] == items
    for day, verdict in (([], "asks"), (["--day", "2020-01-01"], "stored")):
        main(["--json", *day, str(named)])
        assert lines(capsys)[-1]["verdict"] == verdict


def test_people_read_a_report(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = path.with_name("empty.csv")
    empty.touch()
    assert main([str(path), str(empty)]) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"== {path}\nThe list: is read")
    assert "1 items, 2 errors; skipped: " in out
    assert out.endswith(f"== {empty}\nThe file is empty. Ask the supplier to send it again.\n")


def test_its_bars_are_those_of_the_site_and_of_a_new_source(settings: Any) -> None:
    """So it comes to the verdict of inspect_price_list."""
    assert settings.INGESTION_CONFIDENCE == USUAL_CONFIDENCE
    assert settings.INGESTION_READING_CONFIDENCE == USUAL_READING_CONFIDENCE
    assert PriceListSource().max_failed_percent == USUAL_FAILED_PERCENT


def test_too_many_failed_rows_are_asked_about(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [f"K-{number};Kettle {number} l;{number if number < 4 else -number}" for number in range(1, 13)]
    path.write_text("\n".join(["Code;Name;Price", *rows]))
    assert main(["--json", "--currency", "EUR", str(path)]) == 0
    assert lines(capsys)[-1]["verdict"] == "asks"
