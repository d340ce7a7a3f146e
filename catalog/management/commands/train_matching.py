"""Trains the model that a new installation starts with, on made-up lists."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from catalog.matching.made_up import scenarios
from catalog.matching.model import SHIPPED_FILE
from catalog.matching.training import trained


class Command(BaseCommand):
    help = "Trains the shipped model of matching on made-up lists of two suppliers, and writes it as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--lists", type=int, default=44, help="How many pairs of made-up lists (44).")
        parser.add_argument("--seed", type=int, default=1, help="The same seed makes the same lists.")
        parser.add_argument("--output", type=Path, default=SHIPPED_FILE, help="Where to write it.")

    def handle(self, *args: Any, lists: int, seed: int, output: Path, **options: Any) -> None:
        model = trained(scenarios(seed, lists), version=f"made-up/{seed}/{lists}")
        output.write_text(model.to_json(), encoding="utf-8")
        self.stdout.write(f"{output}: {len(model.names)} features")
