"""What the parsers of files share: any format, opened by what it holds."""

from __future__ import annotations

import codecs
from pathlib import Path

from django.utils.translation import gettext_noop

from ingestion.errors import ConfigurationError
from ingestion.parsers.base import Config, SheetParser
from ingestion.pricegrid import Book, check_head, open_book
from ingestion.pricegrid.problems import register
from ingestion.pricegrid.settings import OPENING_SETTINGS, READING_SETTINGS, json_schemas
from ingestion.serving import refuse_while_serving

FILE = {
    "description": "Where the list came from; for people, the stored bytes are what is read.",
    "type": "string",
    "maxLength": 1000,
}
FILE_SETTINGS = {"file": FILE, **json_schemas(OPENING_SETTINGS), **json_schemas(READING_SETTINGS)}
UNKNOWN_ENCODING = register(
    "source.unknown_encoding",
    None,
    gettext_noop("The encoding %(encoding)s is not known. Use utf-8 or cp1251, say, or leave it empty."),
)


class FileParser(SheetParser):
    """Files are opened by what they hold, so a wrong suffix, or the wrong one of two parsers, does no harm."""

    def check(self, config: Config) -> None:
        super().check(config)
        try:
            codecs.lookup(config.get("encoding", "utf-8"))
        except LookupError as error:
            raise ConfigurationError(UNKNOWN_ENCODING.message(encoding=config["encoding"])) from error

    def check_head(self, head: bytes) -> None:
        check_head(head)

    def book(self, path: Path, config: Config) -> Book:
        refuse_while_serving()
        delimiter = config.get("delimiter", "").replace("\\t", "\t")
        return open_book(path, encoding=config.get("encoding"), delimiter=delimiter or None)
