"""manage.py ingest PATH_OR_URL --supplier NAME: takes a price list in, here or through the queue."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ingestion.errors import IngestionError
from ingestion.lists import sources
from ingestion.lists.storage import store
from ingestion.models import IngestionRun, PriceList
from ingestion.parsers.registry import parsers
from ingestion.pipeline.attempt import run_to_end
from ingestion.runs import creation, queue
from ingestion.runs.requests import UnderWay
from ingestion.runs.results import status_of, write_task_result
from ingestion.texts import text_of
from ingestion.worker.warm_up import warm_up
from suppliers.models import PriceListSource, Supplier

LOOKED_AT_FIRST = ("held", "failed_rows")  # of the figures


class Command(BaseCommand):
    help = "Takes a price list (a file, or the address of a Google Sheet) in and says what came of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("list", metavar="PATH_OR_URL")
        parser.add_argument(
            "--supplier",
            required=True,
            metavar="NAME",
            help="made if there is none of this name, unless it is a dry run",
        )
        names = sorted(parsers())
        parser.add_argument(
            "--parser", metavar="P", default="", choices=names, help=f"{', '.join(names)}; found when left out"
        )
        parser.add_argument("--sheet", metavar="S", default="", help="the tab to read; found when left out")
        parser.add_argument("--queue", action="store_true", help="leave the work to a worker")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change; no item, no price and no supplier is touched"
        )
        parser.add_argument("--force", action="store_true", help="process content that was processed before")
        parser.add_argument("--json", action="store_true", help="print the task result and nothing else")

    def handle(self, **options: Any) -> None:
        is_new = not named(options["supplier"]).exists()
        if not (is_new and options["dry_run"]):
            self.take_in(options)
            return
        if options["queue"]:
            text = _(
                "There is no supplier “%s”, and a dry run makes none: leave --queue out, or add the supplier first."
            )
            raise CommandError(text % options["supplier"])
        passing = Supplier.objects.create(name=options["supplier"])
        try:
            self.take_in(options)
        finally:
            forget(passing)

    def take_in(self, options: dict[str, Any]) -> None:
        try:
            run = self.prepared(options)
        except UnderWay as doubled:
            if doubled.run is None:
                raise CommandError(text_of(doubled.message)) from doubled
            self.stderr.write(text_of(doubled.message))
            run = doubled.run
        except IngestionError as error:
            raise CommandError(text_of(error.message)) from error
        if options["queue"]:
            self.say_queued(run, as_json=options["json"])
            return
        warm_up()
        run_to_end(run)
        self.report(run, as_json=options["json"])
        if status_of(run) == "failure":
            raise SystemExit(1)

    @transaction.atomic
    def prepared(self, options: dict[str, Any]) -> IngestionRun:
        """The run, with its file stored."""
        address, supplier = options["list"], self.supplier(options["supplier"])
        given = {"force": options["force"], "dry_run": options["dry_run"], "parser_type": options["parser"]}
        given["config"] = {"sheet_name": options["sheet"]} if options["sheet"] else {}
        if is_address(address):
            return creation.create_run(source=sources.sheet_source(supplier, address, options["sheet"]), **given)
        source = sources.upload_source(supplier)
        with opened(Path(address)) as file:
            price_list = store(file, file.name or "", supplier=supplier, source=source, by=None, at=timezone.now())
        return creation.create_run(source=source, price_list=price_list, **given)

    def supplier(self, name: str) -> Supplier:
        known = named(name).first()
        if known is None:
            known = Supplier.objects.create(name=name)
            self.stderr.write(_("There was no supplier “%s”: it was made.") % name)
        return known

    def say_queued(self, run: IngestionRun, *, as_json: bool) -> None:
        queue.enqueue(run)
        if as_json:
            self.stdout.write(
                json.dumps({"task_id": run.task_id, "status": run.status, "supplier_id": run.supplier_id})
            )
        else:
            self.stdout.write(
                _("Run #%(number)s waits in the queue as task %(task)s.") % {"number": run.pk, "task": run.task_id}
            )

    def report(self, run: IngestionRun, *, as_json: bool) -> None:
        result = write_task_result(run)
        if as_json:
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{run.supplier_name} #{run.pk}: {run.get_status_display()}. {run.message}".strip())
        figures: dict[str, Any] = dict(result["statistics"])
        for name, value in {**{name: figures[name] for name in LOOKED_AT_FIRST}, **figures}.items():
            self.stdout.write(f"  {name.replace('_', ' '):24} {value:>12,}")
        for kind, facts in result["errors"].items():
            self.stdout.write(f"  {kind} x {facts['count']}: {facts['sample']}")


def named(name: str) -> QuerySet[Supplier]:
    return Supplier.objects.filter(name__iexact=name)


@transaction.atomic
def forget(supplier: Supplier) -> None:
    """A supplier that was there for a dry run only, and what came of it. Its file is nobody's then, and swept."""
    IngestionRun.objects.filter(supplier=supplier).delete()
    PriceList.objects.filter(supplier=supplier).delete()
    made = supplier.pk
    supplier.delete()
    PriceListSource.history.filter(supplier_id=made).delete()
    Supplier.history.filter(id=made).delete()


def is_address(text: str) -> bool:
    return text.startswith(("http://", "https://"))


def opened(path: Path) -> File[bytes]:
    try:
        return File(path.open("rb"), name=path.name)
    except OSError as error:
        raise CommandError(
            _("%(path)s cannot be read: %(problem)s") % {"path": path, "problem": error.strerror}
        ) from error
