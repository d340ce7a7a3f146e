"""A package of somebody else: parsers of XML feeds, archives and PDF documents, and of a feed that is fetched."""

from __future__ import annotations

import csv
import io
import re
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

from lxml import etree

from ingestion.errors import NetworkError
from ingestion.parsers.base import Config, Fetched, Parser
from ingestion.parsers.structured import StructuredReading
from ingestion.pricegrid import Hints, Item, ListRefused, Message

Entry = tuple[str, str, str]
SHOWN = re.compile(rb"\(([^()|]+)\|([^()|]+)\|([^()|]+)\) Tj")


def reading(entries: Iterable[Entry]) -> StructuredReading:
    rows = list(entries)

    def items() -> Iterator[Item]:
        for number, (code, name, price) in enumerate(rows, 1):
            yield Item(row_number=number, supplier_sku=code, name=name, price=Decimal(price), currency="EUR")

    return StructuredReading(items, rows_expected=len(rows))


class FeedParser(Parser):
    suffixes: ClassVar[tuple[str, ...]] = ()
    config_schema = {"type": "object", "additionalProperties": False}


class XmlFeedParser(FeedParser):
    """Claims a suffix that the built-in parser of workbooks claims, too: its first bytes tell them apart."""

    name, title = "xml_feed", "XML feed"
    suffixes: ClassVar[tuple[str, ...]] = (".xml",)

    def check_head(self, head: bytes) -> None:
        super().check_head(head)
        if b"<feed" not in head:
            raise ListRefused(Message("The file is no feed."))

    def open(self, path: Path, config: Config, hints: Hints) -> StructuredReading:
        offers = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).iter("offer")
        return reading((offer.get("code", ""), offer.text or "", offer.get("price", "")) for offer in offers)


class ZipParser(FeedParser):
    name, title, suffixes = "zipped", "Zipped list", (".zip",)

    def open(self, path: Path, config: Config, hints: Hints) -> StructuredReading:
        with zipfile.ZipFile(path) as archive:
            lines = archive.read("items.csv").decode().splitlines()
        return reading((code, name, price) for code, name, price in csv.reader(lines))


class PdfParser(FeedParser):
    name, title, suffixes = "pdf", "PDF document", (".pdf",)

    def check_head(self, head: bytes) -> None:
        if not head.startswith(b"%PDF"):
            raise ListRefused(Message("The file is no PDF document."))

    def open(self, path: Path, config: Config, hints: Hints) -> StructuredReading:
        return reading(tuple(part.decode() for part in found) for found in SHOWN.findall(path.read_bytes()))


class RemoteFeedParser(XmlFeedParser):
    name, title, is_remote = "remote_feed", "Feed by HTTP", True
    suffixes = ()
    config_schema = {
        "type": "object",
        "properties": {"address": {"type": "string", "pattern": "^http://127.0.0.1:"}},
        "required": ["address"],
        "additionalProperties": False,
    }

    def fetch(self, config: Config) -> Fetched:
        try:
            with urllib.request.urlopen(config["address"], timeout=10) as answer:  # noqa: S310
                return Fetched("feed.xml", io.BytesIO(answer.read()))
        except urllib.error.URLError as error:
            raise NetworkError(Message("The feed cannot be fetched: %(problem)s", {"problem": str(error)})) from error


class BrokenParser(FeedParser):
    """Fails at the question that every other parser answers."""

    name, title, suffixes = "broken", "Broken", (".broken",)

    def check_head(self, head: bytes) -> None:
        raise RuntimeError("a bug")

    def open(self, path: Path, config: Config, hints: Hints) -> StructuredReading:
        raise NotImplementedError
