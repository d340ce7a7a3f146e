"""Says what the system understands of a list, and stores nothing."""

from __future__ import annotations

import shutil
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ingestion import inspection
from ingestion.errors import ErrorType, IngestionError
from ingestion.parsers.formats.kinds import HEAD_BYTES
from ingestion.parsers.registry import get_parser, parser_for
from ingestion.sheet.hints import Hints
from ingestion.sheet.records import ListRefused, Message, Reading, RowError
from ingestion.sources import GOOGLE_SHEETS
from ingestion.texts import text_of
from ingestion.warm import warm_up
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
            with opened(target, sheet, hints) as reading:
                lines = inspection.json_lines(reading) if json else inspection.report(reading)
                self.write(lines)
        except (ListRefused, IngestionError) as refusal:
            self.refuse(refusal, json=json)

    def write(self, lines: Iterator[str]) -> None:
        while batch := list(islice(lines, LINES_AT_ONCE)):
            self.stdout.write("\n".join(batch))

    def refuse(self, refusal: ListRefused | IngestionError, *, json: bool) -> None:
        message = refusal.message if isinstance(refusal, ListRefused) else Message("%(text)s", {"text": str(refusal)})
        if not json:
            raise CommandError(text_of(message))
        error = RowError(None, refusal.error_type, message, {})
        self.write(iter((inspection.error_line(error), inspection.summary_line((), errors=1))))
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


@contextmanager
def opened(target: str, sheet: str | None, hints: Hints) -> Iterator[Reading]:
    """The reading of a file, or of a Google Sheet fetched now."""
    config: dict[str, Any] = {"sheet_name": sheet} if sheet else {}
    if "://" not in target:
        path = Path(target)
        if not path.is_file():
            raise ListRefused(Message("There is no file %(path)s.", {"path": target}), ErrorType.CONFIGURATION)
        yield parser_for(path.name, lambda: head_of(path)).open(path, config, hints)
        return
    parser = get_parser(GOOGLE_SHEETS)
    config["sheet_url"] = target
    parser.check(config)
    fetched = parser.fetch(config)
    with fetched.content as content, tempfile.NamedTemporaryFile(suffix=Path(fetched.file_name).suffix) as copy:
        shutil.copyfileobj(content, copy)
        copy.flush()
        yield parser.open(Path(copy.name), config, hints)
