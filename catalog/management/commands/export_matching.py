"""manage.py export_matching: what matching compares, for record linkage on more than one machine."""

from __future__ import annotations

from argparse import ArgumentParser
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.linking.export import export, write_json_lines, write_parquet

FORMATS = {"parquet": write_parquet, "jsonl": write_json_lines}


class Command(BaseCommand):
    help = "Writes the items that wait for a product, and the products, as tables of what matching compares."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=FORMATS, default="parquet", help="“parquet” (needs DuckDB) or “jsonl”.")
        parser.add_argument("--output", type=Path, default=Path("matching-export"), help="A folder, new or empty.")

    def handle(self, *args: Any, format: str, output: Path, **options: Any) -> None:  # noqa: A002 - the option's name
        if output.exists() and not (output.is_dir() and not any(output.iterdir())):
            raise CommandError(f"“{output}” is there already: name a folder that is new, or empty it.")
        if format == "parquet" and not find_spec("duckdb"):
            raise CommandError("Parquet is written by DuckDB: pip install duckdb, or take --format jsonl.")
        output.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".export-", dir=output.parent) as apart:
            counts = export(whole := Path(apart, "whole"), FORMATS[format])
            whole.rename(output)  # half an export is never taken for one
        self.stdout.write(f"{output}: {', '.join(f'{rows} {table}' for table, rows in counts.items())}")
