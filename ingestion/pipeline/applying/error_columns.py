"""In which column of the list an error is: that of the field that its problem is about."""

from __future__ import annotations

from ingestion.models.facts import Understanding
from ingestion.pipeline.applying import queries
from ingestion.pipeline.applying.queries import ErrorPlace
from ingestion.pricegrid.problems import field_of


def column_letters(understanding: Understanding) -> dict[ErrorPlace, str]:
    """The columns of the errors in the stage, for the statement that logs them."""
    letters = understanding.letters()
    return {place: letters.get((place.sheet, field_of(place.cause) or ""), "") for place in queries.failed_causes()}
