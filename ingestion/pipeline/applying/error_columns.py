"""Which field of a row an error is about, and so in which column of the list."""

from __future__ import annotations

from typing import Any

from ingestion.models import IngestionRun
from ingestion.pipeline.applying import queries
from ingestion.pipeline.applying.queries import ErrorPlace
from ingestion.pipeline.staging import checks, stage
from ingestion.pricegrid.rows import kinds as judging
from ingestion.pricegrid.values import price, text

PRICE = (
    price.EMPTY, price.NOT_A_PRICE, price.ON_REQUEST, price.CELL_ERROR, price.NO_RESULT, price.PERCENTAGE, price.DATE,
    price.SEVERAL, price.AMBIGUOUS, price.ZERO, price.NEGATIVE, price.TOO_SMALL, price.TOO_LARGE, price.CURRENCIES,
    judging.NO_PRICE, checks.NO_PRICE, checks.BAD_PRICE, checks.NO_CURRENCY, checks.BAD_CURRENCY,
)  # fmt: skip
CODE = (
    text.SCIENTIFIC, text.CODE_DATE, judging.NO_CODE, judging.NEITHER, checks.NO_CODE, checks.LONG_CODE, stage.REPEATED,
    stage.UNKNOWN,
)  # fmt: skip
FIELDS = {
    **dict.fromkeys(PRICE, "price"),
    **dict.fromkeys(CODE, "supplier_sku"),
    **dict.fromkeys((judging.NO_NAME, checks.NO_NAME, checks.LONG_NAME), "name"),
    **dict.fromkeys((checks.NO_STOCK, checks.BAD_STOCK), "stock"),
}


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
    return {place: letters.get((place.sheet, FIELDS.get(place.cause, "")), "") for place in queries.failed_causes()}
