"""Batches of items as lines for COPY: the lines of the items one by one (tests prove it), in a fraction of the time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from ingestion.pipeline.columns import CATEGORY_SEPARATOR, CHARACTERISTICS, ERROR, FACTS, ITEM, STOCK, Column, Type
from ingestion.pricegrid import LONGEST_CODE, LONGEST_NAME, Batch, ItemFacts, Stock, code_key, code_keys
from ingestion.pricegrid.cells import Memo
from ingestion.pricegrid.contract import DECIMALS, DIGITS, FITTING, LARGEST_INTEGER, Checker, is_stock

AMOUNTS = re.compile(rf"(?:[0-9]{{1,{DIGITS - DECIMALS}}}(?:\.[0-9]{{1,{DECIMALS}}})?(?:\n|$))*")
ABSENT_STOCK = "\t"
IMPOSSIBLE = ""  # what does not keep the contract: every other field that ends itself has a tab
PLAIN = tuple(column for column in ITEM if not column.is_fact)
EMPTY_ERROR = "\t" * (len(ERROR) - 1) + "\n"


# What not every Python and PostgreSQL knows, or is of one mind about
KEYED_UNLIKE = re.compile(r"[^\x01-\u9fff\uac00-\ud7a3\uff00-\uffef]")


class Keys:
    """Of the codes of one list, by columns at a tenth of what PostgreSQL takes for them (`catalog/code_key.py`).

    The keys of the catalog are PostgreSQL's. So it makes those of the stage, too, where the two could be of two minds:
    of characters that only one of them may know, and of a code of which nothing is left (`make_keys.sql`).
    """

    def __init__(self) -> None:
        self.left = 0  # to PostgreSQL

    def of(self, code: str) -> str:
        key = "" if KEYED_UNLIKE.search(code) else code_key(code)
        self.left += not key
        return key

    def of_all(self, codes: Sequence[str]) -> Sequence[str]:
        if KEYED_UNLIKE.search("".join(codes)):
            return list(map(self.of, codes))
        keys = code_keys(codes)
        self.left += keys.count("")
        return keys


class Ended(NamedTuple):
    """Fields with the tabs that end them: what repeats is joined in fewer pieces."""

    fields: Iterable[str]


ToldFacts = Mapping[str, Sequence[Any]]  # facts by name, one value an item (`Batch.told`)
FactFields = Mapping[str, Sequence[str]]  # the same, each written with the tab after it
Piece = str | Iterable[str] | Ended  # the same for all items, or one for each


class BatchLines:
    """Fields in the order of `columns.COPIED`."""

    def __init__(self, checker: Checker, keys: Keys) -> None:
        self._checker = checker
        self._keys = keys
        self._stocks: Memo[Stock | None, str] = Memo(stock_fields)
        self._paths: Memo[tuple[str, ...], str] = Memo(lambda path: f"{escape(CATEGORY_SEPARATOR.join(path))}\t")
        repetitive = (column.name for column in ITEM if column.is_repetitive)
        self._facts = {column.name: Memo(fact_field_of(column)) for column in FACTS}
        self._texts: dict[str, Memo[str | None, str]] = {name: Memo(text_field) for name in repetitive}

    def fact_fields(self, told: ToldFacts) -> FactFields:
        """IMPOSSIBLE where a fact does not keep the contract."""
        return {name: list(map(self._facts[name].__getitem__, values)) for name, values in told.items()}

    def of(self, batch: Batch, facts: FactFields) -> str:
        """One line an item; `facts` are those of the batch."""
        columns: list[Iterable[str]] = []
        between = ""  # what is the same for all since the last field that is not
        for pieces in self._fields(batch, facts):
            end = "\t"
            for piece in pieces:
                if isinstance(piece, str):
                    between += piece
                    continue
                if between:
                    columns.append(repeat(between))
                    between = ""
                if isinstance(piece, Ended):
                    piece, end = piece.fields, ""  # noqa: PLW2901
                columns.append(piece)
            between += end
        columns.append(repeat(between + EMPTY_ERROR))
        return "".join(map("".join, zip(*columns, strict=False)))[:-1]

    def _fields(self, batch: Batch, facts: FactFields) -> Iterator[Iterable[Piece]]:
        yield [map(str, batch.numbers)]
        yield [escape(batch.sheet or "")]
        yield [escaped(self._keys.of_all(batch.codes))]
        for column in PLAIN:
            if column.change is STOCK:
                if column.name == "stock":  # with the availability
                    yield [Ended(map(self._stocks.__getitem__, batch.stocks)) if batch.stocks else ABSENT_STOCK]
            elif column.name == "sku_is_derived":
                yield ["f"]
            elif column.name == "category":
                yield [Ended(map(self._paths.__getitem__, batch.paths))]
            elif column.change is CHARACTERISTICS:
                yield self._characteristics(batch)
            else:
                yield [self._field(column, batch)]
        for column in FACTS:
            fields = facts.get(column.name)
            yield [""] if fields is None else [Ended(fields)]

    def _field(self, column: Column, batch: Batch) -> Piece:
        values = column.of_batch(batch)
        if not values:
            return ""
        if column.is_repetitive:
            return Ended(map(self._texts[column.name].__getitem__, values))
        return escaped(values) if column.type is Type.TEXT else values

    def are_fine(self, batch: Batch, facts: FactFields) -> bool:
        """Whether all items keep the contract."""
        amounts = batch.prices if batch.retail_prices is None else [*batch.prices, *filter(None, batch.retail_prices)]
        return (
            self._checker.mode == "full"
            and batch.is_for_one
            and are_texts(batch.codes, LONGEST_CODE)
            and are_texts(batch.names, LONGEST_NAME)
            and 1 <= min(batch.numbers) <= max(batch.numbers) <= LARGEST_INTEGER  # a damaged workbook has any order
            and "" not in batch.prices
            and AMOUNTS.fullmatch("\n".join(amounts)) is not None
            and all(map(self._checker.knows, set(batch.currencies)))
            and not any(IMPOSSIBLE in fields for fields in facts.values())
            and (batch.stocks is None or IMPOSSIBLE not in map(self._stocks.__getitem__, batch.stocks))
        )

    def _characteristics(self, batch: Batch) -> Iterator[Piece]:
        """JSON objects. Where all items have the same keys, these stand between the columns of their values."""
        texts = {quoted(label): all_quoted(column) for label, column in batch.characteristics.items()}
        if batch.further is not None or any("" in column for column in texts.values()):
            yield self._single(texts, batch.further)
            return
        before = "{"
        for key, column in texts.items():
            yield f'{before}{key}:"'
            yield column
            before = '",'
        yield '"}' if texts else "{}"

    def _single(self, texts: Mapping[str, Sequence[str]], further: Sequence[Mapping[str, str]] | None) -> list[str]:
        pairs = [[f'{key}:"{text}"' if text else "" for text in column] for key, column in texts.items()]
        if further is not None:
            pairs.append(list(map(pairs_of, further)))
        return ["{" + ",".join(filter(None, item)) + "}" for item in zip(*pairs, strict=True)]


def are_texts(texts: Sequence[str], longest: int) -> bool:
    return "" not in texts and max(map(len, texts)) <= longest and not any(map(str.isspace, texts))


def stock_fields(stock: Stock | None) -> str:
    """Quantity and availability with the tabs after them; IMPOSSIBLE where they do not keep the contract."""
    if stock is None:
        return f"{ABSENT_STOCK}\t"
    if not is_stock(stock):
        return IMPOSSIBLE
    return f"{'' if stock.quantity is None else stock.quantity}\t{stock.availability}\t"


def text_field(text: str | None) -> str:
    return f"{escape(text or '')}\t"


def escaped(texts: Sequence[str]) -> Sequence[str]:
    return texts if is_plain("".join(texts)) else list(map(escape, texts))


def all_quoted(texts: Sequence[str]) -> Sequence[str]:
    """As they stand between the quotation marks of JSON."""
    joined = "".join(texts)
    return texts if is_plain(joined) and '"' not in joined else [quoted(text)[1:-1] for text in texts]


# The text format of COPY


def is_plain(text: str) -> bool:
    """Whether nothing in a text needs escaping."""
    return text.isprintable() and "\\" not in text


def escape(text: str) -> str:
    """A field of COPY's text format. A zero byte cannot be stored in PostgreSQL at all."""
    if is_plain(text):
        return text
    text = text.replace("\0", "").replace("\\", "\\\\")
    return text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def quoted(text: str) -> str:
    """A text as JSON, in a field of COPY."""
    return escape(encode_basestring(text.replace("\0", "")))


def writer_of(column: Column) -> Callable[[Any], str]:
    """How a value of the column is written that is not None."""
    if column.type is Type.BOOLEAN:
        return lambda value: "t" if value else "f"
    if column.type is Type.JSON:
        return object_of if column.is_wide else json_of
    return escape if column.type is Type.TEXT else str


def object_of(value: Mapping[str, str]) -> str:
    return f"{{{pairs_of(value)}}}"


def json_of(value: Any) -> str:
    return escape(json.dumps(value, ensure_ascii=False))


def fact_field_of(column: Column) -> Callable[[Any], str]:
    """How a value of a fact is written, with the tab after it; IMPOSSIBLE where it does not keep the contract."""
    write, fits = writer_of(column), FITTING[column.name]

    def field_of(value: Any) -> str:
        if value is None:
            return "\t"
        if not fits(value):
            return IMPOSSIBLE
        return "\t" if (kept := column.kept(value)) is None else f"{write(kept)}\t"

    return field_of


def fact_fields(facts: ItemFacts) -> list[str]:
    return ["" if (value := of(facts)) is None else write(value) for of, write in FACT_WRITERS]


def pairs_of(texts: Mapping[str, str]) -> str:
    """What stands between the braces of a JSON object, in a field of COPY."""
    return ",".join(f"{quoted(label)}:{quoted(text)}" for label, text in texts.items())


FACT_WRITERS = tuple((column.of_facts, writer_of(column)) for column in FACTS)
