"""Lists that look like something else, in every language: an item is right, or a person is asked; none vanishes."""

from __future__ import annotations

import pytest

from ingestion.pricegrid.records import Item, ListRefused
from tests.ingestion.pricegrid.zoo.deceptive import DECEPTIVE
from tests.ingestion.pricegrid.zoo.languages import LANGUAGES
from tests.ingestion.pricegrid.zoo.listing import Listing, faults, reading_of
from tests.ingestion.pricegrid.zoo.traits import TRAITS

PLAIN = ("plain", "texts", "two_prices", "sections", "categories")


def is_asked(made: Listing) -> bool:
    try:
        return any(sheet.doubts for sheet in reading_of([made], {}).sheets if sheet.chosen)
    except ListRefused:
        return True


def believed(made: Listing) -> list[str]:
    """What would be stored wrong, or lost, without a word."""
    if is_asked(made):
        return []
    records: dict[int, list[object]] = {}
    for record in reading_of([made], {}):
        records.setdefault(record.row_number or 0, []).append(record)
    found = [f"row {number} vanished" for number in made.wanted if number not in records]
    for number, wanted in made.wanted.items():
        first = next(iter(records.get(number, [])), None)
        if isinstance(first, Item):
            found += [f"row {number}: {fault}" for fault in faults(wanted, first)]
    return found


@pytest.mark.parametrize("name", DECEPTIVE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_believed_that_does_not_add_up(language: str, name: str) -> None:
    assert believed(DECEPTIVE[name](LANGUAGES[language], 0)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_asked_about_a_plain_list(language: str) -> None:
    assert [name for name in PLAIN if is_asked(TRAITS[name](LANGUAGES[language], 0))] == []
