"""Says what the system understands of a list, and stores nothing."""

from __future__ import annotations

import shutil
import tempfile
from argparse import ArgumentParser
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ingestion.errors import ErrorType, IngestionError
from ingestion.lists.sources import GOOGLE_SHEETS
from ingestion.parsers.base import Parser
from ingestion.parsers.registry import get_parser, parser_for
from ingestion.pricegrid import HEAD_BYTES, Hints, ListRefused, Message, RowError, printing
from ingestion.reader import apart, limits_for
from ingestion.texts import text_of
from ingestion.worker.warm_up import warm_up
from suppliers.models import Supplier

LINES_AT_ONCE = 500


class Command(BaseCommand):
    help = "Says what the system understands of a price list: sheets, headers, columns and why, rows. Stores nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", metavar="PATH_OR_URL", help="A file, or the address of a Google Sheet.")
        parser.add_argument("--supplier", metavar="NAME", help="Read it with this supplier's settings.")
        parser.add_argument("--sheet", metavar="SHEET", help="Read this sheet only.")
        parser.add_argument("--json", action="store_true", help="Print JSON Lines: items, errors and a summary.")

    def handle(
        self, *args: Any, target: str, supplier: str | None, sheet: str | None, json: bool, **options: Any
    ) -> None:
        hints = hints_of(supplier)
        warm_up()
        try:
            with received(target, sheet) as received_list:
                self.print_apart(received_list, hints, json=json)
        except (ListRefused, IngestionError) as refusal:
            self.refuse(refusal, json=json)

    def print_apart(self, received_list: Received, hints: Hints, *, json: bool) -> None:
        """The lines are made where the list is opened, in a process of its own."""
        decoder = getincrementaldecoder("utf-8")("surrogatepass")
        work = partial(blocks_of, received_list, hints, as_json=json)
        with apart(work, limits=limits_for(received_list.path)) as messages:
            for message in messages:
                assert isinstance(message, bytes)
                self.stdout.write(decoder.decode(message), ending="")

    def refuse(self, refusal: ListRefused | IngestionError, *, json: bool) -> None:
        message = refusal.message if isinstance(refusal, ListRefused) else Message("%(text)s", {"text": str(refusal)})
        if not json:
            raise CommandError(text_of(message))
        error = RowError(None, refusal.error_type, message, {})
        self.stdout.write(printing.error_line(error, text_of))
        self.stdout.write(printing.summary_line((), errors=1))
        raise SystemExit(1)


def hints_of(name: str | None) -> Hints:
    """What is known of the supplier; the database is only asked where one is named."""
    if name is None:
        return Hints()
    supplier = Supplier.objects.filter(name__iexact=name).first()
    if supplier is None:
        raise CommandError(_("There is no supplier named “%(name)s”.") % {"name": name})
    return Hints(default_currency=supplier.default_currency or None)


def head_of(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(HEAD_BYTES)


class Received(NamedTuple):
    """A list that can be opened."""

    parser: Parser
    path: Path
    config: dict[str, Any]


def blocks_of(received_list: Received, hints: Hints, *, as_json: bool) -> Iterator[bytes]:
    """What is printed of a list."""
    parser, path, config = received_list
    with closing(parser.open(path, config, hints)) as reading:
        lines = (printing.json_lines if as_json else printing.report)(reading, text_of)
        while batch := list(islice(lines, LINES_AT_ONCE)):
            yield ("\n".join(batch) + "\n").encode("utf-8", "surrogatepass")


@contextmanager
def received(target: str, sheet: str | None) -> Iterator[Received]:
    """A file, or a Google Sheet fetched now."""
    config: dict[str, Any] = {"sheet_name": sheet} if sheet else {}
    if "://" not in target:
        path = Path(target)
        if not path.is_file():
            raise ListRefused(Message("There is no file %(path)s.", {"path": target}), ErrorType.CONFIGURATION)
        yield Received(parser_for(path.name, lambda: head_of(path)), path, config)
        return
    parser = get_parser(GOOGLE_SHEETS)
    config["sheet_url"] = target
    parser.check(config)
    fetched = parser.fetch(config)
    with fetched.content as content, tempfile.NamedTemporaryFile(suffix=Path(fetched.file_name).suffix) as copy:
        shutil.copyfileobj(content, copy)
        copy.flush()
        yield Received(parser, Path(copy.name), config)
