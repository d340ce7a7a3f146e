"""Second stage: the parser understands the list; what it understood is kept with the run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ingestion import sources
from ingestion.corrections import corrected_book
from ingestion.models import IngestionRun
from ingestion.parsers.base import SheetParser, closed_on_error, hints_for
from ingestion.parsers.registry import get_parser
from ingestion.pipeline.doubts import read_beyond_doubt
from ingestion.sheet.reading import understand
from ingestion.sheet.records import ColumnGuess, Reading, SheetUnderstanding
from ingestion.texts import text_of

READ_SHARE = 70  # per cent of a run's progress; the rest is for the statements
TYPICAL_ROWS = 20_000  # where the length of the list is not known


def read(run: IngestionRun, path: Path) -> Reading:
    """Raises ListRefused where the list cannot be read, NeedsPerson where it is not beyond doubt how."""
    hints = sources.hints_of(run)
    if not run.is_confirmed:
        return read_beyond_doubt(run, path, hints)
    parser = get_parser(run.parser_type)
    if not isinstance(parser, SheetParser):
        return parser.open(path, run.source_config, hints)
    book = corrected_book(run, parser, path)
    with closed_on_error(book):
        return understand(book, hints_for(book, run.source_config, hints))


def progress_of(reading: Reading) -> float:
    """How far the reading is, in per cent of the run."""
    rows = reading.rows_read
    expected = reading.rows_expected or rows + TYPICAL_ROWS
    return READ_SHARE * min(rows / max(expected, 1), 1)


def reporter(reading: Reading, report: Callable[[float], None]) -> Callable[[], None]:
    return lambda: report(progress_of(reading))


def understanding_of(reading: Reading) -> dict[str, Any]:
    return {
        "mode": reading.mode,
        "notes": [text_of(note) for note in reading.notes],
        "skipped": dict(reading.skipped),
        "sheets": [sheet_facts(sheet) for sheet in reading.sheets],
    }


def sheet_facts(sheet: SheetUnderstanding) -> dict[str, Any]:
    return {
        "sheet": sheet.name,
        "chosen": sheet.chosen,
        "reason": text_of(sheet.reason),
        "header_rows": list(sheet.header_rows),
        "data_start_row": sheet.data_start_row,
        "columns": [column_facts(column) for column in sheet.columns],
        "currency": sheet.currency,
        "decimal_sign": sheet.decimal_sign,
        "mode": sheet.mode,
        "confidence": sheet.confidence,
        "notes": [text_of(note) for note in sheet.notes],
    }


def column_facts(column: ColumnGuess) -> dict[str, Any]:
    return {
        "letter": column.letter,
        "header": column.header,
        "field": column.field,
        "confidence": round(column.confidence, 3),
        "reason": text_of(column.reason),
    }
