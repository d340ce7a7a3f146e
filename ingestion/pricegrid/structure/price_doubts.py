"""What a person is asked about the price that was taken: what only several columns or rows together show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.cells.letters import column_letter
from ingestion.pricegrid.cells.texts import cell_text
from ingestion.pricegrid.fields import KEYS, PRICES, Field
from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.records import Message
from ingestion.pricegrid.structure.break_columns import break_columns
from ingestion.pricegrid.structure.priced_table import PricedTable
from ingestion.pricegrid.structure.which_price import amounts_of, price_kind_of
from ingestion.pricegrid.vocabulary import match_header, vocabulary

_NEVER_ALONE = ("special", "old")
_NOT_INSTEAD = ("retail", "client", "old")  # a price of these kinds is none that an item has in place of another
LEAST_ROWS = 2
LEAST_SHARE = 0.05
NEARLY_ALL = 0.9
_QUANTITIES = (Field.STOCK, Field.PACK_SIZE, Field.MINIMUM_ORDER, Field.ORDER_MULTIPLE)


def price_doubts(table: PricedTable, *, less_discount: bool = False) -> Iterator[Message]:
    """What is given is asked about only where no column could be set that answers it.

    `less_discount`: what is paid is this price less the discount beside it, so it may be one "before discount".
    """
    if table.main not in table.columns.given:
        yield from (doubt for doubt in _about_its_kind(table) if not less_discount)
        yield from _spread(table)
    yield from _breaks_in_rows(table)


def _about_its_kind(table: PricedTable) -> Iterator[Message]:
    if table.main in table.prices.hidden:
        yield lists.HIDDEN_PRICE.message(**table.named(table.main))
    elif price_kind_of(table.prices.header, table.main) in _NEVER_ALONE:
        yield lists.ONLY_SUCH_PRICE.message(**table.named(table.main))


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
