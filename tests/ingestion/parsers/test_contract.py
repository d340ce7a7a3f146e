"""Every registered parser keeps every promise of docs/parsers.md; a new one needs a sample in `SAMPLES`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ingestion.errors import ConfigurationError, IngestionError
from ingestion.parsers.base import Parser
from ingestion.parsers.registry import get_parser, parsers
from ingestion.pricegrid import Hints, Item, ListRefused, RowError
from tests.ingestion.contracts.rows import check_row
from tests.ingestion.parsers.samples import GOODS, SAMPLES

CONFIGS: dict[str, dict[str, Any]] = {
    "google_sheets": {"sheet_url": "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz"}
}
GARBAGE = {
    "nothing": b"",
    "blanks": b" \r\n \r\n",
    "zeros": bytes(5000),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "noise": bytes((n * 7919) % 251 for n in range(20_000)),
    "half an archive": b"PK\x03\x04" + bytes(range(256)),
    "a broken container": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000),
    "prose": b"Dear colleagues,\n\nour new list comes on Monday.\n",
    "a page": b"<html><body>Please log in</body></html>",
    "broken JSON": b'{"format": "google_sheets/1", "sheets": [',
}


@pytest.fixture(params=sorted(SAMPLES))
def parser(request: pytest.FixtureRequest, plug_in: str) -> Iterator[Parser]:
    parser = get_parser(request.param)
    before = dict(vars(parser))
    yield parser
    assert vars(parser) == before, "a parser remembers nothing"


@pytest.fixture
def config(parser: Parser) -> dict[str, Any]:
    return CONFIGS.get(parser.name, {})


@pytest.fixture
def sample(parser: Parser, tmp_path: Path) -> Path:
    return SAMPLES[parser.name](tmp_path / "sample")


def rows_of(parser: Parser, path: Path, config: dict[str, Any]) -> list[Item | RowError]:
    with closing(parser.open(path, config, Hints())) as reading:
        return list(reading)


def test_each_has_a_sample(plug_in: str) -> None:
    assert set(parsers()) == set(SAMPLES)


def test_it_says_what_it_is(parser: Parser) -> None:
    assert get_parser(parser.name) is parser
    assert str(parser.title)
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in parser.suffixes)
    Draft202012Validator.check_schema(parser.config_schema)


def test_it_checks_its_configuration(parser: Parser, config: dict[str, Any]) -> None:
    parser.check(config)
    with pytest.raises(ConfigurationError, match="colour"):
        parser.check({**config, "colour": "red"})


def test_it_fetches_only_if_it_is_remote(parser: Parser, config: dict[str, Any]) -> None:
    with pytest.raises(IngestionError if parser.is_remote else NotImplementedError):
        parser.fetch(config)


def test_it_reads_its_sample(parser: Parser, config: dict[str, Any], sample: Path) -> None:
    items = [row for row in rows_of(parser, sample, config) if isinstance(row, Item)]
    found = [[item.supplier_sku, item.name, item.price, item.currency, item.row_number] for item in items]
    expected = [[code, name, Decimal(str(price)), cur, row] for row, (code, name, price, cur) in enumerate(GOODS, 2)]
    assert found == expected


def test_it_streams_rows_in_order_as_often_as_asked(parser: Parser, config: dict[str, Any], sample: Path) -> None:
    with closing(parser.open(sample, config, Hints())) as reading:
        rows = list(reading)
        assert rows == list(reading)
    numbers = [row.row_number or 0 for row in rows]
    assert numbers == sorted(numbers)
    assert numbers[0] >= 1
    assert reading.rows_read >= len(rows)
    assert reading.mode == "full"


def test_its_rows_keep_the_contract(parser: Parser, config: dict[str, Any], sample: Path) -> None:
    for row in rows_of(parser, sample, config):
        check_row(row)


@pytest.mark.parametrize("garbage", GARBAGE)
def test_garbage_gets_one_clear_refusal(parser: Parser, config: dict[str, Any], tmp_path: Path, garbage: str) -> None:
    path = tmp_path / "garbage"
    path.write_bytes(GARBAGE[garbage])
    with pytest.raises((ListRefused, IngestionError), match=r"\w"):
        rows_of(parser, path, config)


def test_a_sample_cut_anywhere_gives_rows_or_one_clear_refusal(
    parser: Parser, config: dict[str, Any], sample: Path, tmp_path: Path
) -> None:
    content = sample.read_bytes()
    path = tmp_path / "cut"
    for cut in range(1, len(content), max(1, len(content) // 40)):
        path.write_bytes(content[:cut])
        with suppress(ListRefused, IngestionError):
            assert all(isinstance(row, Item | RowError) for row in rows_of(parser, path, config))
