"""What people may say about a list is declared once; schemas, hints and what is kept follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.settings import (
    OPENING_SETTINGS,
    READING_SETTINGS,
    Hints,
    Setting,
    SettingKind,
    given_settings,
    json_schemas,
    with_settings,
)

KNOWN = Hints(sheet_name=("old",), header_row=(1,), default_currency="EUR", column_mapping={"A": "name"})
EXAMPLES: Mapping[SettingKind, Any] = {
    SettingKind.ROWS: [3, 4],
    SettingKind.ROW: 6,
    SettingKind.CURRENCY: "BYN",
    SettingKind.NOT: False,
    SettingKind.SHEETS: ["List", "More"],
    SettingKind.MAPPING: {"B": "price"},
    SettingKind.COLUMNS: ["Colour", "F"],
    SettingKind.TEXT: ";",
}


def example(setting: Setting) -> Any:
    return list(setting.choices)[-1] if setting.choices else EXAMPLES[setting.kind]


@pytest.mark.parametrize("setting", READING_SETTINGS, ids=lambda setting: setting.name)
class TestEverySetting:
    def test_is_a_hint(self, setting: Setting) -> None:
        value = example(setting)
        found = getattr(with_settings(Hints(), {setting.name: value}), setting.name)
        assert found == (tuple(value) if setting.default == () else value) != setting.default

    def test_is_kept_where_it_is_said(self, setting: Setting) -> None:
        assert given_settings({setting.name: example(setting), "more": 1}) == {setting.name: example(setting)}

    @pytest.mark.parametrize("nothing", [None, "", [], {}])
    def test_is_left_out_where_it_was_left_open(self, setting: Setting, nothing: object) -> None:
        assert given_settings({setting.name: nothing}) == {}
        assert with_settings(KNOWN, {setting.name: nothing}) == KNOWN

    def test_has_words_for_people_and_programs(self, setting: Setting) -> None:
        assert setting.label
        assert setting.says.endswith(".")


@pytest.mark.parametrize("setting", [*OPENING_SETTINGS, *READING_SETTINGS], ids=lambda setting: setting.name)
def test_a_schema_takes_what_may_be_said(setting: Setting) -> None:
    schema = json_schemas((setting,))[setting.name]
    Draft202012Validator.check_schema(schema)
    assert Draft202012Validator(schema).is_valid(example(setting))
    assert not Draft202012Validator(schema).is_valid(None)


def test_a_mapping_names_every_field_and_no_other() -> None:
    schema = Draft202012Validator(json_schemas(READING_SETTINGS)["column_mapping"])
    assert all(schema.is_valid({"A": field.value}) for field in Field)
    assert not schema.is_valid({"A": "prise"})


@pytest.mark.parametrize(
    ("config", "changes"),
    [
        ({}, {}),
        ({"sheet_name": "List"}, {"sheet_name": ("List",)}),
        ({"sheet_name": ["List", "More"]}, {"sheet_name": ("List", "More")}),
        ({"header_row": 4, "data_start_row": 6}, {"header_row": (4,), "data_start_row": 6}),
        ({"header_row": [3, 4], "has_header": True}, {"header_row": (3, 4), "has_header": True}),
        ({"has_header": False}, {"has_header": False}),
        ({"column_mapping": {"B": "price"}}, {"column_mapping": {"B": "price"}}),
        ({"characteristic_columns": ["Colour", "F"]}, {"characteristic_columns": ("Colour", "F")}),
    ],
)
def test_a_configuration_wins_over_what_is_known(config: Mapping[str, Any], changes: Mapping[str, Any]) -> None:
    found = with_settings(KNOWN, config)
    for setting in READING_SETTINGS:
        assert getattr(found, setting.name) == changes.get(setting.name, getattr(KNOWN, setting.name))
    assert found.default_currency == "EUR"


def test_what_was_left_open_is_left_out() -> None:
    given = {
        "currency": "",
        "header_row": [],
        "column_mapping": {},
        "has_header": False,
        "sheet_url": "x",
        "section_rule": "off",
    }
    assert given_settings(given) == {"has_header": False, "section_rule": "off"}
    assert given_settings({"column_mapping": ["price"], "currency": "EUR"}) == {"currency": "EUR"}
