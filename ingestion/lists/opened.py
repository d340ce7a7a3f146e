"""The one door to a stored list: what the database knows of it is asked first, then its file is opened, apart.

opened = open_for_run(run)                  # as its run reads it
opened = open_with(price_list, settings)    # as its source would, were these the settings of its mapping
facts = opened.read_apart(work)             # what `work(book, hints)` makes of it in a process of its own
facts = opened.examine_apart(work)          # what `work(examined)` does

with opened.file() as path, apart(partial(work, opened, path), limits=limits_for(path)) as messages:
    ...  # `work` enters `opened.examined(path)`, or `opened.book(path)`
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.utils.translation import gettext as _

from ingestion.errors import ConfigurationError, IngestionError
from ingestion.lists import sources
from ingestion.lists.content import content_of
from ingestion.lists.corrections import corrections_of
from ingestion.lists.storage import local_path
from ingestion.models import IngestionRun, PriceList
from ingestion.parsers.base import Config, Parser, SheetParser, closed_on_error, hints_for
from ingestion.parsers.registry import get_parser
from ingestion.pricegrid import Book, Hints
from ingestion.pricegrid.cells import CellPlace, CorrectedBook
from ingestion.pricegrid.memory import Profile
from ingestion.pricegrid.verdict import Bars, Examined, examine
from ingestion.reader import limits_for, read_apart
from ingestion.serving import refuse_while_serving
from suppliers.models import PriceListSource

T = TypeVar("T")
OnWait = Callable[[], None] | None


class NoGrid(IngestionError):
    """The list is read by a parser that knows no sheets: there is nothing to look at."""


@dataclass(frozen=True)
class OpenedList:
    """A list and all that its reading follows from. Nothing of its file is touched before `file()` is entered."""

    file: Callable[[], AbstractContextManager[Path]]  # the verified bytes, as a path of this machine
    sha256: str
    parser: Parser
    config: Config
    known: Hints  # what is known of supplier and source besides
    corrections: Mapping[CellPlace, str]  # what people have written over its cells
    bars: Bars  # what it must come up to, so that nobody is asked
    profile: Profile | None = None  # what lists of its source looked like when a person said how they are read

    @property
    def depends(self) -> list[Any]:
        """All that a reading of the list follows from, as JSON."""
        bars = self.bars
        asked = [dict(bars.confidence), bars.reading, bars.failed_percent, sorted(bars.ignored)]
        looked = dict(self.profile.fingerprint) if self.profile else None
        return [*self.depends_of_cells, repr(self.known), asked, looked]

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

    def read_apart(self, work: Callable[[Book, Hints], Any], on_wait: OnWait = None) -> Any:
        """What `work` makes of the cells, as JSON. Raises IngestionError and ListRefused."""
        return self._apart(self.book, lambda opened: work(*opened), on_wait)

    def examine_apart(self, work: Callable[[Examined], Any], on_wait: OnWait = None) -> Any:
        """What `work` makes of how the list is understood, as JSON. Raises IngestionError and ListRefused."""
        return self._apart(self.examined, work, on_wait)

    def _apart(
        self, enter: Callable[[Path], AbstractContextManager[T]], work: Callable[[T], Any], on_wait: OnWait
    ) -> Any:
        def worked(path: Path) -> Any:
            with enter(path) as opened:
                return work(opened)

        refuse_while_serving()
        with self.file() as path:
            return read_apart(partial(worked, path), limits=limits_for(path), on_wait=on_wait)

    @contextmanager
    def book(self, path: Path) -> Iterator[tuple[Book, Hints]]:
        """The corrected cells, and what is known of them before they are understood. For the process apart."""
        book = self._book(self.sheet_parser(), path)
        try:
            yield book, hints_for(book, self.config, self.known)
        finally:
            book.close()

    @contextmanager
    def examined(self, path: Path) -> Iterator[Examined]:
        """How it is understood, by any parser, and whether that is beyond doubt. For the process apart."""
        found = self._examined(path)
        try:
            yield found
        finally:
            found.close()

    def _examined(self, path: Path) -> Examined:
        if not isinstance(self.parser, SheetParser):
            return Examined(self.bars, self.parser.open(path, self.config, self.known))
        book = self._book(self.parser, path)
        with closed_on_error(book):
            found = examine(book, hints_for(book, self.config, self.known), self.bars, self.profile)
        if found.reading is None:
            book.close()
        return found

    def _book(self, parser: SheetParser, path: Path) -> Book:
        book = parser.book(path, self.config)
        return CorrectedBook(book, self.corrections) if self.corrections else book


def open_for_run(run: IngestionRun) -> OpenedList:
    """With the parser and the settings that the run was made with. Raises ConfigurationError where its list is gone."""
    if run.price_list is None:
        raise ConfigurationError(_("The list of this run was deleted: upload it again."))
    bars = bars_of(run.source)
    if run.quality_accepted:
        bars = replace(bars, failed_percent=None)
    return OpenedList(
        file=partial(local_path, run.price_list),
        sha256=run.price_list.sha256,
        parser=get_parser(run.parser_type),
        config=run.source_config,
        known=sources.hints_of(run),
        corrections=corrections_of(run.source_id, run.price_list.sha256),
        bars=replace(bars, is_confirmed=run.is_confirmed),
        profile=None if run.is_confirmed else profile_of(run.source),
    )


def open_with(price_list: PriceList, settings: Mapping[str, Any]) -> OpenedList:
    """Under the settings of a mapping, over which the source's own words win. Raises IngestionError.

    What the settings in force were made for is compared with the list where these are they: others were made for it.
    """
    source = price_list.source
    profile = profile_of(source)
    opened = OpenedList(
        file=partial(local_path, price_list),
        sha256=price_list.sha256,
        parser=sources.parser_of(source, price_list),
        config=sources.with_source(source, settings),
        known=sources.hints_of(price_list),
        corrections=corrections_of(price_list.source_id, price_list.sha256),
        bars=bars_of(source),
        profile=profile if profile and profile.settings == settings else None,
    ).with_cells()
    opened.parser.check(opened.config)
    return opened


def open_file(
    path: Path,
    parser: Parser,
    config: Config,
    known: Hints,
    source: PriceListSource | None = None,
    *,
    is_known: bool = True,
) -> OpenedList:
    """A file that is not stored, as a list of the source would be read; `is_known` where it is who sends it."""
    sha256 = ""
    if source is not None:
        with path.open("rb") as file:
            sha256 = content_of(file).sha256
    return OpenedList(
        file=lambda: nullcontext(path),
        sha256=sha256,
        parser=parser,
        config=config,
        known=known,
        corrections=corrections_of(source.pk if source else None, sha256),
        bars=replace(bars_of(source), needs_currency=is_known),
        profile=profile_of(source),
    )


def bars_of(source: PriceListSource | None) -> Bars:
    guards = sources.guards_of(source)
    ignored = source.ignored_causes.values_list("cause", flat=True) if source else ()
    return Bars(
        settings.INGESTION_CONFIDENCE,
        guards.max_failed_percent,
        frozenset(ignored),
        needs_currency=True,
        reading=settings.INGESTION_READING_CONFIDENCE,
    )


def profile_of(source: PriceListSource | None) -> Profile | None:
    kept = source.profile if source else None
    return Profile(kept.fingerprint, kept.settings) if kept else None
