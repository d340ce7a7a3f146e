"""In which column of the list an error is: that of the field that its problem is about."""

from __future__ import annotations

from typing import Any

from ingestion.models import IngestionRun
from ingestion.pipeline.applying import queries
from ingestion.pipeline.applying.queries import ErrorPlace
from ingestion.pricegrid.problems import field_of


def letters_of(understanding: dict[str, Any]) -> dict[tuple[str, str], str]:
    """The column of each field, by sheet (a sheet without a name is an empty text) and field."""
    return {
        (sheet["sheet"] or "", column["field"]): column["letter"]
        for sheet in understanding.get("sheets", [])
        if sheet["chosen"]
        for column in sheet["columns"]
    }


def column_letters(run: IngestionRun) -> dict[ErrorPlace, str]:
    """The columns of the errors in the stage, for the statement that logs them."""
    letters = letters_of(run.understanding)
    return {place: letters.get((place.sheet, field_of(place.cause) or ""), "") for place in queries.failed_causes()}
