"""Columns without a telling header, known by their values: the name reads like a name, the code like a code.

A price is only taken where one column alone can be it. What a header says otherwise is never overruled here.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.fields import CODES, NAME_LIKE, PRICES, Field
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.records import Message
from ingestion.pricegrid.structure.column_profile import ColumnProfile
from ingestion.pricegrid.structure.columns_by_header import Columns
from ingestion.pricegrid.structure.header import Header
from ingestion.pricegrid.values.currency import find_currency
from ingestion.pricegrid.values.price import parse_price
from ingestion.pricegrid.vocabulary import best_match, match_header

_NAME = gettext_noop("The longest and most varied texts stand here")
_NAMED = gettext_noop("Each item has a brand of its own, and no other name")
_CONSTANT = gettext_noop("The same stands here throughout, which names no item")
_CODE = gettext_noop("Short texts that hardly ever repeat stand here, like codes")
_OTHER_CODE = gettext_noop("The only code that the items have")
_PRICE = gettext_noop("The only column of amounts of money")
_LOWER = gettext_noop("Of two columns of amounts the one that is always lower")
_HIGHER = gettext_noop("Of two columns of amounts the one that is always higher")
_CURRENCY = gettext_noop("Nothing but currencies stands here")
_COUNTED = gettext_noop("Its header says code, though its values only count")
_STOCK = gettext_noop("Small whole numbers stand here, like quantities")
_CATEGORY = gettext_noop("Paths such as “A > B” stand here")
_SUM = gettext_noop("Nothing but this sum can be the price")
_KINDS = gettext_noop("Kinds of goods stand here, and nothing else groups the items")
SURELY_AMOUNTS = 0.8
_MOSTLY = 0.5
_ONLY_SUM = 0.7
_REPEATED = 0.5
COUNTED = 0.5  # such codes may be those of the list's lines
NOT_SURE = 0.55  # enough to be read, not enough to be stored without a question
NOT_SURE_NAME = 0.45  # the same of a name
LEAST_LIKE_NAMES = 0.35
NEARLY_AS_LIKE = 0.7
SURELY_CODES = 0.9
SHORTEST_CODE = 5  # letters, on average: what is shorter may be a size
LONGEST_CURRENCY = 8
LONGEST_AMOUNT = 8
LARGE = 4  # digits that whole amounts of money have more often than quantities
SAME_THROUGHOUT = 0.1  # a share of different values that says: a size or a rate rather than prices
_LONGEST_NAME = 100  # on average; what is longer describes
_MANY = 10
_OWN_NAME = 0.6
LONGEST_NO = 5  # "No.", "Nr", "№ п/п": what heads line numbers may also head codes


def complete_by_values(
    columns: Columns, header: Header, profiles: Sequence[ColumnProfile], cells: Sequence[Sequence[Cell]]
) -> None:
    """Gives the fields that the headers did not name to the columns that their values fit; `cells` is by column."""
    _let_go_of_constant_names(columns, header, profiles)
    bare = [column for column in range(len(columns.guesses)) if _is_open(columns, column)]
    if columns.first(Field.CATEGORY) is None:
        _take(columns, bare, Field.CATEGORY, [profiles[column].paths for column in bare], 0.6, Message(_CATEGORY))
    if columns.first(Field.CURRENCY) is None:
        likeness = [_currency_likeness(cells[column]) for column in bare]
        _take(columns, bare, Field.CURRENCY, likeness, 0.9, Message(_CURRENCY))
    if columns.first(Field.NAME) is None:
        _take_brands(columns, profiles)
    if columns.first(Field.NAME) is None:
        _take_name(columns, bare, profiles)
    if columns.first(Field.NAME) is None:
        others = [column for field in NAME_LIKE for column in columns.of(field) if column not in columns.given]
        _take(columns, others, Field.NAME, [_name_likeness(profiles[column]) for column in others], 0.6, Message(_NAME))
    if columns.first(Field.SUPPLIER_SKU) is None:
        _take_code(columns, bare, profiles)
    if not any(columns.of(field) for field in PRICES):
        _complete_price(columns, bare, header, profiles, cells)
    if not header.rows and columns.first(Field.STOCK) is None:
        left = [column for column in bare if _is_open(columns, column)]
        _take(columns, left, Field.STOCK, [_stock_likeness(profiles[column]) for column in left], 0.6, Message(_STOCK))


def _let_go_of_constant_names(columns: Columns, header: Header, profiles: Sequence[ColumnProfile]) -> None:
    """What may be a name by its header is none where it is the same throughout: "Composition", "Material"."""
    for column in columns.of(Field.NAME):
        is_said = any(match.field is Field.NAME for match in match_header(header.last(column))[:1])
        if not is_said and column not in columns.given and _is_constant(profiles[column]):
            columns.set(column, Field.CHARACTERISTIC, columns.guesses[column].confidence, Message(_CONSTANT))


def _is_constant(profile: ColumnProfile) -> bool:
    return profile.filled_cells >= _MANY and profile.distinct <= 1 / profile.filled_cells


def _take_brands(columns: Columns, profiles: Sequence[ColumnProfile]) -> None:
    """A brand that hardly any two items share is the name of each, as of medicines."""
    for column in columns.of(Field.BRAND):
        profile = profiles[column]
        is_name = profile.texts + profile.codes > SURELY_AMOUNTS and min(profile.distinct, profile.filled) >= _OWN_NAME
        if is_name and profile.filled_cells >= _MANY and column not in columns.given:
            columns.set(column, Field.NAME, 0.7, Message(_NAMED))
            return


def _complete_price(
    columns: Columns,
    bare: Sequence[int],
    header: Header,
    profiles: Sequence[ColumnProfile],
    cells: Sequence[Sequence[Cell]],
) -> None:
    _take_worth(columns, profiles)
    if columns.first(Field.PRICE) is None:
        _take_price(columns, [column for column in bare if _may_be_price(header, profiles, column)], header, profiles)
    if not header.rows and columns.first(Field.PRICE) is None:
        _take_pair(columns, bare, profiles, cells)
    left = may_hold_prices(columns, profiles)
    if columns.first(Field.PRICE) is None and len(left) == 1:
        columns.set(left[0], Field.PRICE, NOT_SURE, Message(_PRICE))


def _take_name(columns: Columns, bare: list[int], profiles: Sequence[ColumnProfile]) -> None:
    """The likest column; less surely where another one is nearly as like. The only code of the items is no name."""
    likeness = [_name_likeness(profiles[column]) for column in bare]
    like = [profiles[column] for column, found in zip(bare, likeness, strict=True) if found >= LEAST_LIKE_NAMES]
    is_code = len(like) == 1 and like[0].codes > SURELY_CODES and like[0].length >= SHORTEST_CODE
    if is_code and columns.first(Field.SUPPLIER_SKU) is None:
        return
    likest = max(likeness, default=0)
    _take(columns, bare, Field.NAME, likeness, LEAST_LIKE_NAMES, Message(_NAME))
    name = columns.first(Field.NAME)
    others = [_name_likeness(profiles[column]) for column in bare if profiles[column].texts > _REPEATED]
    if name is not None and max(others, default=0) >= NEARLY_AS_LIKE * likest:
        columns.set(name, Field.NAME, NOT_SURE_NAME, columns.guesses[name].reason)


def _take_worth(columns: Columns, profiles: Sequence[ColumnProfile]) -> None:
    """ "Value in euro" is a sum beside a quantity or another price, and where there is neither, the price."""
    if columns.of(Field.STOCK) or any(_holds_amounts(profiles[column]) for column in _unknown(columns)):
        return
    sums = [
        column
        for column in columns.of(Field.IGNORE)
        if column not in columns.given and _is_sum(columns.guesses[column].header, profiles[column])
    ]
    if len(sums) == 1:
        columns.set(sums[0], Field.PRICE, _ONLY_SUM, Message(_SUM))


def _is_sum(header: str, profile: ColumnProfile) -> bool:
    best = best_match(header)
    is_filled = profile.filled > SURELY_AMOUNTS and profile.numeric > SURELY_AMOUNTS and profile.largest > 0
    return best is not None and best.role == "total" and is_filled and not profile.serial


def take_kinds(columns: Columns, header: Header, profiles: Sequence[ColumnProfile]) -> None:
    """Where nothing else groups the items, a column "type" does if its words repeat."""
    for column in columns.of(Field.CHARACTERISTIC):
        profile = profiles[column]
        may_be = any(match.field is Field.CATEGORY for match in match_header(header.last(column)))
        repeats = profile.filled > 0.9 and profile.texts > SURELY_AMOUNTS and profile.distinct <= _REPEATED
        if may_be and repeats and column not in columns.given:
            columns.set(column, Field.CATEGORY, 0.7, Message(_KINDS))
            return


def _is_open(columns: Columns, column: int) -> bool:
    """Nothing beyond doubt is known of it: neither its header nor people said what it is."""
    guess = columns.guesses[column]
    return guess.field == Field.CHARACTERISTIC and guess.confidence <= 0.6


def _take_code(columns: Columns, bare: list[int], profiles: Sequence[ColumnProfile]) -> None:
    """A column of codes; or one that was taken for line numbers and holds none; or else another code of the items."""
    numbers = [
        c for c in columns.of(Field.IGNORE) if c not in columns.given and len(columns.guesses[c].header) <= LONGEST_NO
    ]
    other = _other_code(columns, profiles)
    candidates = [c for c in bare + numbers if other is None or profiles[c].numeric < _MOSTLY]
    likeness = [_code_likeness(profiles[column]) for column in candidates]
    _take(columns, candidates, Field.SUPPLIER_SKU, likeness, 0.6, Message(_CODE))
    if other is not None and columns.first(Field.SUPPLIER_SKU) is None:
        columns.set(other, Field.SUPPLIER_SKU, 0.7, Message(_OTHER_CODE))
    if columns.first(Field.SUPPLIER_SKU) is None:
        _take_counted(columns, profiles)
    bare[:] = [column for column in bare if columns.guesses[column].field == Field.CHARACTERISTIC]


def _other_code(columns: Columns, profiles: Sequence[ColumnProfile]) -> int | None:
    """A barcode, say, that every item has: numbers of which nothing is known are no better code."""
    firsts = (columns.first(field) for field in CODES)
    return next(
        (
            column
            for column in firsts
            if column is not None
            and column not in columns.given
            and profiles[column].texts < _MOSTLY
            and min(profiles[column].distinct, profiles[column].filled) > 0.95
        ),
        None,
    )


def _take_counted(columns: Columns, profiles: Sequence[ColumnProfile]) -> None:
    """Numbers from 1 on under a header that says "code"."""
    for column in columns.of(Field.IGNORE):
        best = best_match(columns.guesses[column].header)
        if profiles[column].serial and column not in columns.given and best and best.field == Field.SUPPLIER_SKU:
            columns.set(column, Field.SUPPLIER_SKU, COUNTED, Message(_COUNTED))
            return


def _take(
    columns: Columns, bare: list[int], field: Field, likeness: Sequence[float], least: float, reason: Message
) -> None:
    best = max(zip(likeness, [-column for column in bare], strict=True), default=(0.0, 0))
    if best[0] >= least:
        column = -best[1]
        columns.set(column, field, min(0.8, 0.4 + best[0] / 2), reason)
        bare.remove(column)


def _currency_likeness(cells: Sequence[Cell]) -> float:
    texts = [cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()]
    named = sum(len(text) <= LONGEST_CURRENCY and find_currency(text) is not None for text in texts)
    return 0 if not cells or any(char.isdigit() for text in texts for char in text) else named / len(cells)


def _name_likeness(column: ColumnProfile) -> float:
    worded = column.texts + 0.7 * column.codes
    if worded < 0.5 or column.length < 3 or column.links > 0.3 or column.filled < 0.3:
        return 0
    if _is_constant(column):
        return 0  # what is the same throughout names no item
    likeness = worded * (0.5 * column.distinct + 0.5 * min(1.0, column.length / 25))
    return likeness if column.length <= _LONGEST_NAME else likeness / 2


def _code_likeness(column: ColumnProfile) -> float:
    coded = column.codes
    is_padded = column.leading_zeros > 0.5
    is_whole = column.fractions == 0 and column.decimals < SURELY_AMOUNTS
    if (column.length >= 3.5 or is_padded) and is_whole and not column.serial and not column.only_years:
        coded += column.numbers * 0.9
    if (
        column.words > 2.5
        or column.distinct < 0.85
        or column.filled < 0.5
        or column.links + column.dates + column.money > 0.1
    ):
        return 0
    return min(1.0, coded + 0.3 * column.texts) * column.distinct


def _stock_likeness(column: ColumnProfile) -> float:
    whole = column.numbers > 0.9 and column.fractions == 0 and not column.serial and not column.leading_zeros
    return 0.7 if whole and column.length <= 5 and column.filled > 0.5 else 0


def _price_likeness(column: ColumnProfile) -> float:
    if column.numeric < 0.8 or column.serial or column.filled < 0.5 or column.leading_zeros > 0.05:
        return 0
    if column.distinct > SAME_THROUGHOUT and column.money > 0.5:
        return 1.0
    if column.distinct > SAME_THROUGHOUT and column.fractions > 0.05:
        return 0.8
    is_varied = column.distinct * column.length > 0.5
    return 0.6 if 2 <= column.length <= LONGEST_AMOUNT and column.largest >= 20 and is_varied else 0


def _may_be_price(header: Header, profiles: Sequence[ColumnProfile], column: int) -> bool:
    """Under a header that was understood, a column with a name of its own is no price unless it shows money."""
    return not header.text(column) or header.confidence <= 0.5 or profiles[column].money > 0.5


def may_hold_prices(columns: Columns, profiles: Sequence[ColumnProfile]) -> list[int]:
    """The columns of amounts under headers that say nothing known."""
    return [column for column in _unknown(columns) if _holds_amounts(profiles[column])]


def _unknown(columns: Columns) -> list[int]:
    return [column for column in range(len(columns.guesses)) if _is_open(columns, column)]


def _holds_amounts(column: ColumnProfile) -> bool:
    likeness = _price_likeness(column)
    return likeness >= SURELY_AMOUNTS or (likeness > 0 and column.length >= LARGE)


def _take_price(columns: Columns, bare: Sequence[int], header: Header, profiles: Sequence[ColumnProfile]) -> None:
    """Surely where they show money; else not where a header that is understood leaves it out, or others are amounts."""
    likeness = {column: found for column in bare if (found := _price_likeness(profiles[column])) > 0}
    best = max(likeness.values(), default=0)
    prices = [column for column, found in likeness.items() if found == best]
    if len(prices) == 1:
        is_left_out = header.confidence > 0.5
        has_rival = any(_holds_amounts(profiles[column]) for column in bare if column not in prices)
        is_sure = best >= SURELY_AMOUNTS and (profiles[prices[0]].money > 0.5 or not (is_left_out or has_rival))
        sure = 0.5 + best / 4 if is_sure else NOT_SURE
        columns.set(prices[0], Field.PRICE, sure, Message(_PRICE))


def _take_pair(
    columns: Columns, bare: Sequence[int], profiles: Sequence[ColumnProfile], cells: Sequence[Sequence[Cell]]
) -> None:
    """Two columns of amounts: a wholesale and a retail price, if one is lower throughout and they stay close."""
    best = max((_price_likeness(profiles[column]) for column in bare), default=0)
    prices = [column for column in bare if _price_likeness(profiles[column]) == best]
    if len(prices) != 2 or not best:
        return
    amounts = [[parse_price(cell).amount for cell in cells[column]] for column in prices]
    both = [(a, b) for a, b in zip(*amounts, strict=True) if a and b]
    for low, high in ((0, 1), (1, 0)):
        if both and all(pair[low] <= pair[high] <= 4 * pair[low] for pair in both):
            columns.set(prices[low], Field.PRICE, NOT_SURE, Message(_LOWER))
            columns.set(prices[high], Field.RETAIL_PRICE, 0.6, Message(_HIGHER))
            return
