"""manage.py match: items in drafts of their own are linked to the products that they are, or these are proposed."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from catalog.linking.by_likeness import match_by_likeness
from catalog.linking.keys import link_by_keys
from ingestion.runs.supplier_lock import work_on
from suppliers.models import Supplier


class Command(BaseCommand):
    help = "Links items in untouched drafts of their own to the products that they are, or proposes these."

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
        ids = list(suppliers.values_list("pk", flat=True))
        for step in (by_keys, by_likeness):  # what keys say of any supplier comes before what only looks alike
            for pk in ids:
                made.update(while_held(pk, step, dry_run=options["dry_run"]))
        self.say(made, as_json=options["json"])

    def say(self, made: Counter[str], *, as_json: bool) -> None:
        if as_json:
            by_method = {
                method: count for method, count in made.items() if method not in ("proposed", "left") and count
            }
            self.stdout.write(json.dumps({"linked": by_method, "proposed": made["proposed"], "left": made["left"]}))
            return
        text = _(
            "%(all)d items linked: %(barcode)d by barcode, %(part)d by brand and part number, %(gate)d by the identity"
            " gate. For %(proposed)d a product is proposed, %(left)d stay drafts of their own."
        )
        linked = made.total() - made["proposed"] - made["left"]
        facts = {name: made[name] for name in ("barcode", "gate", "proposed", "left")}
        self.stdout.write(text % {**facts, "all": linked, "part": made["part_number"]})


def by_keys(supplier_id: int) -> dict[str, int]:
    return link_by_keys(supplier_id, by=None)


def by_likeness(supplier_id: int) -> dict[str, int]:
    found = match_by_likeness(supplier_id, by=None)
    return {"gate": found.linked, "proposed": found.items, "left": found.left}


def while_held(supplier_id: int, step: Callable[[int], dict[str, int]], *, dry_run: bool) -> dict[str, int]:
    """Waits for a list of the supplier that goes in right now."""
    with work_on(supplier_id, wait=True), transaction.atomic():
        made = step(supplier_id)
        transaction.set_rollback(dry_run)
    return made
