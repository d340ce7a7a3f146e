"""Items and row errors as lines for COPY, each checked against the contract on its way.

Most rows come in batches, whose lines are made by columns (`batch_lines.py`); here are those of single rows, and those
of a batch with items that do not keep the contract.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ingestion.errors import ErrorType
from ingestion.pipeline.staging.batch_lines import BatchLines
from ingestion.pipeline.staging.checks import LARGEST_INTEGER, Checker, Refused, refuse
from ingestion.pipeline.staging.copy_text import CATEGORY_SEPARATOR, escape, pairs_of
from ingestion.pricegrid import Batch, Item, Part, RowError
from ingestion.pricegrid.problems import cause_of, items
from ingestion.texts import text_of

COLUMNS = (
    "row_number", "sheet", "supplier_sku", "sku_is_derived", "name", "price", "currency", "retail_price", "stock",
    "availability", "category", "characteristics", "error_type", "message", "cause", "row_data",
)  # fmt: skip
WORTH_SENDING = 100_000  # characters
NO_ERROR = ("", "", "", "")
NO_ITEM = ("", "f", "", "", "", "", "", "", "", "")
ERROR_TYPES = frozenset(map(str, ErrorType))


class Lines:
    """Builds the lines of one reading and remembers what it has seen."""

    def __init__(self, mode: str) -> None:
        self.mode = mode
        self.has_stock = False
        self.has_retail = False
        self.items = 0
        self.failed = 0  # rows; what an error says of the whole list has no row
        self.errors: Counter[str] = Counter()
        self.samples: dict[str, str] = {}
        self._checker = Checker(mode)
        self._batches = BatchLines(self._checker)

    def of(self, part: Part) -> str:
        """The line of a row, or the lines of a batch of them; the last one ends without a newline."""
        return self.of_batch(part) if isinstance(part, Batch) else self.of_row(part)

    def of_row(self, row: Item | RowError) -> str:
        """An item that does not keep the contract becomes a row error."""
        if isinstance(row, RowError):
            return self.of_error(row)
        try:
            if self._checker.is_fine(row):
                line = self.of_item(row)
                self.items += 1
                return line
            refuse(row, self.mode)
        except Refused as refused:
            message = refused.message
        except (TypeError, AttributeError) as mistake:  # of a parser that nobody type-checked
            message = items.BAD_TYPE.message(problem=mistake)
        return self.of_error(RowError(row.row_number, ErrorType.VALIDATION, message, raw_of(row), row.sheet))

    def of_batch(self, batch: Batch) -> str:
        if not self._batches.are_fine(batch):
            return "\n".join(map(self.of_row, batch.items()))
        self.has_stock = self.has_stock or any(batch.stocks or ())
        self.has_retail = self.has_retail or any(batch.retail_prices or ())
        self.items += len(batch.numbers)
        return self._batches.of(batch)

    def of_item(self, item: Item) -> str:
        quantity = availability = ""
        if item.stock is not None:
            self.has_stock = True
            quantity = "" if item.stock.quantity is None else str(item.stock.quantity)
            availability = item.stock.availability
        if item.retail_price is not None:
            self.has_retail = True
        fields = (
            str(item.row_number),
            item.sheet or "",
            item.supplier_sku,
            "t" if item.sku_is_derived else "f",
            item.name,
            "" if item.price is None else str(item.price),
            item.currency or "",
            "" if item.retail_price is None else str(item.retail_price),
            quantity,
            availability,
            CATEGORY_SEPARATOR.join(item.category_path),
        )
        return "\t".join([*map(escape, fields), f"{{{pairs_of(item.characteristics)}}}", *NO_ERROR])

    def of_error(self, error: RowError) -> str:
        message = text_of(error.message)
        kind = error.error_type if error.error_type in ERROR_TYPES else ErrorType.PARSER
        number = str(error.row_number) if is_row_number(error.row_number) else ""
        self.samples.setdefault(kind, message)
        self.errors[str(kind)] += 1
        self.failed += bool(number)
        row_data = {str(name): str(value) for name, value in error.row_data.items()}
        fields = (number, error.sheet or "", *NO_ITEM, str(kind), message, cause_of(error.message))
        return "\t".join([*map(escape, fields), f"{{{pairs_of(row_data)}}}"])


def blocks(lines: Iterable[str]) -> Iterator[bytes]:
    """Lines at once that are worth sending; a lone surrogate, which no encoding has, becomes a question mark."""
    held: list[str] = []
    size = 0
    for some in lines:
        held.append(some)
        size += len(some)
        if size >= WORTH_SENDING:
            yield encoded(held)
            held, size = [], 0
    if held:
        yield encoded(held)


def encoded(lines: Iterable[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def is_row_number(number: object) -> bool:
    return isinstance(number, int) and 1 <= number <= LARGEST_INTEGER


def raw_of(item: Item) -> dict[str, str]:
    """What is known of an item's row, for the parsing log."""
    known = {
        "supplier_sku": item.supplier_sku,
        "name": item.name,
        "price": item.price,
        "currency": item.currency,
        **(item.characteristics or {}),
    }
    return {name: str(value) for name, value in known.items() if value is not None}
