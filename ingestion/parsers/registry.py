"""Every parser by its name: built in, from installed packages, and from the project's settings."""

from __future__ import annotations

import logging
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string
from jsonschema import Draft202012Validator

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


def paths() -> tuple[str, ...]:
    return (*BUILT_IN, *from_packages(), *settings.INGESTION_PARSERS)


@cache
def from_packages() -> tuple[str, ...]:
    """What installed packages bring; they do not change while the process lives."""
    return tuple(point.value.replace(":", ".") for point in entry_points(group=ENTRY_POINTS))


def load(path: str) -> Parser | None:
    """One parser; None, and a line in the log, where a plug-in is broken: it must not stop the others."""
    try:
        parser = import_string(path)()
        problem = "" if path in BUILT_IN else problem_of(parser)
    except Exception:
        logger.exception("The parser %s cannot be loaded and is left out", path)
        return None
    if problem:
        logger.error("The parser %s is left out: %s", path, problem)
        return None
    return cast("Parser", parser)


def problem_of(parser: object) -> str:
    if not isinstance(parser, Parser):
        return "it is no ingestion.parsers.base.Parser"
    if not getattr(parser, "name", ""):
        return "it has no name"
    Draft202012Validator.check_schema(parser.config_schema)
    return ""


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
    return registered(paths())


def get_parser(name: str) -> Parser:
    try:
        return parsers()[name]
    except KeyError:
        template = gettext_noop("There is no parser named %(name)s; there are %(names)s.")
        raise ConfigurationError(Message(template, {"name": name, "names": ", ".join(sorted(parsers()))})) from None


def parser_for(file_name: str) -> Parser:
    """The parser that a file's name suggests. The built-in ones look at the content: a wrong suffix does no harm."""
    suffix = Path(file_name).suffix.lower()
    matching = (parser for parser in parsers().values() if suffix in parser.suffixes)
    return next(matching, None) or get_parser("excel")
