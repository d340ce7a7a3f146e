"""Batches of items as lines for COPY: the lines of the items one by one (tests prove it), in a fraction of the time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat

from ingestion.pipeline.staging.checks import LARGEST_INTEGER, Checker, is_stock
from ingestion.pipeline.staging.copy_text import CATEGORY_SEPARATOR, escape, is_plain, pairs_of, quoted
from ingestion.pricegrid import LONGEST_CODE, LONGEST_NAME, Batch, Stock
from ingestion.pricegrid.cells import Memo

AMOUNTS = re.compile(r"(?:[0-9]{1,10}(?:\.[0-9]{1,4})?(?:\n|$))*")
NO_STOCK = "\t\t\t"
BAD_STOCK = ""
NO_ERROR = "\t\t\t\t\n"


class BatchLines:
    """Fields in the order of `lines.COLUMNS`."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._currencies: Memo[str | None, str] = Memo(lambda currency: f"\t{currency}\t")
        self._stocks: Memo[Stock | None, str] = Memo(stock_fields)
        self._paths: Memo[tuple[str, ...], str] = Memo(lambda path: f"{escape(CATEGORY_SEPARATOR.join(path))}\t")

    def of(self, batch: Batch) -> str:
        """One line an item. What repeats comes with the tabs around it: fewer pieces to join."""
        pieces: list[Iterable[str] | str] = [
            *(map(str, batch.numbers), f"\t{escape(batch.sheet or '')}\t"),
            *(escaped(batch.codes), "\tf\t"),  # not derived
            *(escaped(batch.names), "\t"),
            *(batch.prices, map(self._currencies.__getitem__, batch.currencies)),
            batch.retail_prices or "",
            NO_STOCK if batch.stocks is None else map(self._stocks.__getitem__, batch.stocks),
            map(self._paths.__getitem__, batch.paths),
            *self._characteristics(batch),
            NO_ERROR,
        ]
        columns = [repeat(piece) if isinstance(piece, str) else piece for piece in pieces if piece != ""]
        return "".join(map("".join, zip(*columns, strict=False)))[:-1]

    def are_fine(self, batch: Batch) -> bool:
        """Whether all items keep the contract."""
        amounts = batch.prices if batch.retail_prices is None else [*batch.prices, *filter(None, batch.retail_prices)]
        return (
            self._checker.mode == "full"
            and are_texts(batch.codes, LONGEST_CODE)
            and are_texts(batch.names, LONGEST_NAME)
            and 1 <= min(batch.numbers) <= max(batch.numbers) <= LARGEST_INTEGER  # a damaged workbook has any order
            and "" not in batch.prices
            and AMOUNTS.fullmatch("\n".join(amounts)) is not None
            and all(map(self._checker.knows, set(batch.currencies)))
            and (batch.stocks is None or BAD_STOCK not in map(self._stocks.__getitem__, batch.stocks))
        )

    def _characteristics(self, batch: Batch) -> Iterator[Iterable[str] | str]:
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
    """Quantity and availability with tabs around them; BAD_STOCK where they do not keep the contract."""
    if stock is None:
        return NO_STOCK
    if not is_stock(stock):
        return BAD_STOCK
    return f"\t{'' if stock.quantity is None else stock.quantity}\t{stock.availability}\t"


def escaped(texts: Sequence[str]) -> Sequence[str]:
    return texts if is_plain("".join(texts)) else list(map(escape, texts))


def all_quoted(texts: Sequence[str]) -> Sequence[str]:
    """As they stand between the quotation marks of JSON."""
    joined = "".join(texts)
    return texts if is_plain(joined) and '"' not in joined else [quoted(text)[1:-1] for text in texts]
