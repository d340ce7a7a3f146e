"""Parsers that the suite brings: one that takes as long as it is told to, one that fetches."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

from ingestion.parsers.base import Config, Fetched, Parser
from ingestion.parsers.structured import StructuredReading
from ingestion.pricegrid import Hints, Item

LONG = 60.0  # seconds


class SlowParser(Parser):
    """The first word of a file says how it passes its time: spinning, sleeping, or with rows without end."""

    name, title, suffixes = "slow", "Slow", (".slow",)

    def open(self, path: Path, config: Config, hints: Hints) -> StructuredReading:
        way = path.read_text(encoding="utf-8").split()[0]
        return StructuredReading(lambda: slowly(way), rows_expected=1_000_000)


def slowly(way: str) -> Iterator[Item]:
    until = time.monotonic() + LONG
    for number in range(1, 1_000_000 if way == "rows" else 2):
        yield Item(row_number=number, supplier_sku=f"S-{number}", name="Bolt", price=Decimal(1), currency="EUR")
    if way == "sleeping":
        time.sleep(LONG)
    while way == "spinning" and time.monotonic() < until:
        sum(range(10_000))


class FetchingParser(Parser):
    """Goes wherever it is sent; its schema is what says where it may be sent."""

    name, title, is_remote = "fetching", "Fetching", True
    suffixes: ClassVar[tuple[str, ...]] = ()
    config_schema = {
        "type": "object",
        "properties": {"address": {"type": "string", "pattern": "^https://feeds[.]example/"}},
        "required": ["address"],
        "additionalProperties": False,
    }

    def fetch(self, config: Config) -> Fetched:
        return Fetched("feed.slow", urllib.request.urlopen(config["address"], timeout=5))  # noqa: S310

    def open(self, path: Path, config: Config, hints: Hints) -> StructuredReading:
        return StructuredReading(lambda: slowly("once"))
