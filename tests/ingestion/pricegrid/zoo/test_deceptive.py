"""Lists that look like something else, in every language: an item is right, or a person is asked; none vanishes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from ingestion.pricegrid.verdict import VerdictKind
from tests.ingestion.pricegrid.zoo.deceptive import DECEPTIVE
from tests.ingestion.pricegrid.zoo.judged import judged
from tests.ingestion.pricegrid.zoo.keys import KEYS
from tests.ingestion.pricegrid.zoo.languages import LANGUAGES
from tests.ingestion.pricegrid.zoo.rival_prices import RIVAL_PRICES
from tests.ingestion.pricegrid.zoo.shapes import SHAPES
from tests.ingestion.pricegrid.zoo.title_rows import TITLE_ROWS
from tests.ingestion.pricegrid.zoo.traits import TRAITS, Builder

PLAIN = ("plain", "texts", "two_prices", "sections", "categories")
READ: Mapping[str, Builder] = {**RIVAL_PRICES, **TITLE_ROWS, **KEYS}
ASKED = {"prices_by_letter_size", "prices_below_letter_sizes", "narrow_header", "header_without_its_last_cell"}
VARIANTS = 2


@pytest.mark.parametrize("name", DECEPTIVE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_believed_that_does_not_add_up(language: str, name: str) -> None:
    assert judged(DECEPTIVE[name](LANGUAGES[language], 0)).wrong == ()


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_can_be_told_is_read_and_what_cannot_is_asked(language: str, name: str) -> None:
    expected = VerdictKind.ASKS if name in ASKED else VerdictKind.STORED
    for variant in range(VARIANTS):
        found = judged(READ[name](LANGUAGES[language], variant))
        assert (found.verdict.kind, found.wrong) == (expected, ()), found.verdict


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_damaged_and_marked_rows_are_never_read_one_column_further(tmp_path: Path, language: str, name: str) -> None:
    shaped = SHAPES[name](LANGUAGES[language], tmp_path)
    found = judged(shaped.listing, shaped.path, shaped.doubtful)
    expected = VerdictKind.ASKS if name in ASKED else VerdictKind.STORED
    assert (found.verdict.kind, found.wrong) == (expected, ()), found.verdict


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_asked_about_a_plain_list(language: str) -> None:
    kinds = {name: judged(TRAITS[name](LANGUAGES[language], 0)).verdict.kind for name in PLAIN}
    assert set(kinds.values()) == {VerdictKind.STORED}, kinds
