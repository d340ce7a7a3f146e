"""What the reading process is told of a list: all that it would have to ask the database for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingestion.lists import sources
from ingestion.lists.corrections import corrections_of
from ingestion.models import IngestionRun
from ingestion.parsers.base import Config, Parser, SheetParser
from ingestion.parsers.registry import get_parser
from ingestion.pricegrid import Book, Hints
from ingestion.pricegrid.cells import CorrectedBook, Place


@dataclass(frozen=True)
class Profile:
    """What the source's lists looked like when a person saved their settings."""

    fingerprint: Mapping[str, Any]
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class Instructions:
    path: Path
    parser: Parser
    config: Config
    hints: Hints
    corrections: Mapping[Place, str]
    profile: Profile | None
    is_confirmed: bool  # a person has said how it is read: nothing is asked


def instructions_for(run: IngestionRun, path: Path) -> Instructions:
    kept = run.source.profile if run.source else None
    return Instructions(
        path,
        get_parser(run.parser_type),
        run.source_config,
        sources.hints_of(run),
        corrections_of(run),
        Profile(kept.fingerprint, kept.settings) if kept else None,
        run.is_confirmed,
    )


def corrected_book(told: Instructions, parser: SheetParser) -> Book:
    """The list with its corrections."""
    book = parser.book(told.path, told.config)
    return CorrectedBook(book, told.corrections) if told.corrections else book
