"""Each fact of an item is known wherever items are shown, filtered, changed, sent out or described."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext

from catalog.facts import ItemFactColumns
from catalog.models import SupplierItem
from ingestion.actions.edits_by_hand import EDITABLE
from ingestion.backoffice.items.export import HEADERS
from ingestion.pipeline.columns import FACTS
from ingestion.pricegrid import FIELDS, ItemFacts

NAMES = ItemFacts._fields
OF_THE_PRICE = ("price_breaks", "tax_included")  # prices and their headers say them: no column is called so


def label_of(name: str) -> str:
    return str(SupplierItem._meta.get_field(name).verbose_name)


def text_of_docs(name: str) -> str:
    return (settings.BASE_DIR / "docs" / name).read_text(encoding="utf-8")


def test_every_fact_is_a_column_of_the_catalog_and_of_the_stage():
    assert {field.name for field in ItemFactColumns._meta.get_fields()} == set(NAMES)
    assert {column.name for column in FACTS} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_is_exported_and_edited_by_hand(name):
    assert label_of(name) in {str(header) for header in HEADERS}
    assert name in EDITABLE
    fieldsets = json.dumps(admin.site.get_model_admin(SupplierItem).fieldsets, default=str)
    assert f'"{name}"' in fieldsets


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_is_in_the_contract_and_in_the_documentation(name):
    path = settings.BASE_DIR / "ingestion" / "contracts" / "parser_item.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    assert name in schema["$defs"]["facts"]["properties"]
    assert f"`{name}`" in text_of_docs("contracts.md")
    assert f"| `{name}` |" in text_of_docs("schema.md")


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OF_THE_PRICE])
def test_every_fact_can_be_a_column_of_a_list(name):
    assert gettext(FIELDS[name].traits.label)
