"""Writes source_config/*.schema.json from the parsers: `python docs/make_source_config.py`. A test says when to."""

# ruff: noqa: PLC0415 - Django is imported once the settings have a database

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

FOLDER = Path(__file__).with_name("source_config")


def written() -> dict[str, str]:
    """The schema of each parser that comes with the system, by file name."""
    from ingestion.parsers.registry import is_built_in, parsers

    return {
        f"{parser.name}.schema.json": json.dumps(parser.config_schema, indent=2, ensure_ascii=False) + "\n"
        for parser in parsers().values()
        if is_built_in(parser)
    }


def main() -> None:
    sys.path.insert(0, str(FOLDER.parent.parent))
    from config import services

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    services.prepare_environment([])
    import django

    django.setup()
    for name, text in written().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
