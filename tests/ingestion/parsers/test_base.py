from __future__ import annotations

from typing import Any

import pytest

from ingestion.errors import ConfigurationError
from ingestion.parsers.base import Config, with_config
from ingestion.parsers.registry import get_parser
from ingestion.pricegrid import Hints

KNOWN = Hints(sheet_names=("old",), header_rows=(1,), default_currency="EUR", column_mapping={"A": "name"})


@pytest.mark.parametrize(
    ("config", "changes"),
    [
        ({}, {}),
        ({"sheet_name": "List"}, {"sheet_names": ("List",)}),
        ({"sheet_name": ["List", "More"]}, {"sheet_names": ("List", "More")}),
        ({"header_row": 4, "data_start_row": 6}, {"header_rows": (4,), "data_start_row": 6}),
        ({"header_row": [3, 4], "has_header": True}, {"header_rows": (3, 4), "has_header": True}),
        ({"has_header": False}, {"has_header": False}),
        ({"column_mapping": {"B": "price"}}, {"column_mapping": {"B": "price"}}),
        ({"characteristic_columns": ["Colour", "F"]}, {"characteristic_columns": ("Colour", "F")}),
    ],
)
def test_a_configuration_wins_over_what_is_known(config: Config, changes: dict[str, Any]) -> None:
    found = with_config(KNOWN, config)
    for name in (
        "sheet_names",
        "header_rows",
        "data_start_row",
        "has_header",
        "column_mapping",
        "characteristic_columns",
    ):
        assert getattr(found, name) == changes.get(name, getattr(KNOWN, name))
    assert found.default_currency == "EUR"


@pytest.mark.parametrize("name", ["csv", "excel"])
@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"header_row": 0}, "header_row"),
        ({"column_mapping": {"A": "prise"}}, "column_mapping"),
        ({"delimiter": ";;"}, "delimiter"),
        ({"encoding": "klingon"}, "encoding klingon is not known"),
        ({"hedder_row": 1}, "hedder_row"),
    ],
)
def test_what_is_wrong_in_a_configuration_is_named(name: str, config: Config, words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        get_parser(name).check(config)


def test_a_full_configuration_is_taken() -> None:
    config = {
        "file": "list.csv",
        "delimiter": "\\t",
        "encoding": "cp1251",
        "has_header": True,
        "column_mapping": {"A": "name"},
    }
    get_parser("csv").check(config)


def test_a_google_sheet_needs_an_address() -> None:
    with pytest.raises(ConfigurationError, match="sheet_url"):
        get_parser("google_sheets").check({})
