"""manage.py match: items in drafts of their own are linked to the products that they are, or these are proposed."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from catalog.linking.audit import closed_gate
from catalog.linking.scope import ItemScope
from ingestion.actions.matching import LEFT, PROPOSED, STEPS, while_held
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
        for step in STEPS:
            for supplier in suppliers:
                with while_held(supplier.pk, dry_run=options["dry_run"]):
                    made.update(step(ItemScope(supplier.pk)))
        closed = [supplier.name for supplier in suppliers if closed_gate(supplier.pk)]
        self.say(made, closed, as_json=options["json"])

    def say(self, made: Counter[str], closed: list[str], *, as_json: bool) -> None:
        linked = {method: count for method, count in made.items() if method not in (PROPOSED, LEFT) and count}
        if as_json:
            said = {"linked": linked, PROPOSED: made[PROPOSED], LEFT: made[LEFT], "closed_gates": closed}
            self.stdout.write(json.dumps(said))
            return
        text = _(
            "%(all)d items linked: %(remembered)d as before, %(barcode)d by barcode, %(part_number)d by brand and part"
            " number, %(gate)d by the identity gate, %(score)d by score. For %(proposed)d a product is proposed,"
            " %(left)d stay drafts of their own."
        )
        names = ("remembered", "barcode", "part_number", "gate", "score", PROPOSED, LEFT)
        self.stdout.write(text % {"all": sum(linked.values()), **{name: made[name] for name in names}})
        for name in closed:
            text = _("The gate of %s is closed: too many of its links were wrong. Nothing is linked without a person.")
            self.stdout.write(self.style.WARNING(text % name))
