"""What a cell says of a price, in every notation; what is not beyond doubt becomes a problem, never a guess.

A cell is taken apart into what stands before the number, the number, and what stands after it. Affixes are few in a
column, so each pair of them is understood once; the number is read by `numbers.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import isfinite
from typing import NamedTuple, cast

from ingestion.pricegrid.cells.grid import Cell, CellError, Formula
from ingestion.pricegrid.problems import Problem, notes, prices
from ingestion.pricegrid.records import Message, PriceBreak
from ingestion.pricegrid.values.affixes import understand_affixes
from ingestion.pricegrid.values.break_cells import Amount, read_breaks
from ingestion.pricegrid.values.currency import (
    basis_of_format,
    currencies_named,
    find_currency,
    find_format_currency,
    has_cents,
)
from ingestion.pricegrid.values.numbers import (
    GROUPING,
    NUMBER_PATTERN,
    Number,
    Thousandths,
    decimal_sign_of_texts,
    read_number,
    thousandths_of_texts,
)
from ingestion.pricegrid.values.price_basis import HUNDREDTH, NO_BASIS, Basis, currency_of_minor, minor_unit_of, part_of
from ingestion.pricegrid.values.price_breaks import contradiction_of
from ingestion.pricegrid.values.superscripts import has_raised, lowered, may_be_mark
from ingestion.pricegrid.values.text import shorten, straighten
from ingestion.pricegrid.vocabulary.store import Vocabulary, vocabulary

# Numbers that are read in one way only, whatever the decimal sign of their column. Their groups hold three digits each.
_USUAL = re.compile(
    rf"""([^\d]*?)(?<![.,])(?:
        ([1-9][0-9]{{0,9}} | 0(?=[.,](?:[1-9][0-9]?|0[1-9])(?![0-9])))
        | ([1-9][0-9]{{0,2}}(?:[{GROUPING}][0-9]{{3}}){{1,2}}
            | [1-9][0-9]{{0,2}}(?:,[0-9]{{3}}){{1,2}}(?=\.[0-9]{{1,2}}(?![0-9]))
            | [1-9][0-9]{{0,2}}(?:\.[0-9]{{3}}){{1,2}}(?=,[0-9]{{1,2}}(?![0-9])))
    )(?:[.,]([0-9]{{1,2}}))?(?![{GROUPING}]*[0-9])([^\d]*)""",
    re.VERBOSE,
).fullmatch
_MOST_AFFIXES = 1_000
_NOT_KNOWN = "?"
_SHAPE = re.compile(rf"([^\d]*?)({NUMBER_PATTERN})([^\d]*)")
_ERROR = re.compile(r"#[^\W\d_]")
_NUMBERS = re.compile(NUMBER_PATTERN)
_LONGEST = 1_000  # characters that anybody would write around a price
_PLACES = 4
_SMALLEST = Decimal("0.0001")
_LIMIT = Decimal(10**10)

_IN_THOUSANDTHS = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))  # ISO 4217: three decimals


class Price(NamedTuple):
    """A price is usable when it has no problem; a zero or negative amount is given together with its problem.

    `note` says what a person should know of a usable price: that it is the lowest of several, that it is per kilogram.
    `per_quantity` is for how many the cell itself says that it is.
    `breaks` are the prices for several quantities, `amount` is that for the smallest; `break_notes` are of the others.
    """

    amount: Decimal | None
    currency: str | None = None
    problem: Message | None = None
    ambiguous: bool = False
    note: Message | None = None
    per_quantity: int = 1
    breaks: tuple[PriceBreak, ...] = ()
    break_notes: tuple[Message, ...] = ()

    @property
    def notes(self) -> tuple[Message, ...]:
        return self.break_notes if self.note is None else (self.note, *self.break_notes)

    @property
    def written(self) -> str:
        """The amount in decimal notation; empty where the price is not usable."""
        return "" if self.problem is not None or self.amount is None else str(self.amount)

    @property
    def plain(self) -> str:
        """The same; empty also where there is a note or more than one price, which an amount alone cannot tell."""
        return self.written if self.note is None and not self.breaks else ""

    def times(self, factor: Decimal) -> Price:
        """The price in another part of its currency, or less a discount: to four decimals, half up."""
        if self.amount is None or self.problem is not None:
            return self
        found = _checked(self.amount * factor, self.currency, str(self.amount), self.note)
        breaks = tuple(PriceBreak(each.minimum, _rounded(each.price * factor)) for each in self.breaks)
        return found._replace(per_quantity=self.per_quantity, breaks=breaks, break_notes=self.break_notes)


def parse_price(
    raw: Cell, *, decimal: str | None = None, number_format: str | None = None, currency: str | None = None
) -> Price:
    """Reads one cell. `decimal` is its column's decimal sign, `currency` the supplier's (it decides what `$` means)."""
    if isinstance(raw, (CellError, Formula)):
        return _problem(prices.CELL_ERROR if isinstance(raw, CellError) else prices.NO_RESULT, raw)
    if isinstance(raw, str):
        return _parse_text(raw, decimal, number_format, currency)
    if raw is None:
        return Price(None, problem=prices.EMPTY.message())
    if isinstance(raw, (date, time)):
        return _problem(prices.DATE, raw)
    if isinstance(raw, bool):
        return _problem(prices.NOT_A_PRICE, raw)
    return _parse_number(raw, number_format, currency)


class PriceReader:
    """`parse_price` for one column of a list, quick for the notations that most prices are written in."""

    def __init__(
        self,
        decimal: str | None = None,
        currency: str | None = None,
        *,
        thousandths: Thousandths = Thousandths.SURE,
        footnotes: bool = False,
    ) -> None:
        """`footnotes`: some cells of the column bear the mark of one."""
        self._decimal = decimal
        self._currency = currency
        self._thousandths = thousandths
        self._footnotes = footnotes
        self._currencies: dict[tuple[str, str], str | None] = {}  # by what stands before and after a number

    def read(self, raw: Cell, number_format: str | None = None) -> Price:
        if self._footnotes and type(raw) is str and may_be_mark(raw):
            return _problem(prices.RAISED, raw)
        if type(raw) is str and self._thousandths.leave_open(raw, self._decimal):
            return _problem(prices.AMBIGUOUS, raw)._replace(ambiguous=True)
        return parse_price(raw, decimal=self._decimal, number_format=number_format, currency=self._currency)

    def amounts(self, cells: Sequence[Cell]) -> tuple[Sequence[str], Sequence[str | None]]:
        """Of cells without number formats: the amounts in decimal notation, and the currencies that the cells name.

        An amount is empty where there is none beyond doubt, and where there is a note on it.
        A number in a usual notation (`_USUAL`) is worth the same whatever the column's decimal sign; what stands around
        it is understood once, at its first number.
        """
        amounts: list[str] = []
        currencies: list[str | None] = []
        known = self._currencies
        for cell, usual in zip(cells, map(_USUAL, _written(cells)), strict=True):
            if usual is not None:
                before, whole, grouped, fraction, after = usual.groups()
                whole = whole or grouped[:-8] + grouped[-7:-4] + grouped[-3:]
                amount = f"{whole}.{fraction}" if fraction else whole
                currency = known.get((before, after), _NOT_KNOWN)
                if currency != _NOT_KNOWN:
                    amounts.append(amount)
                    currencies.append(currency)
                    continue
            price = self.read(cell)
            if price.currency is None and type(cell) is str and self._may_be_several(cell):
                price = price._replace(amount=None)
            amounts.append(price.plain)
            currencies.append(price.currency)
            is_plain = price.plain != ""
            is_sure = usual is not None and is_plain and price.amount == Decimal(amount)
            if is_sure and len(known) < _MOST_AFFIXES:
                known[before, after] = price.currency
        return amounts, currencies

    def _may_be_several(self, text: str) -> bool:
        """Whether it names a currency that is not told from others of its name: its row is looked at by itself."""
        family = currencies_named(text)
        return family is not None and family.choose(self._currency) is None


def _written(cells: Sequence[Cell]) -> Iterable[str]:
    """Numbers as a person would write them; what is neither text nor number is no price in a usual notation."""
    if set(map(type, cells)) == {str}:
        return cast("Sequence[str]", cells)
    return (cell if type(cell) is str else repr(cell) if type(cell) in (int, float) else "" for cell in cells)


def decimal_sign_of_cells(samples: Iterable[Cell], currency: str | None = None) -> str | None:
    """The decimal sign of a column from its cells, or None where they do not tell or contradict one another.

    `currency` is that of the column: three digits behind a sign are thousands where it has no cents.
    """
    return decimal_sign_of_texts(_numbers_in(samples), only_grouped=not has_cents(currency))


def thousandths_of_cells(samples: Iterable[Cell], sign: str | None, currency: str | None = None) -> Thousandths:
    """Whether the column writes three decimals; `sign` is its decimal sign, `currency` that of the column."""
    if sign is None or currency in _IN_THOUSANDTHS:
        return Thousandths.SURE
    return thousandths_of_texts(_numbers_in(samples), sign)


def _numbers_in(samples: Iterable[Cell]) -> Iterator[str]:
    texts = (straighten(sample) for sample in samples if type(sample) is str and len(sample) <= _LONGEST)
    return (shape[2] for text in texts if (shape := _SHAPE.fullmatch(text)) and not _is_in_words(shape))


def _is_in_words(shape: re.Match[str]) -> bool:
    """A whole number among words that are not those of a price, as of a header, is no amount."""
    is_alone = not shape[1] and not shape[3]
    return not is_alone and shape[2].isdigit() and understand_affixes(shape[1], shape[3]).problem is not None


def _parse_text(raw: str, decimal: str | None, number_format: str | None, currency: str | None) -> Price:
    if len(raw) > _LONGEST:
        return _problem(prices.NOT_A_PRICE, raw)
    if has_raised(raw):
        return _parse_raised(raw, decimal, number_format, currency)
    return _parse_level(raw, decimal, number_format, currency)


def _parse_level(raw: str, decimal: str | None, number_format: str | None, currency: str | None) -> Price:
    """A text without raised digits."""
    text = straighten(raw)
    shape = _SHAPE.fullmatch(text)
    if shape is None or text[0] == "#":
        return _with_breaks(raw, decimal, currency) or _without_one_number(raw, text, decimal, currency)
    if shape[3] and (minor := minor_unit_of(shape[3].strip(), currency)):
        return _in_hundredths(_parse_text(text[: shape.start(3)], decimal, number_format, currency), minor)
    affixes = understand_affixes(shape[1], shape[3])
    if affixes.problem:
        return _problem(affixes.problem, raw)
    code = affixes.currency.choose(currency) if affixes.currency else find_format_currency(number_format, currency)
    number = read_number(shape[2], affixes.decimal or decimal)
    if number.ambiguous and not has_cents(code):
        number = read_number(shape[2], "," if "." in shape[2] else ".")
    amount = number.value
    if amount is None:
        return _unread(number, text, raw)._replace(currency=code)
    amount = -amount if affixes.negative else amount
    price = _checked(amount * affixes.basis.scale, code, raw, affixes.note)
    return _on_basis(price, affixes.basis, number_format)


def _in_hundredths(price: Price, unit: str) -> Price:
    price = price.times(HUNDREDTH)._replace(currency=price.currency or currency_of_minor(unit))
    return price._replace(note=notes.SCALE.message(value=unit)) if price.problem is None else price


def _parse_raised(raw: str, decimal: str | None, number_format: str | None, currency: str | None) -> Price:
    text, footnote = lowered(raw, decimal)
    price = _parse_text(text, decimal, number_format, currency)
    if footnote and price.note is None:
        price = price._replace(note=notes.FOOTNOTE.message(value=footnote))
    return price


def _parse_number(raw: float, number_format: str | None, currency: str | None) -> Price:
    if number_format and "%" in number_format:
        return _problem(prices.PERCENTAGE, raw)
    if not isfinite(raw):
        return _problem(prices.NOT_A_PRICE, raw)
    price = _checked(Decimal(repr(raw)), find_format_currency(number_format, currency), raw)
    return _on_basis(price, NO_BASIS, number_format) if number_format else price


def _on_basis(price: Price, basis: Basis, number_format: str | None) -> Price:
    """What the cell says of its quantity, else its number format, which alone may also say in what it is."""
    if basis.per > 1 or basis.scale != 1:
        return price._replace(per_quantity=basis.per)
    shown = basis_of_format(number_format)
    price = price if shown.scale == 1 else price.times(shown.scale)
    return price if shown.per == 1 else price._replace(per_quantity=shown.per)


def _checked(amount: Decimal, currency: str | None, raw: Cell, note: Message | None = None) -> Price:
    """Says what an amount that cannot be a price is."""
    rounded = _rounded(amount)
    problem = None
    if rounded <= 0 or amount >= _LIMIT:
        why = prices.NEGATIVE if amount < 0 else prices.TOO_LARGE if amount else prices.ZERO
        why = prices.TOO_SMALL if amount > 0 and not rounded else why
        problem = why.message(value=shorten(raw))
    return Price(rounded, currency, problem, note=note)


def _rounded(amount: Decimal) -> Decimal:
    """To four decimals, half up, without a power of ten; what is beyond any price may be too long for it and stays."""
    exponent = cast("int", amount.as_tuple()[2])
    if -_PLACES <= exponent <= 0 or abs(amount) >= _LIMIT:
        return amount
    return amount.quantize(_SMALLEST if exponent < 0 else Decimal(1), ROUND_HALF_UP)


def _unread(number: Number, text: str, raw: str) -> Price:
    if number.ambiguous:
        return _problem(prices.AMBIGUOUS, raw)._replace(ambiguous=True)
    return _problem(prices.DATE if _dates(vocabulary()).fullmatch(text) else prices.NOT_A_PRICE, raw)


def _with_breaks(raw: str, decimal: str | None, currency: str | None) -> Price | None:
    """A cell that says the prices for several quantities."""

    def amount_of(text: str) -> Amount | None:
        price = _parse_text(text, decimal, None, currency) if _SHAPE.fullmatch(straighten(text)) else None
        if price is None or price.amount is None or price.problem is not None:
            return None
        is_another = price.per_quantity != 1 or (price.note is not None and price.note.code == notes.FROM.code)
        return None if is_another else Amount(price.amount, price.currency, price.note)

    found = read_breaks(raw, amount_of)
    if found is None:
        return None
    problem = contradiction_of(found.breaks)
    if problem is not None:
        return Price(None, found.currency, problem)
    return Price(found.breaks[0].price, found.currency, note=found.note, breaks=found.breaks)


def _without_one_number(raw: str, text: str, decimal: str | None, currency: str | None) -> Price:
    """No number, or more than one: "on request", a range, a date, euros and cents with the sign between them."""
    if not text:
        return Price(None, problem=prices.EMPTY.message())
    if parted := _signs_between(vocabulary()).fullmatch(text):
        return _checked(Decimal(f"{parted[1]}.{parted[3]}"), find_currency(parted[2], currency), raw)
    if for_many := part_of(text):
        price = _parse_text(for_many.price, decimal, None, currency)
        note = price.note or notes.PER.message(value=for_many.basis.words)
        return price if price.problem else price._replace(per_quantity=for_many.basis.per, note=note)
    return _problem(_why_not(text), raw)


@lru_cache(maxsize=4)
def _signs_between(words: Vocabulary) -> re.Pattern[str]:
    """Euros and cents with the sign between them: `12€50`, `12 руб. 50 коп.`."""
    whole, hundredth = words.pattern("money_parts.whole"), words.pattern("money_parts.hundredth")
    return re.compile(rf"(\d+) ?({whole}) ?(\d\d)(?: ?(?:{hundredth})\.?)?")


@lru_cache(maxsize=4)
def _dates(words: Vocabulary) -> re.Pattern[str]:
    """A day, with a time of day or the word "year" behind it."""
    day = r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2})"
    return re.compile(rf"{day}(?:{words.pattern('years')}|[T ][\d:]+)?")


def _why_not(text: str) -> Problem:
    if _ERROR.match(text):
        return prices.CELL_ERROR
    if not any(char.isalnum() for char in text) or vocabulary().phrases("no_price").meanings(text):
        return prices.ON_REQUEST
    if _dates(vocabulary()).fullmatch(text):
        return prices.DATE
    if "%" in text:
        return prices.PERCENTAGE
    return prices.SEVERAL if len(_NUMBERS.findall(text)) > 1 else prices.NOT_A_PRICE


def _problem(problem: Problem, raw: object) -> Price:
    return Price(None, problem=problem.message(value=shorten(raw)))
