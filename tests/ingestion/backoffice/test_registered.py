"""Every model of ours has one screen, and it stands in the back office."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group, User

from ingestion.models import PriceList
from suppliers.models import Supplier

OURS = {"suppliers", "catalog", "ingestion", "auth"}
BACK_OFFICE = settings.BASE_DIR / "ingestion" / "backoffice"


def registrations(module: Path) -> Iterator[str]:
    """The names of the models that `@admin.register` is given."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "admin.register":
            yield from map(ast.unparse, node.args)


def test_all_our_models_are_registered_in_the_back_office() -> None:
    screens = {model: type(each) for model, each in admin.site._registry.items() if model._meta.app_label in OURS}
    assert {Supplier, PriceList, User, Group} <= set(screens)
    assert not {screen for screen in screens.values() if not screen.__module__.startswith("ingestion.backoffice.")}


def test_each_is_registered_once() -> None:
    found = Counter(model for module in BACK_OFFICE.rglob("*.py") for model in registrations(module))
    assert set(found.values()) == {1}
    others = [
        module for app in ("suppliers", "catalog", "ingestion") for module in (settings.BASE_DIR / app).rglob("*.py")
    ]
    assert not [
        name for module in others if BACK_OFFICE not in module.resolve().parents for name in registrations(module)
    ]
