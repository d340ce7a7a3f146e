"""The one door to a stored list: what the database knows of it is asked first, then its file is opened, apart.

opened = open_for_run(run)                  # as its run reads it
opened = open_with(price_list, settings)    # as its source would, were these the settings of its mapping
facts = opened.read_apart(facts_of)         # what `facts_of(book, hints)` makes of it in a process of its own

with opened.file() as path, apart(partial(work, opened, path), limits=limits_for(path)) as messages:
    ...  # `work` calls `opened.reading(path)`, or `opened.book(path)`
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from ingestion.errors import ConfigurationError, IngestionError
from ingestion.lists import sources
from ingestion.lists.corrections import corrections_of
from ingestion.lists.storage import local_path
from ingestion.models import IngestionRun, PriceList
from ingestion.parsers.base import Config, Parser, SheetParser, closed_on_error, hints_for
from ingestion.parsers.registry import get_parser
from ingestion.pricegrid import Book, Hints, Reading, understand
from ingestion.pricegrid.cells import CellPlace, CorrectedBook
from ingestion.reader import limits_for, read_apart
from ingestion.serving import refuse_while_serving
from suppliers.models import PriceListSource


class NoGrid(IngestionError):
    """The list is read by a parser that knows no sheets: there is nothing to look at."""


@dataclass(frozen=True)
class Profile:
    """What the source's lists looked like when a person saved their settings."""

    fingerprint: Mapping[str, Any]
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class OpenedList:
    """A list and all that its reading follows from. Nothing of its file is touched before `file()` is entered."""

    file: Callable[[], AbstractContextManager[Path]]  # the verified bytes, as a path of this machine
    sha256: str
    parser: Parser
    config: Config
    known: Hints  # what is known of supplier and source besides
    corrections: Mapping[CellPlace, str]  # what people have written over its cells
    profile: Profile | None = None
    is_confirmed: bool = False  # a person has said how it is read: nothing is asked

    @property
    def depends(self) -> list[Any]:
        """All that a reading of the list follows from, as JSON."""
        return [*self.depends_of_cells, repr(self.known)]

    @property
    def depends_of_cells(self) -> list[Any]:
        """What its cells follow from, whatever they are taken for."""
        corrected = sorted([*place, value] for place, value in self.corrections.items())
        return [self.sha256, self.parser.name, dict(self.config), corrected]

    def as_received(self) -> OpenedList:
        """The same without the corrections."""
        return replace(self, corrections={})

    def with_cells(self) -> OpenedList:
        """Raises NoGrid where there are none."""
        self.sheet_parser()
        return self

    def sheet_parser(self) -> SheetParser:
        if not isinstance(self.parser, SheetParser):
            raise NoGrid(_("Lists that are read by “%s” have no sheets to look at.") % self.parser.title)
        return self.parser

    def read_apart(self, work: Callable[[Book, Hints], Any], on_wait: Callable[[], None] | None = None) -> Any:
        """What `work` makes of the book, as JSON. Raises IngestionError and ListRefused."""
        refuse_while_serving()
        with self.file() as path:
            return read_apart(lambda: self._worked(path, work), limits=limits_for(path), on_wait=on_wait)

    def _worked(self, path: Path, work: Callable[[Book, Hints], Any]) -> Any:
        with self.book(path) as (book, hints):
            return work(book, hints)

    @contextmanager
    def book(self, path: Path) -> Iterator[tuple[Book, Hints]]:
        """The corrected cells, and what is known of them before they are understood. For the process apart."""
        book = self._book(self.sheet_parser(), path)
        try:
            yield book, hints_for(book, self.config, self.known)
        finally:
            book.close()

    def reading(self, path: Path, understood: Callable[[Book, Hints], Reading] = understand) -> Reading:
        """Of any parser, closed by the caller; where there are cells, `understood` makes it. For the process apart."""
        if not isinstance(self.parser, SheetParser):
            return self.parser.open(path, self.config, self.known)
        book = self._book(self.parser, path)
        with closed_on_error(book):
            return understood(book, hints_for(book, self.config, self.known))

    def _book(self, parser: SheetParser, path: Path) -> Book:
        book = parser.book(path, self.config)
        return CorrectedBook(book, self.corrections) if self.corrections else book


def open_for_run(run: IngestionRun) -> OpenedList:
    """With the parser and the settings that the run was made with. Raises ConfigurationError where its list is gone."""
    if run.price_list is None:
        raise ConfigurationError(_("The list of this run was deleted: upload it again."))
    return OpenedList(
        file=partial(local_path, run.price_list),
        sha256=run.price_list.sha256,
        parser=get_parser(run.parser_type),
        config=run.source_config,
        known=sources.hints_of(run),
        corrections=corrections_of(run.source_id, run.price_list.sha256),
        profile=profile_of(run.source),
        is_confirmed=run.is_confirmed,
    )


def open_with(price_list: PriceList, settings: Mapping[str, Any]) -> OpenedList:
    """Under the settings of a mapping, over which the source's own words win. Raises IngestionError."""
    source = price_list.source
    opened = OpenedList(
        file=partial(local_path, price_list),
        sha256=price_list.sha256,
        parser=sources.parser_of(source, price_list),
        config=sources.with_source(source, settings),
        known=sources.hints_of(price_list),
        corrections=corrections_of(price_list.source_id, price_list.sha256),
        profile=profile_of(source),
    ).with_cells()
    opened.parser.check(opened.config)
    return opened


def open_file(path: Path, parser: Parser, config: Config, known: Hints = Hints()) -> OpenedList:  # noqa: B008 - frozen
    """A file that is not stored: nobody has corrected it, or said what its like looked like."""
    return OpenedList(lambda: nullcontext(path), "", parser, config, known, {})


def profile_of(source: PriceListSource | None) -> Profile | None:
    kept = source.profile if source else None
    return Profile(kept.fingerprint, kept.settings) if kept else None
