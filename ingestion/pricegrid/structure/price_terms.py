"""What an amount in the price column is: for how many, in what part of the currency, before which discount, with tax?

What its header, the columns beside it and the lines above and below the table say without doubt is taken; what may be
read in two ways is asked about. People may say it for a source (`per_quantity`, `price_scale`, `tax_side`): then
nothing is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.cells.texts import cell_text
from ingestion.pricegrid.fields import PRICES, Field
from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.records import Message
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.structure.discounts import AnyDiscounts, discount_doubts, discount_to_take_off
from ingestion.pricegrid.structure.group_discounts import groups_left, groups_to_take_off
from ingestion.pricegrid.structure.priced_table import PricedTable
from ingestion.pricegrid.structure.tax_side import TaxByRow, tax_by_row
from ingestion.pricegrid.structure.which_price import amounts_of, price_kind_of
from ingestion.pricegrid.values.currency import basis_of_format
from ingestion.pricegrid.values.price_basis import (
    NO_BASIS,
    ONE,
    Basis,
    basis_of,
    basis_or_measure_of,
    count_of,
    count_of_remark,
    count_of_unit,
    measure_of,
    minor_unit_of,
    shown_smaller,
    uncertain_count_of,
)
from ingestion.pricegrid.values.quantity import pack_reader
from ingestion.pricegrid.values.tax import UNSAID, Tax, tax_of
from ingestion.pricegrid.values.unit import known_unit
from ingestion.pricegrid.vocabulary import match_header, normalise, vocabulary

SCALES = {"hundredths": Decimal("0.01"), "units": ONE, "thousands": Decimal(1_000)}  # of the setting `price_scale`
LONGEST_LINE = 120  # of conditions of sale, not of a line that says what the prices are
_ENOUGH = 0.9  # of the cells of a column say for how many
_HALF = 0.5
_SIGNS = (None, ",", ".")  # "1.000" is a thousand with one of them, and which it is the prices say
_LEAST_RATIO = Decimal("0.2")
_MOST_CODES = 3  # some programs write 0, 1, 2 and 3 for 1, 10, 100 and 1000


@dataclass(frozen=True)
class PriceTerms:
    """`per` and `scale` are those of the whole column; further columns say it row by row, counted from 0.

    `packs` holds how many a pack has, where the price is for one; `unit` is the pack of which that is not
    known, or the measure of which the price is for many.
    """

    per: int = 1
    scale: Decimal = ONE
    counts: int | None = None
    units: int | None = None
    packs: int | None = None
    minor_units: int | None = None
    discounts: AnyDiscounts | None = None
    unit: str = ""
    tax: Tax = UNSAID
    tax_column: TaxByRow | None = None
    late_units: int | None = None  # a column of units where none that was looked at says for how many
    late_remarks: tuple[int, ...] = ()  # columns of remarks likewise
    late_currencies: int | None = None  # a column of currencies where none that was looked at is a hundredth
    late_tax: TaxByRow | None = None  # a column that says the same of all rows that were looked at
    retail_factor: Decimal = ONE  # makes retail prices be for as many, in the same unit, as the price
    are_said: bool = False  # by people: then nothing beside the cells themselves says otherwise

    @property
    def differ(self) -> bool:
        """Whether each amount has to be looked at by itself."""
        columns = (self.counts, self.units, self.packs, self.minor_units, self.discounts, self.tax_column)
        return self.scale != ONE or any(column is not None for column in columns)

    @property
    def is_by_row(self) -> bool:
        """Whether columns say it row by row."""
        return any(column is not None for column in (self.counts, self.units, self.packs, self.minor_units))

    def differ_below(self, column_at: Callable[[int], Sequence[Cell]]) -> bool:
        """Whether rows further down say what none of those that were looked at did."""
        units = column_at(self.late_units) if self.late_units is not None else ()
        remarks = (text for column in self.late_remarks for text in _texts_of(column_at(column)))
        currencies = column_at(self.late_currencies) if self.late_currencies is not None else ()
        sides = set(column_at(self.late_tax.column)) if self.late_tax is not None else ()
        return (
            any(count_of_unit(each) > 1 or uncertain_count_of(each) > 1 for each in _texts_of(units))
            or any(count_of_remark(each) > 1 for each in remarks)
            or any(map(minor_unit_of, _texts_of(currencies)))
            or any(self.has_other_side(each) for each in sides)
        )

    def has_other_side(self, cell: Cell) -> bool:
        """Whether a cell of the column of tax says another side than those that were looked at."""
        return self.late_tax is not None and self.late_tax.of(cell) not in (None, self.tax.included)


PLAIN_TERMS = PriceTerms()


def is_about_prices(line: str) -> bool:
    return any(match.field in PRICES for match in match_header(line))


def differs(said: Basis, known: Basis | PriceTerms) -> bool:
    """Whether a line says for how many, or in which part of the currency, prices are, and it is not as known."""
    return said.per not in (1, known.per) or said.scale not in (ONE, known.scale)


@dataclass
class FoundTerms:
    """The terms of the price, what is said of them and what is asked."""

    terms: PriceTerms = PLAIN_TERMS
    notes: list[Message] = field(default_factory=list)
    doubts: list[Message] = field(default_factory=list)


def find_terms(
    table: PricedTable, hints: Hints, above: Sequence[str], below: Sequence[str] = (), between: Sequence[str] = ()
) -> FoundTerms:
    """`above` and `below` are the lines above and below the table, `between` those of rows among its items."""
    finder = _Finder(table, hints, above, tuple(filter(is_about_prices, below)), between)
    return finder.find()


class _Finder:
    def __init__(
        self, table: PricedTable, hints: Hints, above: Sequence[str], below: Sequence[str], between: Sequence[str]
    ) -> None:
        self.table = table
        self.hints = hints
        self.above = above
        self.below = below
        self.between = between
        self.found = FoundTerms()
        self.place = table.named(table.main)
        self.is_given = table.main in table.columns.given

    def find(self) -> FoundTerms:
        terms = self._given(self._basis())
        terms = self._with_tax(replace(terms, discounts=self._discount()))
        self.found.terms = replace(self._with_late(terms), retail_factor=self._retail_factor(terms))
        return self.found

    def _with_tax(self, terms: PriceTerms) -> PriceTerms:
        column, tax = self._tax_by_row(), self._tax()
        if column is None or column.is_mixed:
            return replace(terms, tax=tax, tax_column=column)
        return replace(terms, tax=Tax(next(iter(column.meanings.values())), tax.rate), late_tax=column)

    def _with_late(self, terms: PriceTerms) -> PriceTerms:
        """Columns that may say further down what they do not say where was looked, unless all is said already."""
        hints, columns = self.hints, self.table.columns
        by_row = any(each is not None for each in (terms.counts, terms.units, terms.packs))
        is_counted = by_row or terms.per > 1 or hints.per_quantity
        is_scaled = terms.scale != ONE or terms.minor_units is not None
        return replace(
            terms,
            late_units=None if is_counted else columns.first(Field.UNIT),
            late_remarks=() if is_counted else tuple(columns.of(Field.DESCRIPTION)),
            late_currencies=None if is_scaled or hints.price_scale else columns.first(Field.CURRENCY),
        )

    def _retail_factor(self, terms: PriceTerms) -> Decimal:
        column = self.table.columns.first(Field.RETAIL_PRICE)
        if column is None:
            return ONE
        basis = basis_of(self.table.prices.header.text(column))
        if not basis.words and terms.scale != ONE and self._is_alike(column, ONE):
            return terms.scale
        if terms.per in (basis.per, 1) or (basis.per == 1 and self._is_alike(column, ONE)):
            return basis.scale
        return basis.scale * terms.per / basis.per

    def _is_alike(self, column: int, factor: Decimal) -> bool:
        """Whether retail prices are like the prices: not for one where these are for a hundred."""
        pairs = zip(amounts_of(self.table.cells[self.table.main]), amounts_of(self.table.cells[column]), strict=True)
        ratios = sorted(retail * factor / price for price, retail in pairs if price and retail)
        return not ratios or _LEAST_RATIO < ratios[len(ratios) // 2] < 1 / _LEAST_RATIO

    def _given(self, terms: PriceTerms) -> PriceTerms:
        """What people have said is not asked about."""
        hints = self.hints
        if hints.per_quantity:
            terms = replace(terms, per=hints.per_quantity, counts=None, units=None, packs=None, unit="", are_said=True)
        if hints.price_scale:
            terms = replace(terms, scale=SCALES[hints.price_scale], minor_units=None, are_said=True)
        if terms.are_said or self.is_given:
            self.found.doubts.clear()
        elif terms.scale != ONE or terms.minor_units is not None:
            self.found.notes.append(lists.SCALE_TAKEN.message(**self.place, basis=self._said().words or "GBX"))
        return terms

    def _said(self) -> Basis:
        """What the header says, else a line above or below the table that is about prices."""
        parts = self.table.prices.header.parts[self.table.main]
        for text in (*parts, " ".join(parts)):  # "price" above "10-99" is none per ten
            if (basis := basis_or_measure_of(text)).words:
                return basis
        about = (*filter(is_about_prices, self.above), *self.below)
        return next((basis for line in about if (basis := basis_or_measure_of(line)).words), NO_BASIS)

    def _said_otherwise(self, basis: Basis) -> str:
        """A line below that contradicts what was found, or says it among so much else that it may not be meant."""
        said = ((line, found) for line in self.below if (found := basis_or_measure_of(line)).words)
        return next((found.words for line, found in said if len(line) > LONGEST_LINE or differs(found, basis)), "")

    def _basis(self) -> PriceTerms:
        basis = self._said()
        problem = self._why_unsure(basis)
        if problem:
            self.found.doubts.append(lists.PRICE_BASIS.message(**self.place, basis=problem))
            return PLAIN_TERMS
        terms = PriceTerms(
            per=basis.per,
            scale=basis.scale / 1_000 ** self._left_away(),
            minor_units=self._minor_units(),
            unit=known_unit(basis.unit) or basis.unit or self._measure(),
        )
        if terms.minor_units is not None:
            terms = replace(terms, scale=ONE)
        if self._counts() is not None:
            return replace(terms, counts=self._counts())
        if basis.per > 1:
            return terms
        return self._of_units(terms) or self._of_packs(terms) or terms

    def _why_unsure(self, basis: Basis) -> str:
        """What may be read in two ways."""
        formats = [each for each in self.table.prices.formats_of(self.table.main) if each]
        smaller = {shown_smaller(each) for each in formats}
        if smaller != {0} and smaller and not basis.words and not all(basis_of_format(each).words for each in formats):
            return next(each for each in formats if shown_smaller(each))
        if len(smaller) > 1 and basis.scale > 1:
            return basis.words
        if basis.words and not (basis.is_sure and self._is_unit_of_items(basis.unit)):
            return basis.words
        if basis.per > 1 and self._are_tiers(basis):
            return basis.words
        if basis.scale < 1 and self._have_cents():
            return basis.words
        return self._said_otherwise(basis) or self._counts_are_codes()

    def _measure(self) -> str:
        parts = self.table.prices.header.parts[self.table.main]
        return next(filter(None, map(measure_of, (*reversed(parts), " ".join(parts)))), "")

    def _is_unit_of_items(self, unit: str) -> bool:
        """A price for 100 m of what a column counts in coils may be for a hundred of them, or a comparison."""
        column = self.table.columns.first(Field.UNIT)
        texts = self._texts(column) if unit and column is not None else ()
        return all((known_unit(text) or text) == (known_unit(unit) or unit) for text in texts)

    def _are_tiers(self, basis: Basis) -> bool:
        """Whether another price is for another quantity: then each may be that of an order of so many."""
        others = (column for each in PRICES for column in self.table.columns.of(each) if column != self.table.main)
        found = {basis_of(self.table.prices.header.text(column)).per for column in others}
        return bool(found - {1, basis.per})

    def _have_cents(self) -> bool:
        """Amounts with two decimals are no hundredths, whatever is said."""
        cells = [
            cell for cell in self.table.cells[self.table.main] if isinstance(cell, float | str) and cell_text(cell)
        ]
        parted = [
            cell_text(cell).replace(",", ".").rpartition(".")[2]
            for cell in cells
            if "." in cell_text(cell).replace(",", ".")
        ]
        return sum(len(part.strip()) == 2 and part.strip().isdecimal() for part in parted) > _HALF * max(len(cells), 1)

    def _left_away(self) -> int:
        """Digits that the number formats do not show, where the header speaks of thousands: what is shown is meant."""
        if self._said().scale <= 1:
            return 0
        return max((shown_smaller(each) for each in self.table.prices.formats_of(self.table.main) if each), default=0)

    def _minor_units(self) -> int | None:
        column = self.table.columns.first(Field.CURRENCY)
        if column is None:
            return None
        return column if any(minor_unit_of(text) for text in self._texts(column)) else None

    def _counts(self) -> int | None:
        """The column that says for how many each price is."""
        for column in self.table.columns.of(Field.PER_QUANTITY):
            said = [cell for cell in self.table.cells[column] if cell_text(cell).strip()]
            if said and sum(any(map(partial(count_of, cell), _SIGNS)) for cell in said) >= _ENOUGH * len(said):
                return column
        return next((column for column in self.table.columns.of(Field.UNIT) if self._are_letters(column)), None)

    def _are_letters(self, column: int) -> bool:
        """Units that are letters for one, a hundred and a thousand: "E", "C", "M", where "M" alone may be a metre."""
        codes = vocabulary().phrases("per_quantity_codes")
        found = [codes.exact(text) for text in self._texts(column)]
        return all(found) and any("100" in each for each in found) and len(found) > 1

    def _counts_are_codes(self) -> str:
        """0, 1, 2 and 3 may be the quantities that some programs write so; of other letters nobody knows it."""
        is_open = self._counts() is None
        for column in self.table.columns.of(Field.PER_QUANTITY):
            texts = self._texts(column)
            are_codes = all(text.isdecimal() and int(text) <= _MOST_CODES for text in texts) and texts != {"1"}
            are_letters = len(texts) > 1 and all(len(text) < _MOST_CODES and not known_unit(text) for text in texts)
            if texts and (are_codes or (is_open and are_letters)):
                return self.table.named(column)["header"]
        return ""

    def _of_units(self, terms: PriceTerms) -> PriceTerms | None:
        """A column of units that says "100 pcs" or "dozen"."""
        column = self.table.columns.first(Field.UNIT)
        texts = () if column is None else self._texts(column)
        uncertain = sorted({text for text in texts if uncertain_count_of(text) > 1})
        if uncertain and len({max(count_of_unit(text), uncertain_count_of(text)) for text in texts}) > 1:
            self.found.doubts.append(lists.PRICE_BASIS.message(**self.place, basis=uncertain[0]))
        if not any(count_of_unit(text) > 1 for text in texts):
            return self._of_remarks(terms)
        return replace(terms, units=column)

    def _of_remarks(self, terms: PriceTerms) -> PriceTerms | None:
        """Another column in which some cells say no more than "price per 100"."""
        columns = self.table.columns
        for column in (*columns.of(Field.CHARACTERISTIC), *columns.of(Field.DESCRIPTION)):
            if any(count_of_remark(text) > 1 for text in self._texts(column)):
                return replace(terms, units=column)
        return None

    def _of_packs(self, terms: PriceTerms) -> PriceTerms | None:
        """A price for a pack: of as many as a column says, else of a number that is not known."""
        if price_kind_of(self.table.prices.header, self.table.main) != "pack":
            return None
        header = self.table.prices.header.text(self.table.main)
        column = self.table.columns.first(Field.PACK_SIZE)
        if column is not None:
            counts = list(map(pack_reader(None), self.table.cells[column]))
            if sum(count is not None for count in counts) >= _ENOUGH * len(counts):
                self.found.notes.append(lists.PACK_PRICE.message(**self.place, pack=self.table.named(column)["column"]))
                return replace(terms, packs=column)
        words = normalise(header).split()
        hits = vocabulary().phrases("price_kinds.pack").find(words)
        unit = " ".join(words[hits[0].start : hits[0].end]) if hits else header
        self.found.notes.append(lists.PACK_UNKNOWN.message(**self.place, pack=unit))
        return replace(terms, unit=unit)

    def _discount(self) -> AnyDiscounts | None:
        discounts = discount_to_take_off(self.table)
        if discounts is not None:
            other = self.table.named(discounts.column)
            self.found.notes.append(
                lists.DISCOUNT_TAKEN.message(**self.place, rate=other["column"], rate_header=other["header"])
            )
            return discounts
        by_group = groups_to_take_off(self.table, self.hints.group_rates, self.between)
        if by_group is not None and by_group.is_sure:
            self.found.notes.append(lists.GROUP_DISCOUNT_TAKEN.message(**self.place, groups=by_group.shown))
            return by_group.discounts
        if by_group is not None and not self.is_given:
            self.found.doubts.append(lists.GROUP_DISCOUNT_LEFT.message(**self.place, groups=by_group.shown))
        if not self.is_given and not self.found.doubts:
            self.found.doubts.extend(discount_doubts(self.table))
        if not self.found.doubts:
            self.found.notes.extend(groups_left(self.table))
        return None

    def _tax_by_row(self) -> TaxByRow | None:
        return tax_by_row(self.table.cells, [guess.header for guess in self.table.columns.guesses], self.table.main)

    def _tax(self) -> Tax:
        header = tax_of(self.table.prices.header.text(self.table.main))
        lines = [tax for line in (*self.above, *self.below) if (tax := tax_of(line)).included is not None]
        sides = {tax.included for tax in lines}
        rates = {tax.rate for tax in lines if tax.rate is not None}
        side = header.included if header.included is not None else sides.pop() if len(sides) == 1 else None
        if side is None and self.hints.tax_side:
            side = self.hints.tax_side == "gross"
        rate = header.rate if header.rate is not None else rates.pop() if len(rates) == 1 else None
        return Tax(side, rate)

    def _texts(self, column: int) -> set[str]:
        return _texts_of(self.table.cells[column])


def _texts_of(cells: Sequence[Cell]) -> set[str]:
    return {cell_text(cell).strip() for cell in set(cells)} - {""}
