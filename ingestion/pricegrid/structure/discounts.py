"""A list price beside a discount in per cent: whether it is still to be taken off, has been, or nobody can tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.cells.texts import cell_text
from ingestion.pricegrid.fields import PRICES, Field
from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.records import Message
from ingestion.pricegrid.structure.priced_table import PricedTable
from ingestion.pricegrid.structure.which_price import NEARLY, amounts_of, goes_along, price_kind_of, says_per_cent
from ingestion.pricegrid.values.discount_group import code_of_group, group_named, heads_groups, names_group
from ingestion.pricegrid.vocabulary import match_header, normalise, vocabulary

NET_KINDS = ("yours", "purchase")  # of these a discount has been taken off
_LIST_KINDS = ("retail", "client")
LEAST_ROWS = 2
MOST = 0.8
HUNDRED = 100
_HIGHEST_TAX = 30


class Discounts(NamedTuple):
    """A column of discounts, all written alike: as shares (0.4), with a minus, or as plain numbers of per cent."""

    column: int
    are_shares: bool = False
    are_negative: bool = False

    def of(self, cell: Cell) -> Decimal | None:
        """Per cent; None for what is none, and for what is written otherwise than the others: it may mean another."""
        rate = _number_of(cell)
        if not rate:
            return rate
        if (rate < 0) != self.are_negative:
            return None
        if _has_sign(cell):
            return abs(rate) if abs(rate) < HUNDRED else None
        if (abs(rate) < 1) != self.are_shares:
            return None
        return abs(rate) * (HUNDRED if self.are_shares else 1) if abs(rate) < HUNDRED else None


class GroupDiscounts(NamedTuple):
    """The discount of the group that a column names."""

    column: int
    rates: Mapping[str, Decimal]

    def of(self, cell: Cell) -> Decimal | None:
        return self.rates.get(code_of_group(cell_text(cell)))


class SectionDiscounts(NamedTuple):
    """The discount of the group that a row between the items names, for those below it."""

    rates: Mapping[str, Decimal]

    def named_in(self, text: str) -> Decimal | None:
        """That of the group which a text names."""
        if heads_groups(text):
            return None
        if (code := group_named(text)) in self.rates:
            return self.rates[code]
        whole = code_of_group(text)
        return self.rates.get(whole) if len(whole) > 1 else None


AnyDiscounts = Discounts | GroupDiscounts | SectionDiscounts


def discounts_in(column: int, cells: Sequence[Cell]) -> Discounts:
    """By what most of the cells say."""
    rates = [(rate, _has_sign(cell)) for cell in cells if (rate := _number_of(cell))]
    plain = [abs(rate) for rate, has_sign in rates if not has_sign]
    are_negative = sum(rate < 0 for rate, _ in rates) > len(rates) / 2
    return Discounts(column, sum(rate < 1 for rate in plain) > len(plain) / 2, are_negative)


def discount_to_take_off(table: PricedTable) -> Discounts | None:
    """The column of the discount, where it is said beyond doubt that the price is before it.

    Said so: a list price (or the one for consumers), or a discount that is "yours"; and no other column is the price
    after it.
    """
    for column in _open_discounts(table):
        is_list = _says_list_price(table, table.main)
        is_yours = "yours" in vocabulary().phrases("price_kinds").meanings(table.columns.guesses[column].header)
        rates = rates_of(table.cells[column])
        own = amounts_of(table.cells[table.main])
        after = any(_is_off(own, rates, amounts_of(cells)) for at, cells in enumerate(table.cells) if at != table.main)
        is_conditional = vocabulary().phrases("discount_if").meanings(table.columns.guesses[column].header)  # for cash
        if (is_list or is_yours) and not after and not is_conditional:
            return discounts_in(column, table.cells[column])
    return None


def discount_doubts(table: PricedTable) -> Iterator[Message]:
    """A discount that nothing shows to be taken off; a price after it that is another one than it makes."""
    for column in (*_open_discounts(table), *_wrong_discounts(table), *_unread_discounts(table)):
        rate = table.named(column)
        yield lists.DISCOUNT_LEFT.message(**table.named(table.main), rate=rate["column"], rate_header=rate["header"])
        return


def column_of_groups(table: PricedTable) -> int | None:
    """A column of groups, whose discounts stand elsewhere."""
    for column, guess in enumerate(table.columns.guesses):
        is_discount = any(match.role == "discount" for match in match_header(guess.header)[:1])
        is_one = names_group(guess.header) or (is_discount and not is_rate(guess.header))
        if is_one and column != table.main and any(table.cells[column]):
            return column
    return None


def is_before_discount(table: PricedTable) -> bool:
    """Whether the price is beyond doubt one from which discounts are still to be taken off."""
    is_net = price_kind_of(table.prices.header, table.main) in NET_KINDS
    return not is_net and bool(vocabulary().phrases("before_discount").meanings(table.prices.header.text(table.main)))


def _open_discounts(table: PricedTable) -> Iterator[int]:
    """Columns of discounts that have not been taken off some other price to make this one."""
    if price_kind_of(table.prices.header, table.main) in NET_KINDS:
        return
    own = amounts_of(table.cells[table.main])
    for column in _discounts(table):
        rates = rates_of(table.cells[column])
        before = [*map(amounts_of, table.cells), *_without_tax(table, rates, own)]
        if not any(_is_off(amounts, rates, own) for amounts in before):
            yield column


def _without_tax(table: PricedTable, rates: Sequence[Decimal], paid: Sequence[Decimal]) -> Iterator[list[Decimal]]:
    """The amounts of the columns that are with tax as they would be without, at the rate that most rows agree to."""
    included = ["included" in vocabulary().phrases("tax").meanings(guess.header) for guess in table.columns.guesses]
    for column in [column for column, is_with in enumerate(included) if is_with and not included[table.main]]:
        amounts = amounts_of(table.cells[column])
        taxes = Counter(
            round(amount * (HUNDRED - rate) / own - HUNDRED)
            for amount, rate, own in zip(amounts, rates, paid, strict=True)
            if amount and rate and own
        )
        tax, _ = next(iter(taxes.most_common(1)), (0, 0))
        if 0 < tax <= _HIGHEST_TAX:
            yield [amount * HUNDRED / (HUNDRED + tax) for amount in amounts]


def _unread_discounts(table: PricedTable) -> Iterator[int]:
    """Beside a list price: discounts that are written in a way that nobody knows."""
    for column, guess in enumerate(table.columns.guesses):
        if column == table.main or column in table.columns.given or not is_rate(guess.header):
            continue
        texts = [cell for cell in table.cells[column] if isinstance(cell, str) and any(map(str.isdecimal, cell))]
        unread = sum(_number_of(text) is None for text in texts)
        if unread >= max(LEAST_ROWS, len(texts) / 2) and is_before_discount(table):
            yield column


def _wrong_discounts(table: PricedTable) -> Iterator[int]:
    """Beside a net price and one list price: the discount that does not lead from the one to the other."""
    if price_kind_of(table.prices.header, table.main) not in NET_KINDS:
        return
    others = [column for field in PRICES for column in table.columns.of(field) if column != table.main]
    listed = [column for column in others if _says_list_price(table, column)]
    discounts = list(_discounts(table))
    if len(listed) == len(discounts) == len(others) == 1:
        before, own = (amounts_of(table.cells[column]) for column in (listed[0], table.main))
        if not _is_off(before, rates_of(table.cells[discounts[0]]), own):
            yield discounts[0]


def _discounts(table: PricedTable) -> Iterator[int]:
    for column, guess in enumerate(table.columns.guesses):
        is_other = column in table.columns.given and guess.field is not Field.DISCOUNT
        if column == table.main or is_other or not (guess.is_given or is_rate(guess.header)):
            continue
        if sum(rate > 0 for rate in rates_of(table.cells[column])) < LEAST_ROWS:
            continue
        if says_per_cent(guess.header) or not goes_along(table.cells[table.main], table.cells[column]):
            yield column


def _says_list_price(table: PricedTable, column: int) -> bool:
    header = table.prices.header.text(column)
    is_said = bool(vocabulary().phrases("before_discount").meanings(header))
    return is_said or price_kind_of(table.prices.header, column) in _LIST_KINDS


def is_rate(header: str) -> bool:
    """ "Discount %", but not the code or the group of a discount, though it be a number."""
    rates = vocabulary().phrases("discount_rate")
    if not rates.meanings(header) or names_group(header):
        return False
    others = (word for word in vocabulary().listed("price_kinds.discount") if not rates.meanings(word))
    text = normalise(header)
    return not any(normalise(word) in text for word in others)


def rates_of(cells: Sequence[Cell]) -> list[Decimal]:
    discounts = discounts_in(0, cells)
    return [discounts.of(cell) or Decimal(0) for cell in cells]


def _number_of(cell: Cell) -> Decimal | None:
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return None
    if isinstance(cell, str) and "+" in cell:
        return _in_turn([_number_of(part) for part in cell.split("+")])
    text = str(cell).strip().removesuffix("%").strip().replace(",", ".").replace("\u2212", "-")
    if not text.removeprefix("-").strip().replace(".", "", 1).isdecimal():
        return None
    return Decimal(text.replace(" ", ""))


def _in_turn(rates: Sequence[Decimal | None]) -> Decimal | None:
    """ "50+10": the second is taken off what the first leaves."""
    left = Decimal(HUNDRED)
    for rate in rates:
        if rate is None or not 1 <= rate < HUNDRED:
            return None
        left = left * (HUNDRED - rate) / HUNDRED
    return (HUNDRED - left).normalize()


def _has_sign(cell: Cell) -> bool:
    return isinstance(cell, str) and "%" in cell


def _is_off(before: Sequence[Decimal], rates: Sequence[Decimal], after: Sequence[Decimal]) -> bool:
    rows = [
        abs(amount * (HUNDRED - rate) / HUNDRED - paid) <= max(paid * NEARLY, Decimal("0.01"))
        for amount, rate, paid in zip(before, rates, after, strict=True)
        if amount and rate and paid
    ]
    return len(rows) >= LEAST_ROWS and sum(rows) > MOST * len(rows)
