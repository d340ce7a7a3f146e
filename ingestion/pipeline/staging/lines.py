"""Items and row errors as lines for COPY, each checked against the contract on its way.

Most rows come in batches, whose lines are made by columns (`batch_lines.py`); here are those of single rows, and those
of a batch with items that do not keep the contract.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from typing import Any

from ingestion.errors import ErrorType
from ingestion.pipeline.columns import BY_GROUP, ERROR, FACTS, ITEM, OPTIONAL
from ingestion.pipeline.staging.batch_lines import BatchLines, Keys, ToldFacts, escape, fact_fields, pairs_of, writer_of
from ingestion.pricegrid import NO_FACTS, Batch, Item, Part, RowError
from ingestion.pricegrid.contract import LARGEST_INTEGER, Checker, raw_of
from ingestion.pricegrid.problems import cause_of, items
from ingestion.texts import text_of

WORTH_SENDING = 100_000  # characters
NO_ITEM = tuple(column.on_error for column in ITEM)
NO_ERROR = ("",) * len(ERROR)
ERROR_TYPES = frozenset(map(str, ErrorType))


# None for a value that every item has is a mistake: it cannot be joined
PLAIN_WRITERS: tuple[tuple[Callable[[Item], Any], Callable[[Any], str], Any], ...] = tuple(
    (column.of, writer_of(column), None if column.is_wide else "") for column in ITEM if not column.is_fact
)
NO_FACT = ("",) * len(FACTS)
TELLING = tuple((change.name, BY_GROUP[change]) for change in OPTIONAL)
TELLING_OF_PLAIN = tuple((name, columns) for name, columns in TELLING if not columns[0].is_fact)


class Lines:
    """Builds the lines of one reading and remembers what it has seen."""

    def __init__(self, mode: str) -> None:
        self.mode = mode
        self.has: set[str] = set()  # the optional changes (`columns.OPTIONAL`) that some item tells
        self.items = 0
        self.noted = 0  # items with notes
        self.failed = 0  # rows; what an error says of the whole list has no row
        self.errors: Counter[str] = Counter()
        self.samples: dict[str, str] = {}
        self._checker = Checker(mode)
        self.keys = Keys()
        self._batches = BatchLines(self._checker, self.keys)

    def of(self, part: Part) -> str:
        """The line of a row, or the lines of a batch of them; the last one ends without a newline."""
        return self.of_batch(part) if isinstance(part, Batch) else self.of_row(part)

    def of_row(self, row: Item | RowError) -> str:
        """An item that does not keep the contract becomes a row error."""
        if isinstance(row, RowError):
            return self.of_error(row)
        message = self._checker.problem_of(row)
        if message is None:
            try:
                line = self.of_item(row)
            except (TypeError, AttributeError) as mistake:  # of a parser that nobody type-checked
                message = items.BAD_TYPE.message(problem=mistake)
            else:
                self.items += 1
                return line
        return self.of_error(RowError(row.row_number, ErrorType.VALIDATION, message, raw_of(row), row.sheet))

    def of_batch(self, batch: Batch) -> str:
        told = batch.told()
        facts = self._batches.fact_fields(told)
        if not self._batches.are_fine(batch, facts):
            return "\n".join(map(self.of_row, batch.items()))
        for name, columns in TELLING_OF_PLAIN:
            if name not in self.has and any(any(column.of_batch(batch) or ()) for column in columns):
                self.has.add(name)
        if told:
            self.has |= told_by(told, self.has)
        self.items += len(batch.numbers)
        return self._batches.of(batch, facts)

    def of_item(self, item: Item) -> str:
        has_facts = item.facts is not NO_FACTS
        for name, columns in TELLING if has_facts else TELLING_OF_PLAIN:
            if name not in self.has:
                for column in columns:
                    if column.of(item) is not None:
                        self.has.add(name)
        self.noted += bool(item.notes)
        place = (str(item.row_number), escape(item.sheet or ""), escape(self.keys.of(item.supplier_sku)))
        fields = [absent if (value := of(item)) is None else write(value) for of, write, absent in PLAIN_WRITERS]
        facts = fact_fields(item.facts) if has_facts else NO_FACT
        return "\t".join([*place, *fields, *facts, *NO_ERROR])

    def of_error(self, error: RowError) -> str:
        message = text_of(error.message)
        kind = error.error_type if error.error_type in ERROR_TYPES else ErrorType.PARSER
        number = str(error.row_number) if is_row_number(error.row_number) else ""
        self.samples.setdefault(kind, message)
        self.errors[str(kind)] += 1
        self.failed += bool(number)
        row_data = {str(name): str(value) for name, value in error.row_data.items()}
        fields = (number, error.sheet or "", "", *NO_ITEM, str(kind), message, cause_of(error.message))
        return "\t".join([*map(escape, fields), f"{{{pairs_of(row_data)}}}"])


def told_by(told: ToldFacts, known: Container[str]) -> set[str]:
    """Further changes (`columns.OPTIONAL`) that one of the facts tells."""
    return {
        name
        for name, columns in TELLING
        if name not in known
        and any(value is not None for column in columns if column.is_fact for value in told.get(column.name, ()))
    }


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
