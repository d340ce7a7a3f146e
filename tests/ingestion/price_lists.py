"""A parser for the tests of everything behind the parsers: a JSON file says, row by row, what it yields."""

from __future__ import annotations

import io
import json
import signal
import time
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

from ingestion.errors import NetworkError
from ingestion.lists.storage import store
from ingestion.models import IngestionRun, PriceList
from ingestion.parsers.base import Config, Fetched, Parser
from ingestion.pricegrid import (
    NO_FACTS,
    ColumnGuess,
    Field,
    Hints,
    Item,
    ItemFacts,
    ListRefused,
    Message,
    PriceBreak,
    RowError,
    SheetUnderstanding,
    Stock,
)
from ingestion.runs.creation import create_run
from suppliers.models import PriceListSource
from tests.factories import SourceFactory


class ListReading:
    def __init__(self, content: dict[str, Any]) -> None:
        column = ColumnGuess("A", "Code", Field.SUPPLIER_SKU, 0.98765, Message("because"))
        self.sheets = [SheetUnderstanding("List", chosen=True, reason=Message("the only one"), columns=[column])]
        self.mode = content.get("mode", "full")
        self.notes = [Message("A note about %(what)s", {"what": "the list"})]
        self.skipped = Counter(content.get("skipped", {}))
        self.rows_read = 0
        self.rows_expected = content.get("rows_expected")
        self._rows = content.get("rows", [])

    def __iter__(self) -> Iterator[Item | RowError]:
        for number, row in enumerate(self._rows, 2):
            self.rows_read += 1
            yield record(number, row)

    def close(self) -> None: ...


def record(number: int, row: dict[str, Any]) -> Item | RowError:
    misbehave(row)
    if "error" in row:
        raw = row.get("raw", {})
        return RowError(row.get("row_number", number), row.get("type", "ValidationError"), Message(row["error"]), raw)
    price, stock = row.get("price"), row.get("stock")
    return Item(
        row_number=row.get("row_number", number),
        supplier_sku=row["sku"],
        name=row.get("name", f"Item {row['sku']}"),
        price=None if price is None else Decimal(price),
        currency=row.get("currency", "EUR"),
        retail_price=Decimal(row["retail"]) if "retail" in row else None,
        stock=None if stock is None else Stock(*stock),
        category_path=tuple(row.get("category", ())),
        characteristics=row.get("characteristics", {}),
        sku_is_derived=row.get("derived", False),
        sheet=row.get("sheet"),
        per_quantity=row.get("per", 1),
        facts=facts_of(row["facts"]) if "facts" in row else NO_FACTS,
    )


def facts_of(said: dict[str, Any]) -> ItemFacts:
    """Numbers stand as texts in the file, price breaks as pairs of them."""
    facts = dict(said)
    for name in ("pack_size", "minimum_order", "order_multiple", "tax_rate", "weight"):
        if name in facts:
            facts[name] = Decimal(facts[name])
    if "price_breaks" in facts:
        facts["price_breaks"] = tuple(PriceBreak(*map(Decimal, each)) for each in facts["price_breaks"])
    return ItemFacts(**facts)


def misbehave(row: dict[str, Any]) -> None:
    """What parsers do to a process: `die` names a signal, `take` says how many bytes."""
    if "raise" in row:
        raise RuntimeError(row["raise"])
    if "sleep" in row:
        time.sleep(row["sleep"])
    if "die" in row:
        signal.raise_signal(row["die"])
    if "take" in row:
        bytearray(row["take"])
    while "burn" in row:
        pass


class ListParser(Parser):
    name = "test_list"
    title = "Lists of tests"
    suffixes: ClassVar[tuple[str, ...]] = (".list",)
    config_schema = {
        "type": "object",
        "properties": {"sheet_name": {"type": "string"}},
        "additionalProperties": False,
    }

    def open(self, path: Path, config: Config, hints: Hints) -> ListReading:
        content = json.loads(path.read_bytes())
        if "refuse" in content:
            raise ListRefused(Message(content["refuse"]))
        return ListReading(content)


class RemoteParser(ListParser):
    """`answers` says what each fetch gives in turn: a list, or an error."""

    name = "test_remote"
    is_remote = True
    suffixes = ()
    config_schema = {"type": "object"}
    answers: list[dict[str, Any] | Exception] = []

    def fetch(self, config: Config) -> Fetched:
        answer = self.answers.pop(0) if self.answers else NetworkError("nobody answers")
        if isinstance(answer, Exception):
            raise answer
        return Fetched("fetched.list", io.BytesIO(json.dumps(answer).encode()))


PARSERS = ["tests.ingestion.price_lists.ListParser", "tests.ingestion.price_lists.RemoteParser"]


def price_list(rows: list[dict[str, Any]], source: PriceListSource | None = None, **content: Any) -> PriceList:
    """A stored list of these rows."""
    source = source or SourceFactory()
    file = io.BytesIO(json.dumps({"rows": rows, **content}).encode())
    return store(file, "week.list", supplier=source.supplier, source=source, by=None, at=source.created_at)


def queued(rows: list[dict[str, Any]], source: PriceListSource | None = None, **content: Any) -> IngestionRun:
    """A queued run of such a list."""
    options = {name: content.pop(name) for name in ("force", "dry_run", "priority", "by") if name in content}
    return create_run(price_list=price_list(rows, source, **content), **options)
