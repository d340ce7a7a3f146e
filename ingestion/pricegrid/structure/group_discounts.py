"""Whether the discounts by group that a book lists are to be taken off the prices of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ingestion.pricegrid.cells.texts import cell_text
from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.records import Message
from ingestion.pricegrid.settings import GroupRates
from ingestion.pricegrid.structure.discounts import (
    LEAST_ROWS,
    NET_KINDS,
    GroupDiscounts,
    SectionDiscounts,
    column_of_groups,
    is_before_discount,
)
from ingestion.pricegrid.structure.priced_table import PricedTable
from ingestion.pricegrid.structure.which_price import price_kind_of
from ingestion.pricegrid.values.discount_group import is_about_discounts, rate_in

_ENOUGH = 0.9  # of the rows that name a group are of one whose discount is known


class DiscountsByGroup(NamedTuple):
    """`shown` are they, for people; not sure where the price may be after them, or a group has several or none."""

    discounts: GroupDiscounts | SectionDiscounts
    is_sure: bool
    shown: str


def groups_to_take_off(table: PricedTable, rates: GroupRates, between: Sequence[str]) -> DiscountsByGroup | None:
    """`between` are the lines among the items, which may name the groups of those below."""
    found = _that_fit(table, rates.rates, between)
    said = _said_in(between) if found is None and is_before_discount(table) else []
    if len(said) >= LEAST_ROWS:  # whether those are for all, and for the rows below them, nobody can tell
        return DiscountsByGroup(SectionDiscounts({}), is_sure=False, shown="; ".join(said[:LEAST_ROWS]))
    if found is None or price_kind_of(table.prices.header, table.main) in NET_KINDS:
        return None
    is_sure = is_before_discount(table) and not rates.unclear and _are_known(table, found)
    shown = ", ".join(f"{code.upper()} {rate:g} %" for code, rate in rates.rates.items())
    return DiscountsByGroup(found, is_sure, shown)


def groups_left(table: PricedTable) -> Iterator[Message]:
    """What is said of groups beside a list price whose discounts nobody knows."""
    column = column_of_groups(table) if is_before_discount(table) else None
    if column is not None:
        other = table.named(column)
        place = table.named(table.main)
        yield lists.DISCOUNT_GROUPS.message(**place, group=other["column"], group_header=other["header"])


def _that_fit(
    table: PricedTable, rates: Mapping[str, Decimal], between: Sequence[str]
) -> GroupDiscounts | SectionDiscounts | None:
    """Rows are of groups whose discounts are known; or rows between the items name some."""
    column = column_of_groups(table)
    if column is not None:
        groups = GroupDiscounts(column, rates)
        return groups if any(groups.of(cell) is not None for cell in set(table.cells[column])) else None
    sections = SectionDiscounts(rates)
    return sections if any(sections.named_in(line) is not None for line in between) else None


def _said_in(between: Sequence[str]) -> list[str]:
    """Lines among the items that name a discount themselves: "Pumps (discount 35 %)"."""
    return [line for line in between if rate_in(line) is not None and is_about_discounts(line)]


def _are_known(table: PricedTable, found: GroupDiscounts | SectionDiscounts) -> bool:
    if isinstance(found, SectionDiscounts):
        return True
    named = [cell for cell in table.cells[found.column] if cell_text(cell).strip()]
    return sum(found.of(cell) is not None for cell in named) >= _ENOUGH * len(named)
