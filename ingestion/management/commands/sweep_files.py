"""manage.py sweep_files: looks after the stored price lists. Workers do it, too: once a day, and file by file."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from ingestion.errors import IngestionError
from ingestion.lists import sweep
from ingestion.models import PriceList
from ingestion.texts import text_of


class Command(BaseCommand):
    help = (
        "Finds stored files that belong to no price list, files of killed processes, and damage. Exit code 1: damage."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--delete", action="store_true", help="remove what belongs to nothing")
        parser.add_argument("--hours", type=float, default=24.0, metavar="N", help="leave younger files alone (24)")
        parser.add_argument("--here", action="store_true", help="only remove what killed processes left here")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, **options: Any) -> None:
        at = timezone.now()
        if options["here"]:
            sweep.sweep_machine(at)
            return
        try:
            found = sweep.sweep(at, delete=options["delete"], older_than=timedelta(hours=options["hours"]))
            damaged = sweep.check_files(at, older_than=timedelta(0))
        except IngestionError as error:
            raise CommandError(text_of(error.message)) from error
        if options["delete"]:
            sweep.record_sweep(found, at)
        if options["json"]:
            self.stdout.write(json.dumps({**_as_json(found), "damaged": [_facts_of(each) for each in damaged]}))
        else:
            self.say(found, damaged)
        if damaged:
            raise SystemExit(1)

    def say(self, found: sweep.Swept, damaged: list[PriceList]) -> None:
        figures = {"files": found.files, "orphans": len(found.orphans), "temporary": len(found.temporary)}
        if found.removed:
            text = _(
                "Of %(files)d stored files %(orphans)d had no list; %(temporary)d were of killed writers: removed."
            )
        else:
            text = _("Of %(files)d stored files %(orphans)d have no list; %(temporary)d are of killed writers.")
        self.stdout.write(text % figures)
        for each in damaged:
            self.stdout.write(f"{each.pk} {each.original_name} ({each.file.name}): {each.get_file_state_display()}")


def _as_json(found: sweep.Swept) -> dict[str, Any]:
    return {
        "removed": found.removed,
        "files": found.files,
        "orphans": found.orphans,
        "orphan_bytes": found.orphan_bytes,
        "temporary": found.temporary,
    }


def _facts_of(price_list: PriceList) -> dict[str, Any]:
    return {
        "price_list": price_list.pk,
        "name": price_list.original_name,
        "file": price_list.file.name,
        "state": price_list.file_state,
    }
