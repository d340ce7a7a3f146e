"""What a list looked like when a person said that it is read rightly, kept as JSON with the settings.

All columns are kept, those too that may change as they like: a known one is never taken for another that has gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ingestion.pricegrid.fields import BOUND, KNOWN, Field
from ingestion.pricegrid.records import ColumnGuess, SheetUnderstanding
from ingestion.pricegrid.structure.header_words import has_date
from ingestion.pricegrid.vocabulary import normalise

_LONGEST_KEY = 500
OTHER_KIND = 0.5  # by so much of its values a column has become another
HARDLY_FILLED = 0.1


class SeenColumn(NamedTuple):
    """A column that people have seen, or see now: where it stands, what is above it and what under it."""

    letter: str
    header: str
    field: str = ""
    samples: Sequence[str] = ()
    shape: Mapping[str, float] = {}
    is_bound: bool = True  # whether it must not change unseen


class SheetPrint(NamedTuple):
    """A sheet as it looked; its name is None where it has none, as in a text."""

    sheet: str | None
    header_rows: Sequence[int]
    columns: Sequence[SeenColumn]


def fingerprint(sheets: Sequence[SheetUnderstanding]) -> dict[str, Any]:
    """Of the sheets that are read, the columns as they look."""
    return {"sheets": [_printed(sheet) for sheet in sheets if sheet.chosen]}


def _printed(sheet: SheetUnderstanding) -> dict[str, Any]:
    columns = [
        {
            "letter": guess.letter,
            "header": guess.header,
            "field": guess.field,
            "samples": list(guess.samples),
            "shape": dict(guess.shape),
            "is_bound": is_bound(guess),
        }
        for guess in sheet.columns
        if guess.header or guess.samples
    ]
    return {"sheet": sheet.name, "header_rows": list(sheet.header_rows), "columns": columns}


def sheet_prints(printed: Mapping[str, Any]) -> list[SheetPrint]:
    """The sheets of a fingerprint that was kept as JSON."""
    return [
        SheetPrint(sheet["sheet"], sheet["header_rows"], [SeenColumn(**column) for column in sheet["columns"]])
        for sheet in printed.get("sheets", [])
    ]


def is_bound(guess: ColumnGuess) -> bool:
    """Whether items are made of the column, so that it must not change unseen."""
    return guess.field in BOUND or (guess.is_given and guess.field in KNOWN)


def mapping_of(sheets: Sequence[SheetUnderstanding]) -> dict[str, str]:
    """The bound columns as a column mapping, as far as one mapping can say it for all sheets alike."""
    found: dict[str, set[str]] = {}
    chosen = [sheet for sheet in sheets if sheet.chosen]
    for sheet in chosen:
        headers = times_of(guess.header for guess in sheet.columns)
        for guess in sheet.columns:
            key = key_of(guess.letter, guess.header, headers)
            if is_bound(guess) and (key != guess.letter or len(chosen) == 1):
                found.setdefault(key, set()).add(guess.field)
    return {key: fields.pop() for key, fields in found.items() if len(fields) == 1}


def times_of(headers: Iterable[str]) -> Counter[str]:
    """How often each header stands above a sheet, for `key_of`."""
    return Counter(map(normalise, headers))


def key_of(letter: str, header: str, headers: Mapping[str, int]) -> str:
    """How a mapping names a column: by its header where that is enough, else by its letter."""
    words = normalise(header)
    return (
        header if words and headers.get(words) == 1 and len(header) <= _LONGEST_KEY and not has_date(header) else letter
    )


def has_other_values(field: str, old: Mapping[str, float], new: Mapping[str, float]) -> bool:
    """Whether what stands under a column now is of another kind than before. Where no figures are known it is not."""
    if not old or not new:
        return False
    if old["filled"] >= OTHER_KIND and new["filled"] < HARDLY_FILLED:
        return True
    return any(abs(a - b) > OTHER_KIND for a, b in zip(_kinds(field, old), _kinds(field, new), strict=True)) or (
        _other_codes(old, new) if field == Field.SUPPLIER_SKU else field == Field.PRICE and _lost_fractions(old, new)
    )


def _kinds(field: str, shape: Mapping[str, float]) -> Iterator[float]:
    """Codes may be numbers as well as not; other texts may look like codes as well as not."""
    numeric, codes, texts = shape["numeric"], shape["codes"], shape["texts"]
    yield from (numeric + codes, texts) if field == Field.SUPPLIER_SKU else (numeric, codes + texts)
    yield from (shape["dates"], shape["links"])


def _other_codes(old: Mapping[str, float], new: Mapping[str, float]) -> bool:
    return not 0.4 <= new["length"] / max(old["length"], 0.1) <= 2.5


def _lost_fractions(old: Mapping[str, float], new: Mapping[str, float]) -> bool:
    """Prices that had cents are whole numbers now: perhaps quantities."""
    return old["fractions"] > 0.3 and new["fractions"] < 0.01
