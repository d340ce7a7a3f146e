"""What a person is asked about the price that was taken: what only several columns or rows together show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.cells.letters import column_letter
from ingestion.pricegrid.cells.texts import cell_text
from ingestion.pricegrid.fields import KEYS, PRICES, Field
from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.records import Message
from ingestion.pricegrid.structure.break_columns import break_columns
from ingestion.pricegrid.structure.columns_by_header import Columns
from ingestion.pricegrid.structure.which_price import NEARLY, Prices, amounts_of, goes_along, price_kind_of
from ingestion.pricegrid.values.price_basis import basis_of
from ingestion.pricegrid.vocabulary import match_header, normalise, vocabulary

_NET_KINDS = ("yours", "purchase")  # of these a discount has been taken off
_NEVER_ALONE = ("special", "old")
_NOT_INSTEAD = ("retail", "client", "old")  # a price of these kinds is none that an item has in place of another
LEAST_ROWS = 2
LEAST_SHARE = 0.05
MOST = 0.8
NEARLY_ALL = 0.9
_HUNDRED = 100
_QUANTITIES = (Field.STOCK, Field.PACK_SIZE, Field.MINIMUM_ORDER, Field.ORDER_MULTIPLE)


class PricedTable(NamedTuple):
    """What is known when the price has been settled; `unknown` are columns of amounts whose headers say nothing."""

    columns: Columns
    prices: Prices
    main: int
    unknown: Sequence[int]

    @property
    def cells(self) -> Sequence[Sequence[Cell]]:
        return self.prices.cells

    def named(self, column: int) -> dict[str, str]:
        guess = self.columns.guesses[column]
        return {"column": guess.letter, "header": guess.header}


def price_doubts(table: PricedTable) -> Iterator[Message]:
    """What is given is asked about only where no column could be set that answers it."""
    if table.main not in table.columns.given:
        yield from _about_its_kind(table)
        yield from _about_its_basis(table)
        yield from _spread(table)
        yield from _discount_left(table)
        yield from _tax_by_row(table)
    yield from _breaks_in_rows(table)


def _about_its_kind(table: PricedTable) -> Iterator[Message]:
    if table.main in table.prices.hidden:
        yield lists.HIDDEN_PRICE.message(**table.named(table.main))
    elif price_kind_of(table.prices.header, table.main) in _NEVER_ALONE:
        yield lists.ONLY_SUCH_PRICE.message(**table.named(table.main))


def _about_its_basis(table: PricedTable) -> Iterator[Message]:
    currencies = table.columns.first(Field.CURRENCY)
    named = {cell_text(cell) for cell in table.cells[currencies]} if currencies is not None else ()
    texts = (table.prices.header.text(table.main), *table.prices.formats_of(table.main), *sorted(named))
    basis = next((found.words for text in texts if (found := basis_of(text)).words), "")
    if basis:
        yield lists.PRICE_BASIS.message(**table.named(table.main), basis=basis)


def _spread(table: PricedTable) -> Iterator[Message]:
    """Each item has its price in one of several columns: lists of their own, side by side."""
    mine = amounts_of(table.cells[table.main])
    breaks = {each.column for each in break_columns(table.columns, table.prices)}
    for column in [*(column for field in PRICES for column in table.columns.of(field)), *table.unknown]:
        is_other = column != table.main and column not in table.prices.hidden and column not in breaks
        if not is_other or price_kind_of(table.prices.header, column) in _NOT_INSTEAD:
            continue
        others = amounts_of(table.cells[column])
        instead = sum(other > 0 and not own for own, other in zip(mine, others, strict=True))
        if instead >= max(LEAST_ROWS, LEAST_SHARE * len(mine)):
            own, letter = table.named(table.main), column_letter(column)
            yield lists.PRICE_ELSEWHERE.message(**own, count=instead, other=letter)
            return


def _discount_left(table: PricedTable) -> Iterator[Message]:
    """A list price beside a discount, and nothing that shows which price it has been taken off."""
    if price_kind_of(table.prices.header, table.main) in _NET_KINDS:
        return
    own = amounts_of(table.cells[table.main])
    for column in range(len(table.cells)):
        header = table.columns.guesses[column].header
        if column == table.main or not _is_rate(header):
            continue
        rates = [_rate(cell) for cell in table.cells[column]]
        if sum(rate > 0 for rate in rates) < LEAST_ROWS or goes_along(table.cells[table.main], table.cells[column]):
            continue
        if not any(_is_off(amounts_of(cells), rates, own) for cells in table.cells):
            rate = table.named(column)
            yield lists.DISCOUNT_LEFT.message(
                **table.named(table.main), rate=rate["column"], rate_header=rate["header"]
            )
            return


def _is_rate(header: str) -> bool:
    """ "Discount %", but not the code or the group of a discount, though it be a number."""
    rates = vocabulary().phrases("discount_rate")
    if not rates.meanings(header):
        return False
    others = (word for word in vocabulary().listed("price_kinds.discount") if not rates.meanings(word))
    text = normalise(header)
    return not any(normalise(word) in text for word in others)


def _rate(cell: Cell) -> Decimal:
    """Per cent, written as 40, "40 %" or 0.4; 0 for what is none."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return Decimal(0)
    text = str(cell).strip().removesuffix("%").strip().replace(",", ".").lstrip("-")
    if not text.replace(".", "", 1).isdecimal():
        return Decimal(0)
    rate = Decimal(text)
    rate = rate * _HUNDRED if rate < 1 else rate
    return rate if rate < _HUNDRED else Decimal(0)


def _is_off(before: Sequence[Decimal], rates: Sequence[Decimal], after: Sequence[Decimal]) -> bool:
    rows = [
        abs(amount * (_HUNDRED - rate) / _HUNDRED - paid) <= max(paid * NEARLY, Decimal("0.01"))
        for amount, rate, paid in zip(before, rates, after, strict=True)
        if amount and rate and paid
    ]
    return len(rows) >= LEAST_ROWS and sum(rows) > MOST * len(rows)


def _tax_by_row(table: PricedTable) -> Iterator[Message]:
    """A column says for each row whether its price is with tax, and they are not all alike."""
    tax, answers = vocabulary().phrases("tax"), vocabulary().phrases("answers")
    for column, cells in enumerate(table.cells):
        texts = {cell_text(cell).strip() for cell in cells} - {""}
        if not 1 < len(texts) <= 4 or column == table.main:
            continue
        header = table.columns.guesses[column].header
        about_tax = not tax.meanings(header).isdisjoint({"included", "excluded"})
        said = [set(tax.exact(text)) - {"tax"} for text in texts]
        if about_tax and not all(said):
            said = [set(answers.exact(text)) or {text} & {"0", "1"} for text in texts]
        if all(said) and len(set.union(*said)) > 1 and not set.intersection(*said):
            yield lists.TAX_BY_ROW.message(**table.named(column))
            return


def _breaks_in_rows(table: PricedTable) -> Iterator[Message]:
    """The same item in several rows, each for another quantity and the cheaper the more: price breaks."""
    code = table.columns.first(Field.SUPPLIER_SKU)
    has_codes = code is not None
    key = code if has_codes else table.columns.first(Field.NAME)
    if key is None:
        return
    keys = [cell_text(cell).strip() for cell in table.cells[key]]
    pairs = [(at, at + 1) for at, (first, second) in enumerate(pairwise(keys)) if first and first == second]
    if len(pairs) < LEAST_ROWS:
        return
    amounts = amounts_of(table.cells[table.main])
    used = {column for field in (*KEYS, *PRICES) for column in table.columns.of(field)}
    for column in range(len(table.cells)):
        is_open = column not in used and (has_codes or _says_quantity(table.columns.guesses[column].header))
        if is_open and _cheaper_the_more(pairs, amounts, table.cells[column]):
            yield lists.BREAKS_IN_ROWS.message(**table.named(column))
            return


def _says_quantity(header: str) -> bool:
    """Of a name with several prices the columns beside may be anything: a length, a size."""
    if vocabulary().phrases("more_than", "from", "units.piece").meanings(header):
        return True
    return any(match.field in _QUANTITIES for match in match_header(header))


def _cheaper_the_more(pairs: Sequence[tuple[int, int]], amounts: Sequence[Decimal], cells: Sequence[Cell]) -> bool:
    quantities = amounts_of(cells)
    steps = [(quantities[second] - quantities[first], amounts[second] - amounts[first]) for first, second in pairs]
    breaks = sum(more * dearer < 0 for more, dearer in steps)
    return breaks >= max(LEAST_ROWS, NEARLY_ALL * len(steps))
