"""Every parser by its name: built in, from installed packages, and from the project's settings."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_noop
from jsonschema import Draft202012Validator

from ingestion.errors import ConfigurationError
from ingestion.parsers.base import Parser
from ingestion.pricegrid import ListRefused
from ingestion.pricegrid.problems import register

BUILT_IN = (
    "ingestion.parsers.csv.CsvParser",
    "ingestion.parsers.excel.ExcelParser",
    "ingestion.parsers.google_sheets.GoogleSheetsParser",
)
ENTRY_POINTS = "unified_catalog.parsers"

NO_PARSER = register("parser.unknown", None, gettext_noop("There is no parser named %(name)s; there are %(names)s."))
FAILED = register(
    "parser.failed",
    None,
    gettext_noop("The parser “%(parser)s” failed at this file: whoever runs it finds why in the log."),
)

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
        raise ConfigurationError(NO_PARSER.message(name=name, names=", ".join(sorted(parsers())))) from None


def parser_for(file_name: str, head: Callable[[], bytes] = bytes) -> Parser:
    """The parser whose suffixes claim the file, plug-ins before the built-in ones.

    Only where several claim it do its first bytes decide: `head` is asked for then. What nobody claims is left to the
    built-in ones, which look at the content: of theirs, a wrong suffix does no harm.
    """
    suffix = Path(file_name).suffix.lower()
    claiming = [parser for parser in plug_ins_first() if suffix in parser.suffixes]
    if len(claiming) < 2:
        return claiming[0] if claiming else get_parser("excel")
    first_bytes = head()
    return next((parser for parser in claiming if refusal_of(parser, first_bytes) is None), claiming[0])


def plug_ins_first() -> list[Parser]:
    """Of plug-ins, those that the settings name come before those that packages bring."""
    built_in: list[Parser] = []
    plugged_in: list[Parser] = []
    for parser in reversed(parsers().values()):
        (built_in if is_built_in(parser) else plugged_in).append(parser)
    return [*plugged_in, *reversed(built_in)]


def is_built_in(parser: Parser) -> bool:
    return f"{type(parser).__module__}.{type(parser).__qualname__}" in BUILT_IN


def refusal_of(parser: Parser, head: bytes) -> ListRefused | None:
    """What a parser has against a file that begins like this. One that fails at the question is not asked to read."""
    try:
        parser.check_head(head)
    except ListRefused as refusal:
        return refusal
    except Exception:
        logger.exception("The parser %s failed at the first bytes of a file", parser.name)
        return ListRefused(FAILED.message(parser=parser.name))
    return None
