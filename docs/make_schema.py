"""Writes schema.md from the models: `python docs/make_schema.py`. A test says when it is out of date."""

# ruff: noqa: PLC0415 - Django is imported once the settings have a database
# ruff: noqa: SLF001 - a model's _meta is how models are described

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TARGET = Path(__file__).with_name("schema.md")
APPS = ("suppliers", "catalog", "ingestion")
INTRODUCTION = """# The schema

Written by `docs/make_schema.py` from the models; do not edit it by hand.

All times are `timestamptz`, all amounts of money `numeric(14, 4)`, characteristics, raw rows and settings `jsonb`.
What must hold is a constraint of the database; the life cycle of products is guarded by a trigger
(`catalog/migrations/0002_guards.py`), so that no other way of writing gets past `catalog/lifecycle.py`.
Supplier and source of an item, category of a product and run of a change are guarded by triggers instead of foreign
keys: they are looked up once a statement, not once a row (`catalog/references.py`).
"""


def models() -> list[Any]:
    from django.apps import apps

    return [model for label in APPS for model in apps.get_app_config(label).get_models() if not model._meta.proxy]


def kind(field: Any) -> str:
    """The column's type in PostgreSQL."""
    from django.db import connection

    found = field.target_field.rel_db_type(connection) if field.is_relation else field.db_type(connection)
    return str(found).replace(" with time zone", "tz")


def diagram() -> Iterator[str]:
    yield "```mermaid"
    yield "erDiagram"
    for model in models():
        yield f"    {model.__name__} {{"
        for field in model._meta.local_fields:
            key = " PK" if field.primary_key else " FK" if field.is_relation else ""
            yield f"        {kind(field).split('(')[0].replace(' ', '_')} {field.column}{key}"
        yield "    }"
    for model in models():
        for field in model._meta.local_fields:
            if field.is_relation:
                one = "o|" if field.null else "||"
                yield f"    {field.related_model.__name__} {one}--o{{ {model.__name__} : {field.name}"
    yield "```"


def table(model: Any) -> Iterator[str]:
    yield f"## {model.__name__}"
    yield ""
    yield f"{(model.__doc__ or '').strip()} Table `{model._meta.db_table}`."
    yield ""
    yield "| column | type | may be empty | what it is |"
    yield "| --- | --- | --- | --- |"
    for field in model._meta.local_fields:
        empty = "yes" if field.null else ""
        words = f"{field.verbose_name}. {field.help_text}".strip() if field.help_text else str(field.verbose_name)
        yield f"| `{field.column}` | {kind(field)} | {empty} | {words.replace('|', '/')} |"
    rules = [f"`{rule.name}`" for rule in (*model._meta.constraints, *model._meta.indexes)]
    if rules:
        yield ""
        yield f"Constraints and indexes: {', '.join(rules)}."


def markdown() -> str:
    parts = [INTRODUCTION, "\n".join(diagram()), *("\n".join(table(model)) for model in models())]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def main() -> None:
    sys.path.insert(0, str(TARGET.parent.parent))
    from config import services

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    services.prepare_environment([])
    import django

    django.setup()
    TARGET.write_text(markdown(), encoding="utf-8")


if __name__ == "__main__":
    main()
