"""The columns of an item are declared once; the catalog, the statements and the lines for COPY agree with it."""

from __future__ import annotations

import inspect
from decimal import Decimal
from types import ModuleType
from typing import get_type_hints

import pytest
from django.db import connection
from django.db.models import Field

from catalog.models import SupplierItem
from ingestion.pipeline.applying import apply, changes, log
from ingestion.pipeline.columns import COPIED, ITEM, OPTIONAL, Column, Type
from ingestion.pipeline.comparing import compare
from ingestion.pipeline.guarding import causes, guards, plausibility
from ingestion.pipeline.parts import told_parts
from ingestion.pipeline.staging import stage
from ingestion.pipeline.statements import PART, PIPELINE
from ingestion.pricegrid import ItemFacts
from ingestion.pricegrid.contract import DECIMALS, DIGITS, TOO_MUCH
from tests.ingestion.pipeline.golden import FOLDER, statements

ROOMS = {
    "staging": [stage],
    "comparing": [compare],
    "guarding": [guards, causes, plausibility],
    "applying": [changes, apply, log],
}
STORED = [column for column in ITEM if column.catalog]
KINDS = {
    Type.TEXT: "varchar", Type.AMOUNT: "numeric", Type.WEIGHT: "numeric", Type.RATE: "numeric", Type.BOOLEAN: "bool",
}  # fmt: skip


def test_the_statements_are_those_of_the_golden_files():
    """After a change that is meant: python -m tests.ingestion.pipeline.golden --update."""
    assert statements() == {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.sql")}


@pytest.mark.parametrize("column", STORED, ids=lambda column: column.name)
def test_a_column_fits_the_catalog(column: Column) -> None:
    stored = SupplierItem._meta.get_field(column.catalog)
    assert isinstance(stored, Field)
    kind = str(stored.db_type(connection))
    assert kind.startswith(KINDS.get(column.type, column.type))
    assert column.longest == stored.max_length or (column.longest is None and stored.choices)
    if column.type in {Type.AMOUNT, Type.WEIGHT, Type.RATE}:
        assert kind.replace(" ", "") == column.type.replace(" ", "")


def test_the_catalog_holds_what_is_just_not_too_much():
    most = 10 ** (DIGITS - DECIMALS)
    assert round(TOO_MUCH, DECIMALS) == most
    assert round(TOO_MUCH - Decimal("0.00001"), DECIMALS) < most


def test_names_are_used_once():
    names = [column.name for column in COPIED]
    assert len(names) == len(set(names))
    facts = set(ItemFacts._fields) - {"tax_rate", "tax_included"}
    assert {change.name for change in OPTIONAL} == {"stock", "retail", "tax", *facts}


@pytest.mark.parametrize("modules", ROOMS.values(), ids=ROOMS)
def test_every_statement_has_one_typed_caller(modules: list[ModuleType]) -> None:
    files = {path.stem for path in modules[0].SQL.folder.glob("*.sql")}
    everywhere = "".join(path.read_text("utf-8") for path in PIPELINE.glob("*/sql/*.sql"))
    parts = {name for name in PART.findall(everywhere) if name not in told_parts()}
    callers = [
        (name, function)
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and name in files
    ]
    assert sorted(name for name, _ in callers) == sorted(files - parts)
    for name, function in callers:
        assert f'"{name}"' in inspect.getsource(function)
        assert set(get_type_hints(function)) == {*inspect.signature(function).parameters, "return"}


def test_every_part_is_used():
    used = {name for path in PIPELINE.parent.glob("**/sql/*.sql") for name in PART.findall(path.read_text("utf-8"))}
    assert set(told_parts()) <= used
