from __future__ import annotations

import logging
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from pytest_django import Settings

from ingestion.errors import ConfigurationError
from ingestion.parsers import registry
from ingestion.parsers.base import Parser
from ingestion.parsers.registry import get_parser, parser_for, parsers


class Nameless(Parser):
    def open(self, path: Path, config: object, hints: object) -> object:  # type: ignore[override]
        raise NotImplementedError


class Impostor(Nameless):
    name = "csv"
    title = "Another one"


class BadSchema(Nameless):
    name = "bad_schema"
    title = "Bad schema"
    config_schema = {"type": "nonsense"}


def test_the_built_in_ones() -> None:
    assert {"csv", "excel", "google_sheets"} <= set(parsers())


@pytest.mark.parametrize(
    ("file_name", "name"),
    [
        ("list.csv", "csv"),
        ("LIST.TSV", "csv"),
        ("list.txt", "csv"),
        ("list.xlsx", "excel"),
        ("list.XLS", "excel"),
        ("list.ods", "excel"),
        ("list.unknown", "excel"),
        ("", "excel"),
    ],
)
def test_a_file_name_suggests_a_parser(file_name: str, name: str) -> None:
    assert parser_for(file_name).name == name


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ConfigurationError, match=r"no parser named pdf; there are csv, excel, google_sheets"):
        get_parser("pdf")


def test_a_parser_from_outside_is_found_by_name_and_suffix(plug_in: str) -> None:
    assert get_parser(plug_in).title == "JSON file of items"
    assert parser_for("items.json").name == plug_in


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("no.such.module.Parser", "cannot be loaded"),
        ("pathlib.Path", "no ingestion.parsers.base.Parser"),
        (f"{__name__}.Nameless", "has no name"),
        (f"{__name__}.Impostor", "the name csv is taken"),
        (f"{__name__}.BadSchema", "cannot be loaded"),
    ],
)
def test_a_broken_plug_in_is_left_out_and_stops_no_other(
    settings: Settings, caplog: pytest.LogCaptureFixture, path: str, words: str
) -> None:
    settings.INGESTION_PARSERS = [path]
    registry.registered.cache_clear()
    with caplog.at_level(logging.ERROR):
        assert set(parsers()) == {"csv", "excel", "google_sheets"}
    assert words in caplog.text


def test_installed_packages_bring_parsers(plug_in: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.INGESTION_PARSERS = []
    point = EntryPoint("json_items", "my_parsers.json_items:JsonItemsParser", registry.ENTRY_POINTS)
    monkeypatch.setattr(registry, "entry_points", lambda group: [point] if group == registry.ENTRY_POINTS else [])
    registry.from_packages.cache_clear()
    try:
        assert get_parser(plug_in).name == plug_in
    finally:
        registry.from_packages.cache_clear()
