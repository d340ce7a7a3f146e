"""Every parser by its name: built in, from installed packages, and from the project's settings."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from ingestion.errors import ConfigurationError
from ingestion.parsers.base import Parser
from ingestion.sheet.records import Message, gettext_noop

BUILT_IN = (
    "ingestion.parsers.csv.CsvParser",
    "ingestion.parsers.excel.ExcelParser",
    "ingestion.parsers.google_sheets.GoogleSheetsParser",
)
ENTRY_POINTS = "unified_catalog.parsers"

logger = logging.getLogger(__name__)


def paths() -> Iterator[str]:
    yield from BUILT_IN
    yield from (point.value.replace(":", ".") for point in entry_points(group=ENTRY_POINTS))
    yield from getattr(settings, "INGESTION_PARSERS", ())


def load(path: str) -> Parser | None:
    """One parser; None, and a line in the log, where a plug-in is broken: it must not stop the others."""
    try:
        found = import_string(path)
        if not issubclass(found, Parser):
            raise TypeError(f"{path} is not a Parser")
        parser = found()
        if not isinstance(parser.name, str) or not parser.name:
            raise TypeError(f"{path} has no name")
    except Exception:
        logger.exception("The parser %s cannot be loaded and is left out", path)
        return None
    return parser


@cache
def registered(all_paths: tuple[str, ...]) -> dict[str, Parser]:
    parsers: dict[str, Parser] = {}
    for path in all_paths:
        parser = load(path)
        if parser is None:
            continue
        if parser.name in parsers:
            logger.error("The parser %s is left out: the name %s is taken", path, parser.name)
            continue
        parsers[parser.name] = parser
    return parsers


def parsers() -> dict[str, Parser]:
    return registered(tuple(paths()))


def get_parser(name: str) -> Parser:
    try:
        return parsers()[name]
    except KeyError:
        template = gettext_noop("There is no parser named %(name)s; there are %(names)s.")
        raise ConfigurationError(Message(template, {"name": name, "names": ", ".join(sorted(parsers()))})) from None


def parser_for(file_name: str) -> Parser:
    """The parser that a file's name suggests. Built-in ones read any format by content, so a wrong suffix does no harm."""
    suffix = Path(file_name).suffix.lower()
    matching = (parser for parser in parsers().values() if suffix in parser.suffixes)
    return next(matching, None) or get_parser("excel")
