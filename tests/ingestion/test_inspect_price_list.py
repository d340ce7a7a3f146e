import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from suppliers.models import Supplier

LIST = """Code;Name;Group;Price;Colour
;Tools;;;
A-1;Drill;Power;1 234,50 €;red
A-2;Saw;Hand;call;
A-1;Drill;Power;1 300,00 €;blue
"""


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    return str(file)


def inspect(*words: str) -> str:
    out = StringIO()
    call_command("inspect_price_list", *words, stdout=out)
    return out.getvalue()


def test_json_lines_in_row_order(path):
    lines = [json.loads(line) for line in inspect(path, "--json").splitlines()]
    assert [line["kind"] for line in lines] == ["item", "error", "error", "summary"]
    assert lines[0] == {
        "kind": "item",
        "sheet": None,
        "row_number": 3,
        "supplier_sku": "A-1",
        "name": "Drill",
        "price": "1234.50",
        "currency": "EUR",
        "category_path": ["Power"],
        "stock": None,
        "characteristics": {"Colour": "red"},
        "retail_price": None,
        "sku_is_derived": False,
    }
    assert lines[1]["row_number"] == 4
    assert lines[1]["row_data"] == {"Code": "A-2", "Name": "Saw", "Group": "Hand", "Price": "call"}
    assert "row 3" in lines[2]["error_message"]
    assert lines[3]["items"] == 1
    assert lines[3]["errors"] == 2
    assert lines[3]["skipped"] == {"section": 1, "blank": 0, "header": 1}
    assert lines[3]["sheets"][0]["header_rows"] == [1]
    assert lines[3]["sheets"][0]["columns"]["D"] == "price"


def test_an_exact_repetition_says_which_row_it_repeats(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(
        "Code;Name;Price, EUR\nA-1;Drill;10\nA-2;Saw;12\nA-1;Drill;10\nA-2;Saw;13\nA-3;Vice;14\nA-1;Drill;10\n"
    )
    *rows, summary = [json.loads(line) for line in inspect(str(path), "--json").splitlines()]
    assert [(row["kind"], row["row_number"], row.get("repeats")) for row in rows] == [
        ("item", 2, None),
        ("item", 3, None),
        ("item", 4, 2),
        ("error", 5, None),
        ("item", 6, None),
        ("item", 7, 2),
    ]
    assert (summary["items"], summary["errors"], summary["skipped"]["duplicate"]) == (3, 1, 2)


def test_a_report_for_people(path):
    report = inspect(path)
    assert "header rows: 1" in report
    assert "“Price” is a usual header for it." in report
    assert "1234.50 EUR" in report
    assert "1 items, 2 errors" in report


def test_a_refused_file_is_one_error_and_exit_code_1(tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("a;b\n1;x\n2;y\n", encoding="utf-8")
    out = StringIO()
    with pytest.raises(SystemExit) as exit_:
        call_command("inspect_price_list", str(file), "--json", stdout=out)
    assert exit_.value.code == 1
    error, summary = (json.loads(line) for line in out.getvalue().splitlines())
    assert error["row_number"] is None
    assert summary["items"] == 0
    shown = StringIO()
    with pytest.raises(CommandError, match="price"):
        call_command("inspect_price_list", str(file), stdout=shown)
    assert summary["verdict"] == "asks"
    assert "A run asks before it stores anything" in shown.getvalue()


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="There is no file"):
        inspect(str(tmp_path / "nothing.csv"))


@pytest.mark.django_db
def test_with_the_settings_of_a_supplier(tmp_path):
    Supplier.objects.create(name="Example Ltd", default_currency="PLN")
    file = tmp_path / "list.csv"
    file.write_text("Code;Name;Price\nA-1;Drill;10,50\nA-2;Saw;9,00\n", encoding="utf-8")
    line = json.loads(inspect(str(file), "--json", "--supplier", "example ltd").splitlines()[0])
    assert line["currency"] == "PLN"
    with pytest.raises(CommandError, match="no supplier"):
        inspect(str(file), "--supplier", "Nobody")


def test_the_summary_says_the_verdict(path):
    summary = json.loads(inspect(path, "--json").splitlines()[-1])
    assert (summary["verdict"], summary["questions"]) == ("stored", [])
    assert "A run stores this list." in inspect(path)


def test_several_lists_each_line_of_which_names_its_file(path, tmp_path):
    refused, unknown = tmp_path / "empty.csv", str(tmp_path / "nothing.csv")
    refused.write_text("", encoding="utf-8")
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("inspect_price_list", str(refused), unknown, path, "--json", stdout=out)
    assert ended.value.code == 1
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["file"] for line in lines] == [str(refused)] * 2 + [unknown] * 2 + [path] * 4
    summaries = [line for line in lines if line["kind"] == "summary"]
    assert [summary["verdict"] for summary in summaries] == ["refused", "refused", "stored"]
    assert "There is no file" in lines[2]["error_message"]


def test_several_lists_for_people(path, tmp_path):
    assert inspect(path, path).count(f"== {path}") == 2
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("inspect_price_list", str(tmp_path / "nothing.csv"), path, stdout=out)
    assert "There is no file" in out.getvalue()
    assert "A run stores this list." in out.getvalue()


def test_a_list_of_which_no_row_can_be_used_is_refused(tmp_path):
    file = tmp_path / "list.csv"
    file.write_text(
        "Code;Name;Price EUR\n" + "".join(f"A-{n};Saw {n};-{n},50\n" for n in range(1, 5)), encoding="utf-8"
    )
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("inspect_price_list", str(file), "--json", stdout=out)
    assert ended.value.code == 1
    assert json.loads(out.getvalue().splitlines()[-1])["verdict"] == "refused"
