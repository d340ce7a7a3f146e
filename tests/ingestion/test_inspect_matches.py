import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

LEFT = [{"id": "a", "name": "Drill Makita DHP-453", "price": "125"}, {"id": "b", "name": "Glue 50 ml"}]
RIGHT = [{"id": "1", "name": "Makita DHP453 hammer drill", "price": 120, "brand": None}, {"id": "2", "name": "Saw"}]


def written(path, rows):
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return str(path)


@pytest.fixture
def lists(tmp_path):
    return written(tmp_path / "left.jsonl", LEFT), written(tmp_path / "right.jsonl", RIGHT)


def inspected(*words: str) -> str:
    out = StringIO()
    call_command("inspect_matches", *words, stdout=out)
    return out.getvalue()


def test_a_line_a_left_record_and_a_summary(lists):
    first, second, summary = map(json.loads, inspected(*lists, "--json").splitlines())
    assert first["left"] == "a"
    assert first["links"][0]["right"] == "1"
    assert first["links"][0]["decision"] == "automatic"
    assert "same model DHP453" in first["links"][0]["reasons"]
    assert second["left"] == "b"
    assert summary["summary"]["lefts"] == 2


def test_people_read_names_and_reasons(lists):
    assert "Makita DHP453 hammer drill" in inspected(*lists)


def test_decisions_are_learned_from(lists, tmp_path):
    decisions = written(tmp_path / "decisions.jsonl", [{"left": "a", "right": "1", "same": True}])
    lines = inspected(*lists, "--decisions", decisions, "--json").splitlines()
    assert json.loads(lines[-1])["summary"]["decisions"] == 1


def test_price_lists_are_read_as_always(lists, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Code;Name;Price, EUR\nA-1;Makita DHP453 drill;120\nA-2;Hammer 300 g;12\n", encoding="utf-8")
    lines = inspected(lists[0], str(path), "--json").splitlines()
    assert json.loads(lines[0])["links"][0]["right"] == "A-1"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"id": "1"}], "line 1: “name” is a text"),
        ([{"id": "1", "name": "a"}, {"id": "1", "name": "b"}], "line 2: the id “1” stands there twice"),
        ([{"id": "1", "name": "a", "price": "dear"}], "“price” is a number"),
        ([["1", "a"]], "line 1: a line is an object"),
    ],
)
def test_bad_records_are_named_by_line(lists, tmp_path, rows, said):
    with pytest.raises(CommandError, match=said):
        inspected(written(tmp_path / "bad.jsonl", rows), lists[1])


def test_bad_decisions_are_named_by_line(lists, tmp_path):
    decisions = written(tmp_path / "decisions.jsonl", [{"left": "a", "right": "1", "same": "perhaps"}])
    with pytest.raises(CommandError, match="line 1: “same” is true or false"):
        inspected(*lists, "--decisions", decisions)


def test_what_is_not_there_is_said(lists):
    with pytest.raises(CommandError, match="There is no file"):
        inspected("nowhere.jsonl", lists[1])
    with pytest.raises(CommandError, match="There is no model"):
        inspected(*lists, "--model", "nowhere")
