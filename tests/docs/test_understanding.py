"""What the documentation says of the reading library: every question, each module and language there is."""

import re

from django.conf import settings

from ingestion.pipeline.guarding import plausibility
from ingestion.pricegrid.problems import PROBLEMS

LIBRARY = settings.BASE_DIR / "ingestion" / "pricegrid"
PAGE = (settings.BASE_DIR / "docs" / "understanding.md").read_text(encoding="utf-8")


def about_lists() -> set[str]:
    return {code for code in PROBLEMS if code.startswith("list.")}


def test_every_question_stands_there_with_what_to_do() -> None:
    assert {plausibility.WRONG_SUPPLIER.code, plausibility.MANY_CATEGORIES.code} <= about_lists()
    named = re.findall(r"`(list\.\w+)`", PAGE)
    assert set(named) == about_lists()
    assert len(named) == len(set(named)), "one place says what to do"


def test_every_module_that_is_named_exists() -> None:
    named = set(re.findall(r"`((?:structure|rows|values|formats|cells|vocabulary)/\w+\.py)`", PAGE))
    assert len(named) > 30
    assert not {name for name in named if not (LIBRARY / name).exists()}


def test_the_languages_are_as_many_as_is_said() -> None:
    count = len(list((LIBRARY / "vocabulary").glob("??.json")))
    for page in (LIBRARY / "README.md", settings.BASE_DIR / "CONTRIBUTING.md"):
        assert re.findall(r"(\d+) languages", page.read_text(encoding="utf-8")) == [str(count)]
