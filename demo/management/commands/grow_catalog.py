"""manage.py grow_catalog --items N: fills an empty catalog with made-up data, for measuring."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from catalog.models import Product, SupplierItem
from demo.growth import TABLES, TEXTS, grow
from demo.made_up import Size
from suppliers.models import Supplier


class Command(BaseCommand):
    help = "Fills an empty catalog with made-up suppliers, items, products, prices, runs and logs, for measuring."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--items", type=int, default=2_000_000, help="supplier items; half as many products")
        parser.add_argument("--suppliers", type=int, default=200)
        parser.add_argument("--history", type=int, default=5, help="prices of each item")

    def handle(self, **options: Any) -> None:
        size = Size(options["items"], options["suppliers"], options["history"])
        if not 1 <= size.suppliers <= size.items or not 1 <= size.prices_per_item <= 50:
            raise CommandError("At least one supplier, no more suppliers than items, and 1 to 50 prices of each item.")
        if any(model.objects.exists() for model in (Supplier, Product, SupplierItem)):
            raise CommandError("The catalog is not empty: only an empty one is filled.")
        started = time.monotonic()
        grow(size, say=lambda text: self.stdout.write(f"{time.monotonic() - started:6.1f} s  {text}"))
        with connection.cursor() as cursor:
            for table in (*TABLES, *TEXTS):
                cursor.execute(f"VACUUM (FREEZE, ANALYZE) {table}")
        self.stdout.write(f"{time.monotonic() - started:6.1f} s  done")
