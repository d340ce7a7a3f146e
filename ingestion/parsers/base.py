"""The parser contract: one class turns one kind of source into a reading of items and errors."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, ClassVar, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_noop
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from ingestion.errors import ConfigurationError
from ingestion.pricegrid import Book, Hints, ListRefused, Reading, understand
from ingestion.pricegrid.problems import files, register
from ingestion.pricegrid.settings import with_settings

Config = Mapping[str, Any]

BAD_CONFIG = register(
    "source.bad_config", None, gettext_noop("The configuration of the source is wrong at %(place)s: %(problem)s")
)


class Fetched(NamedTuple):
    """What a remote source gave: raw bytes that `open()` reads again any time later. The caller closes `content`."""

    file_name: str
    content: BinaryIO


class Parser(ABC):
    """Holds no state: everything it needs comes with each call.

    Refusals are `IngestionError` (configuration, network, credentials) or `ListRefused` (the list itself); anything
    else that a parser raises is a bug in it.
    """

    name: ClassVar[str]
    title: ClassVar[str | Promise]
    suffixes: ClassVar[tuple[str, ...]] = ()
    is_remote: ClassVar[bool] = False
    config_schema: ClassVar[Mapping[str, Any]] = {"type": "object"}

    def check(self, config: Config) -> None:
        """Raises ConfigurationError unless `config` fits; called before anything is read or fetched."""
        problem = best_match(Draft202012Validator(self.config_schema).iter_errors(config))
        if problem is None:
            return
        place = ".".join(str(step) for step in problem.absolute_path) or "source_config"
        raise ConfigurationError(BAD_CONFIG.message(place=place, problem=problem.message))

    def check_head(self, head: bytes) -> None:
        """Raises ListRefused where the first bytes of a file (64 KB at the most) show that it is none of this parser's.

        Asked before a file is stored, in the process that serves people: look for magic numbers, unpack and parse
        nothing. Where parsers share a suffix it decides which of them reads a file.
        """
        if not head.strip():
            raise ListRefused(files.EMPTY.message())

    def fetch(self, config: Config) -> Fetched:
        """Gets the content of a remote source; whoever is not `is_remote` is given a file instead."""
        raise NotImplementedError(f"{self.name} reads files; there is nothing to fetch")

    @abstractmethod
    def open(self, path: Path, config: Config, hints: Hints) -> Reading:
        """Understands the stored bytes at `path`. `hints` is what is known of the source; `config` wins over it."""


class SheetParser(Parser):
    """A parser of grids: it opens a book, and understanding the book is shared by all."""

    @abstractmethod
    def book(self, path: Path, config: Config) -> Book:
        """The cells as they stand in the file, also for a preview."""

    def open(self, path: Path, config: Config, hints: Hints) -> Reading:
        book = self.book(path, config)
        with closed_on_error(book):
            return understand(book, hints_for(book, config, hints))


@contextmanager
def closed_on_error(book: Book) -> Iterator[None]:
    """The reading of a book closes it; where none comes of it, this does."""
    try:
        yield
    except BaseException:
        book.close()
        raise


def hints_for(book: Book, config: Config, hints: Hints) -> Hints:
    """What is known of a book before it is understood; a text has no sheets to choose from."""
    hints = with_settings(hints, config)
    return hints if any(sheet.name for sheet in book.sheets) else replace(hints, sheet_name=())
