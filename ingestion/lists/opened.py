"""A stored list, opened with some settings: what the database knows is asked first, the file is read apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from ingestion.errors import IngestionError
from ingestion.lists import sources
from ingestion.lists.storage import local_path
from ingestion.models import PriceList
from ingestion.parsers.base import Parser, SheetParser, hints_for
from ingestion.pricegrid import Book, Hints
from ingestion.reader import limits_for, read_apart
from ingestion.serving import refuse_while_serving


class NoGrid(IngestionError):
    """The list is read by a parser that knows no sheets: there is nothing to look at."""


@dataclass(frozen=True)
class ToRead:
    """A list and how it is to be read, before anybody has touched its file."""

    price_list: PriceList
    parser: SheetParser
    config: Mapping[str, Any]
    hints: Hints

    @property
    def depends(self) -> list[Any]:
        """All that a reading of the list follows from."""
        return [self.price_list.sha256, self.parser.name, dict(self.config), repr(self.hints)]

    def read(self, work: Callable[[Book, Hints], Any], on_wait: Callable[[], None] | None = None) -> Any:
        """What `work` makes of the book, as JSON. Raises IngestionError and ListRefused."""
        refuse_while_serving()
        with local_path(self.price_list) as path:
            return read_apart(lambda: self._work(path, work), limits=limits_for(path), on_wait=on_wait)

    def _work(self, path: Path, work: Callable[[Book, Hints], Any]) -> Any:
        with self.opened(path) as (book, hints):
            return work(book, hints)

    @contextmanager
    def opened(self, path: Path) -> Iterator[tuple[Book, Hints]]:
        """For the process apart."""
        book = self.parser.book(path, self.config)
        try:
            yield book, hints_for(book, self.config, self.hints)
        finally:
            book.close()


def to_read(price_list: PriceList, settings: Mapping[str, Any]) -> ToRead:
    """The list under the settings of a mapping, over which the source's own words win. Raises IngestionError."""
    source = price_list.source
    parser = sources.parser_of(source, price_list)
    return checked(price_list, parser, sources.with_source(source, settings))


def checked(price_list: PriceList, parser: Parser, config: Mapping[str, Any]) -> ToRead:
    if not isinstance(parser, SheetParser):
        raise NoGrid(_("Lists that are read by “%s” have no sheets to look at.") % parser.title)
    parser.check(config)
    return ToRead(price_list, parser, config, sources.hints_of(price_list))
