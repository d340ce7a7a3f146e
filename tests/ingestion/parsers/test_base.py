from __future__ import annotations

import pytest

from ingestion.errors import ConfigurationError
from ingestion.parsers.base import Config
from ingestion.parsers.registry import get_parser


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
