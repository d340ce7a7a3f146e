"""The documentation names what there is: each setting, command, parser and link."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from ingestion.parsers.registry import parsers

DOCS: Path = settings.BASE_DIR / "docs"
OURS = ("catalog", "suppliers", "ingestion", "demo", "config")


def text(*names: str) -> str:
    return "\n".join((DOCS / name).read_text(encoding="utf-8") for name in names)


def test_every_variable_is_documented() -> None:
    source = (settings.BASE_DIR / "config" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    documented = set(re.findall(r"`([A-Z_]+)`", text("configuration.md")))
    assert len(read) > 20
    assert not read - documented
    assert not documented - read - {"POSTGRES_PASSWORD", "REDIS_PASSWORD", "VERSION", "WEB_PORT"}


def test_every_command_is_documented() -> None:
    ours = {name for name, app in get_commands().items() if app in OURS}
    assert ours >= {"demo", "ingest", "inspect_price_list", "reconcile", "dead_letters"}
    assert not [name for name in ours if f"manage.py {name}" not in text("commands.md")]


def test_every_parser_is_documented() -> None:
    assert {"csv", "excel", "google_sheets"} <= set(parsers())
    assert not [name for name in parsers() if f"`{name}`" not in text("parsers.md")]


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", *(f"docs/{path.name}" for path in sorted(DOCS.glob("*.md")))]
)
def test_every_link_leads_somewhere(page: str) -> None:
    path = settings.BASE_DIR / page
    targets = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", path.read_text(encoding="utf-8"))
    assert not [target for target in targets if not (path.parent / target).exists()]
