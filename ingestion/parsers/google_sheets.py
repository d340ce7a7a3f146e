"""Google Sheets: a snapshot is taken and kept, and read like any other book."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ingestion.contracts.source_config import source_config_schema
from ingestion.parsers.base import Config, Fetched, SheetParser
from ingestion.parsers.google.book import open_snapshot
from ingestion.parsers.google.snapshot import place_of, take_snapshot
from ingestion.pricegrid import Book, Limits
from ingestion.pricegrid.settings import READING_SETTINGS, as_tuple, json_schemas

if TYPE_CHECKING:
    from ingestion.parsers.google.client import Sheets

SHEET_URL = {
    "description": "The address of the sheet in the browser.",
    "type": "string",
    "minLength": 1,
    "maxLength": 2000,
}


class GoogleSheetsParser(SheetParser):
    name = "google_sheets"
    title = _("Google Sheets")
    is_remote = True
    config_schema = source_config_schema(
        "google_sheets", {"sheet_url": SHEET_URL, **json_schemas(READING_SETTINGS)}, required=("sheet_url",)
    )

    def check(self, config: Config) -> None:
        super().check(config)
        place_of(config["sheet_url"])

    def fetch(self, config: Config) -> Fetched:
        place = place_of(config["sheet_url"])
        tabs = as_tuple(config["sheet_name"]) if config.get("sheet_name") else ()
        title, content = take_snapshot(wire(), place, tabs)
        return Fetched(f"{title}.json", content)

    def book(self, path: Path, config: Config) -> Book:
        return open_snapshot(path, Limits())


def wire() -> Sheets:
    """Loaded when a sheet is fetched: Google's libraries take as long as a list of thousands of rows."""
    from ingestion.parsers.google.client import Access, Sheets  # noqa: PLC0415

    # The only place where the key comes from: the settings, never a source's configuration.
    access = Access(
        key_file=settings.GOOGLE_SERVICE_ACCOUNT_FILE,
        key_json=settings.GOOGLE_SERVICE_ACCOUNT_JSON,
        base_url=settings.GOOGLE_SHEETS_URL,
        timeout=settings.GOOGLE_SHEETS_TIMEOUT,
    )
    return Sheets(access)
