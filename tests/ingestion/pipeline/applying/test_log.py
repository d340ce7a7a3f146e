"""An error is in the column of the field that its problem is about, in its own sheet."""

import pytest

from ingestion.models.facts import Understanding
from ingestion.pipeline.applying import log
from ingestion.pipeline.applying.log import ErrorPlace, column_letters
from ingestion.pricegrid.problems import PROBLEMS


def sheet(name: str | None, /, **letters: str) -> dict[str, object]:
    columns = [
        {"letter": letter, "header": field, "field": field, "confidence": 1.0, "reason": ""}
        for field, letter in letters.items()
    ]
    return {"sheet": name, "chosen": True, "reason": "", "columns": columns}


LETTERS = Understanding.from_json(
    {"sheets": [sheet(None, supplier_sku="A", name="B", price="C", stock="D"), sheet("Tools", price="F")]}
)


def letter_of(
    monkeypatch: pytest.MonkeyPatch, cause: str, sheet: str = "", understanding: Understanding = LETTERS
) -> str:
    place = ErrorPlace(cause, sheet)
    monkeypatch.setattr(log, "failed_causes", lambda: [place])
    return column_letters(understanding)[place]


@pytest.mark.parametrize(
    ("cause", "letter"),
    [
        ("price.zero", "C"),
        ("row.no_name", "B"),
        ("code.repeated", "A"),
        ("code.cell_error", "A"),  # had no column while a table told sentences apart
        ("code.no_result", "A"),
        ("item.no_stock", "D"),
        ("row.damaged", ""),
        ("Entry %(number)s is odd.", ""),
    ],
)
def test_the_column_of_a_cause(monkeypatch, cause, letter):
    assert letter_of(monkeypatch, cause) == letter


def test_each_sheet_has_columns_of_its_own(monkeypatch):
    assert letter_of(monkeypatch, "price.zero", "Tools") == "F"
    assert letter_of(monkeypatch, "code.repeated", "Tools") == ""


def test_every_problem_with_a_field_has_a_column(monkeypatch):
    fields = {problem.field.value for problem in PROBLEMS.values() if problem.field}
    letters = {field: f"C{place}" for place, field in enumerate(fields)}
    understanding = Understanding.from_json({"sheets": [sheet(None, **letters)]})
    for problem in PROBLEMS.values():
        if problem.field and not problem.code.startswith("list."):
            assert letter_of(monkeypatch, problem.code, understanding=understanding) == letters[problem.field]
