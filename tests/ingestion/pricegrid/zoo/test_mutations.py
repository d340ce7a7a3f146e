"""A list that was changed on its way loses no item and gives no wrong price, or it is asked about."""

from __future__ import annotations

from random import Random

import pytest
from django.conf import settings

from ingestion.pricegrid.reading import SheetReading
from ingestion.pricegrid.records import Item, ListRefused
from ingestion.pricegrid.verdict import Bars, VerdictKind, verdict_of
from tests.ingestion.pricegrid.zoo.exports import HINTS, ODDITIES
from tests.ingestion.pricegrid.zoo.languages import LANGUAGES
from tests.ingestion.pricegrid.zoo.listing import Listing, reading_of
from tests.ingestion.pricegrid.zoo.mutations import MUTATIONS
from tests.ingestion.pricegrid.zoo.traits import TRAITS

SOME_LANGUAGES = ("ru", "en", "de", "pl", "zh", "ar")


def lists() -> dict[str, Listing]:
    named = {f"{key} {name}": make(LANGUAGES[key], 0) for key in SOME_LANGUAGES for name, make in TRAITS.items()}
    for name, make in ODDITIES.items():
        made = make()
        if isinstance(made, Listing) and not HINTS[name]:
            named[name] = made
    return named


def is_asked(reading: SheetReading) -> bool:
    """Whether a person is asked before anything is stored."""
    bars = Bars(settings.INGESTION_CONFIDENCE, reading=settings.INGESTION_READING_CONFIDENCE)
    return verdict_of(bars, sheets=reading.sheets).kind is VerdictKind.ASKS


def losses(listing: Listing) -> list[str]:
    try:
        reading = reading_of([listing], {})
        records = {record.row_number: record for record in reading}
    except ListRefused:
        return []
    found = []
    for number, wanted in listing.wanted.items():
        record = records.get(number)
        if record is None:
            found.append(f"row {number} {listing.cells[number - 1]} vanished")
        elif isinstance(record, Item) and record.price not in (wanted.price, wanted.retail):
            found.append(f"row {number} {listing.cells[number - 1]}: {record.price} for {wanted.price}")
    return found if not is_asked(reading) else []


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_nothing_is_lost(mutation: str) -> None:
    failed = {
        name: found[0]
        for name, listing in lists().items()
        if (found := losses(MUTATIONS[mutation](listing, Random(f"{name} {mutation}"))))
    }
    assert failed == {}
