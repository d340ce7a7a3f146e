"""From an amount in the price column to the price of an item: what the terms of the list make of each row."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.cells.texts import cell_text
from ingestion.pricegrid.problems import notes, prices
from ingestion.pricegrid.records import NO_FACTS, ItemFacts, Message
from ingestion.pricegrid.structure.discounts import HUNDRED, AnyDiscounts, SectionDiscounts
from ingestion.pricegrid.structure.price_terms import PriceTerms
from ingestion.pricegrid.structure.tax_side import side_said
from ingestion.pricegrid.values.price import Price
from ingestion.pricegrid.values.price_basis import (
    HUNDREDTH,
    ONE,
    count_of,
    count_of_remark,
    count_of_unit,
    minor_unit_of,
    uncertain_count_of,
)
from ingestion.pricegrid.values.quantity import pack_reader
from ingestion.pricegrid.values.text import shorten


class OnTerms:
    """What a cell says itself comes before what is said of its column."""

    def __init__(self, terms: PriceTerms, decimal: str | None) -> None:
        self._terms = terms
        self._decimal = decimal
        self._pack_size = pack_reader(decimal)
        self._of_section: Decimal | None = None
        tax = terms.tax
        self._common = ItemFacts(unit=terms.unit or None, tax_included=tax.included, tax_rate=tax.rate)
        self._common = NO_FACTS if self._common == NO_FACTS else self._common

    @property
    def common_facts(self) -> ItemFacts:
        """What is said of all items."""
        return self._common

    def price(self, price: Price, cells: Sequence[Cell]) -> Price:
        if price.amount is None or price.problem is not None:
            return price
        terms = self._terms
        is_in_units = price.note is not None and price.note.code == notes.SCALE.code
        scale = ONE if is_in_units else self._scale(cells)
        price = price if scale == ONE else price.times(scale)
        if terms.discounts is not None:
            price = self._less_discount(price, terms.discounts, cells)
        if price.per_quantity == 1:
            price = self._for_many(price, cells)
        if price.note is None and self._is_taxed_among_others(cells):
            price = price._replace(note=notes.WITH_TAX.message())
        return price

    def _is_taxed_among_others(self, cells: Sequence[Cell]) -> bool:
        column, late = self._terms.tax_column, self._terms.late_tax
        if column is not None:
            return bool(column.is_mixed and column.of(cells[column.column]))
        return late is not None and not self._terms.tax.included and self._terms.has_other_side(cells[late.column])

    def facts(self, price: Price | None, cells: Sequence[Cell]) -> ItemFacts:
        """What the price means besides its amount."""
        column, included = self._terms.tax_column or self._terms.late_tax, None
        if column is not None:
            included = column.of(cells[column.column])
        facts = self._common if included is None else self._common._replace(tax_included=included)
        return with_tax_of_cell(facts, price)

    def _scale(self, cells: Sequence[Cell]) -> Decimal:
        column = self._terms.minor_units if self._terms.minor_units is not None else self._terms.late_currencies
        is_minor = column is not None and minor_unit_of(cell_text(cells[column]).strip())
        return HUNDREDTH if is_minor else self._terms.scale

    def take_off(self, rate: Decimal | None) -> None:
        """From here on, where rows between the items say the discount."""
        self._of_section = rate

    def _less_discount(self, price: Price, discounts: AnyDiscounts, cells: Sequence[Cell]) -> Price:
        if isinstance(discounts, SectionDiscounts):
            rate = self._of_section
            return _noted(price, notes.NO_DISCOUNT.message()) if rate is None else _less(price, rate)
        cell = cells[discounts.column]
        if not cell_text(cell).strip():
            return _noted(price, notes.NO_DISCOUNT.message())
        rate = discounts.of(cell)
        if rate is None:
            return price._replace(problem=prices.DISCOUNT.message(value=shorten(cell)))
        return _less(price, rate)

    def _for_many(self, price: Price, cells: Sequence[Cell]) -> Price:
        terms = self._terms
        if terms.counts is not None:
            return self._counted(price, cells[terms.counts])
        if terms.units is not None:
            return price._replace(per_quantity=count_of_unit(cell_text(cells[terms.units])))
        if terms.packs is not None:
            count = self._pack_size(cells[terms.packs])
            if count is None or count != int(count):
                note = notes.PACK.message(value=shorten(cells[terms.packs]))
                return price._replace(note=price.note or note)
            return price._replace(per_quantity=int(count))
        if terms.per > 1:
            return price._replace(per_quantity=terms.per)
        return self._late(price, cells)

    def _late(self, price: Price, cells: Sequence[Cell]) -> Price:
        """Nobody was asked of what stands only further down."""
        unit = "" if self._terms.late_units is None else cell_text(cells[self._terms.late_units])
        remarks = (cell_text(cells[column]) for column in self._terms.late_remarks)
        if uncertain_count_of(unit) > 1:
            price = price._replace(note=price.note or notes.UNIT_OF_MANY.message(value=shorten(unit)))
        return price._replace(per_quantity=max(count_of_unit(unit), *map(count_of_remark, remarks), 1))

    def _counted(self, price: Price, cell: Cell) -> Price:
        count = count_of(cell, self._decimal)
        if count is not None:
            return price._replace(per_quantity=count)
        if not cell_text(cell).strip():
            return price._replace(note=price.note or notes.NO_COUNT.message())
        return price._replace(problem=prices.FOR_HOW_MANY.message(value=shorten(cell)))


def with_tax_of_cell(facts: ItemFacts, price: Price | None) -> ItemFacts:
    """The facts, unless the cell of the price says another side of tax."""
    said = (note.params["value"] for note in (price.notes if price is not None else ()) if note.code == notes.TAX.code)
    side = side_said(str(next(said, "")))
    return facts if side is None else facts._replace(tax_included=side)


def _less(price: Price, rate: Decimal) -> Price:
    return price.times((HUNDRED - rate) / HUNDRED)


def _noted(price: Price, note: Message) -> Price:
    """With a further note."""
    return price._replace(note=note) if price.note is None else price._replace(break_notes=(*price.break_notes, note))
