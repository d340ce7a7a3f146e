"""manage.py match: items in drafts of their own are linked to the products that they are, by exact keys."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from catalog.linking.keys import link_by_keys
from ingestion.runs.supplier_lock import work_on
from suppliers.models import Supplier


class Command(BaseCommand):
    help = "Links items whose product is an untouched draft of their own to the products with the same exact keys."

    def add_arguments(self, parser: ArgumentParser) -> None:
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--supplier", metavar="NAME", help="the items of this supplier")
        whose.add_argument("--all", action="store_true", help="the items of all suppliers")
        parser.add_argument("--dry-run", action="store_true", help="say what would be linked, and store nothing")
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, **options: Any) -> None:
        suppliers = Supplier.objects.order_by("pk")
        if options["supplier"]:
            suppliers = suppliers.filter(name=options["supplier"])
            if not suppliers.exists():
                raise CommandError(_("There is no supplier “%s”.") % options["supplier"])
        made: Counter[str] = Counter()
        for pk in suppliers.values_list("pk", flat=True):
            made.update(matched(pk, dry_run=options["dry_run"]))
        self.say(made, as_json=options["json"])

    def say(self, made: Counter[str], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"linked": dict(made)}))
            return
        text = _("%(all)d items linked: %(barcode)d by barcode, %(part)d by brand and part number.")
        facts = {"all": made.total(), "barcode": made["barcode"], "part": made["part_number"]}
        self.stdout.write(text % facts)


def matched(supplier_id: int, *, dry_run: bool) -> dict[str, int]:
    """Waits for a list of the supplier that goes in right now."""
    with work_on(supplier_id, wait=True), transaction.atomic():
        made = link_by_keys(supplier_id, by=None)
        transaction.set_rollback(dry_run)
    return made
