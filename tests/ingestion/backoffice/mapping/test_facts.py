"""The mapping screen shows every kind of row by what the server says of it; it knows none itself."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from ingestion.backoffice.mapping.facts import mark_facts, marked_rows, skipped
from ingestion.pricegrid import RowKind
from ingestion.views.trial import Mark, Trial


def static(name: str) -> str:
    path = finders.find(f"backoffice/{name}")
    assert path
    return Path(path).read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", RowKind)
def test_a_mark_has_all_that_the_screen_shows(kind):
    traits = kind.traits
    assert mark_facts(Mark(str(kind))) == {"kind": kind, "sign": traits.sign, "look": traits.look, "text": traits.label}
    assert mark_facts(Mark(str(kind), "Why"))["text"] == "Why"


def test_a_kind_of_a_plug_in_is_shown_by_its_name():
    assert mark_facts(Mark("advert")) == {"kind": "advert", "sign": "–", "look": "quiet", "text": "advert"}
    assert skipped(Trial(skipped={"advert": 2, "duplicate": 1, "blank": 7})) == [("advert", 2), ("repetitions", 1)]


def test_blank_rows_are_left_as_they_are():
    trial = Trial(marks={("A", 1): Mark("header"), ("A", 2): Mark("blank"), ("B", 1): Mark("item")})
    assert list(marked_rows(trial, "A")) == [1]


def test_the_script_knows_no_kinds_and_the_style_sheet_all_looks():
    script, style = static("mapping/mapping.js"), static("kit/grid.css")
    told = set(re.findall(r"\[data-look=(\w+)\]", style))
    assert told == {kind.traits.look for kind in RowKind} - {"plain"}
    names = {kind.value for kind in RowKind}
    assert not {name for name in names if re.search(rf"['\"]{name}['\"]|\b{name}:", script)} - {"error"}  # a look, too
    assert "data-kind" not in style
