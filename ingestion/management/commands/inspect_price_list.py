"""Says what the system understands of lists, and stores nothing."""

from __future__ import annotations

import shutil
import tempfile
from argparse import ArgumentParser
from codecs import getincrementaldecoder
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from ingestion.errors import ErrorType, IngestionError
from ingestion.lists import sources
from ingestion.lists.opened import OpenedList, open_file
from ingestion.parsers.registry import get_parser
from ingestion.pricegrid import HEAD_BYTES, ListRefused, Message, printing
from ingestion.pricegrid.verdict import Bars, Verdict, VerdictKind, verdict_of
from ingestion.reader import apart, limits_for
from ingestion.texts import text_of
from ingestion.worker.warm_up import warm_up
from suppliers.models import PriceListSource, Supplier

LINES_AT_ONCE = 500


class Command(BaseCommand):
    help = "Says what the system understands of a price list: sheets, headers, columns and why, rows. Stores nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "targets", metavar="PATH_OR_URL", nargs="+", help="A file, or the address of a Google Sheet; or several."
        )
        parser.add_argument("--supplier", metavar="NAME", help="Read it with this supplier's settings.")
        parser.add_argument("--sheet", metavar="SHEET", help="Read this sheet only.")
        parser.add_argument("--json", action="store_true", help="Print JSON Lines: items, errors and a summary.")

    def handle(
        self, *args: Any, targets: list[str], supplier: str | None, sheet: str | None, json: bool, **options: Any
    ) -> None:
        known = supplier_named(supplier)
        warm_up()
        several = len(targets) > 1
        was_read = [self.inspect(Asked(target, known, sheet, as_json=json, names_file=several)) for target in targets]
        if not all(was_read):
            raise SystemExit(1)

    def inspect(self, asked: Asked) -> bool:
        """Whether the list was read, and not refused."""
        if asked.names_file and not asked.as_json:
            self.stdout.write(f"== {asked.target}")
        try:
            with received(asked) as (opened, path):
                return self.print_apart(asked, opened, path)
        except (ListRefused, IngestionError) as problem:
            refusal = as_refusal(problem)
            if asked.as_json:
                lines = printing.refusal_lines(refusal, verdict_of(Bars(), refusal=refusal), text_of)
                self.stdout.write("\n".join(asked.named(lines)))
            elif asked.names_file:
                self.stdout.write(text_of(refusal.message))
            else:
                raise CommandError(text_of(refusal.message)) from problem
            return False

    def print_apart(self, asked: Asked, opened: OpenedList, path: Path) -> bool:
        """The lines are made where the list is opened, in a process of its own."""
        decoder = getincrementaldecoder("utf-8")("surrogatepass")
        was_read = False
        with apart(partial(printed_of, asked, opened, path), limits=limits_for(path)) as messages:
            for message in messages:
                if isinstance(message, bytes):
                    self.stdout.write(decoder.decode(message), ending="")
                else:
                    was_read = message["was_read"]
        return was_read


@dataclass(frozen=True)
class Asked:
    target: str  # a path or an address
    supplier: Supplier | None
    sheet: str | None
    as_json: bool
    names_file: bool

    def named(self, lines: Iterable[str]) -> Iterable[str]:
        return printing.naming(self.target, lines) if self.as_json and self.names_file else lines


def supplier_named(name: str | None) -> Supplier | None:
    """The database is only asked where one is named."""
    if name is None:
        return None
    supplier = Supplier.objects.filter(name__iexact=name).first()
    if supplier is None:
        raise CommandError(_("There is no supplier named “%(name)s”.") % {"name": name})
    return supplier


def as_refusal(problem: ListRefused | IngestionError) -> ListRefused:
    if isinstance(problem, ListRefused):
        return problem
    return ListRefused(Message("%(text)s", {"text": text_of(problem.message)}), problem.error_type)


def head_of_file(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(HEAD_BYTES)


def printed_of(asked: Asked, opened: OpenedList, path: Path) -> Iterator[bytes | dict[str, Any]]:
    """What is printed of a list, and whether it was read and not refused."""
    was_read = False

    def lines() -> Generator[str, None, None]:
        nonlocal was_read
        with opened.examined(path) as examined:
            print_lines = printing.json_lines if asked.as_json else printing.report
            verdict: Verdict = yield from print_lines(examined, text_of)
            was_read = examined.reading is not None and verdict.kind is not VerdictKind.REFUSED

    held: list[str] = []
    try:
        for line in asked.named(lines()):
            held.append(line)
            if len(held) == LINES_AT_ONCE:
                yield lines_as_bytes(held)
                held = []
    except ListRefused:
        yield lines_as_bytes(held)  # the questions before it
        raise
    yield lines_as_bytes(held)
    yield {"was_read": was_read}


def lines_as_bytes(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass")


@contextmanager
def received(asked: Asked) -> Iterator[tuple[OpenedList, Path]]:
    """A file, or a Google Sheet fetched now; of a supplier, read as its source is."""
    given: dict[str, Any] = {"sheet_name": asked.sheet} if asked.sheet else {}
    if "://" not in asked.target:
        path = Path(asked.target)
        if not path.is_file():
            raise ListRefused(Message("There is no file %(path)s.", {"path": asked.target}), ErrorType.CONFIGURATION)
        source = sources.known_upload_source(asked.supplier) if asked.supplier else None
        yield opened_as(asked, path, source, given), path
        return
    source = sources.known_sheet_source(asked.supplier, asked.target, asked.sheet or "") if asked.supplier else None
    given["sheet_url"] = asked.target
    parser = get_parser(sources.GOOGLE_SHEETS)
    parser.check(given)
    fetched = parser.fetch(given)
    with fetched.content as content, tempfile.NamedTemporaryFile(suffix=Path(fetched.file_name).suffix) as copy:
        shutil.copyfileobj(content, copy)
        copy.flush()
        path = Path(copy.name)
        yield opened_as(asked, path, source, given), path


def opened_as(asked: Asked, path: Path, source: PriceListSource | None, given: dict[str, Any]) -> OpenedList:
    if "sheet_url" in given:
        parser = get_parser(sources.GOOGLE_SHEETS)
    else:
        parser = sources.parser_of_file(source, path.name, lambda: head_of_file(path))
    config = {**sources.config_of(source), **given}
    parser.check(config)
    known = sources.known_of(asked.supplier, source, file_name=path.name, today=timezone.localdate())
    return open_file(path, parser, config, known, source, is_known=asked.supplier is not None)
