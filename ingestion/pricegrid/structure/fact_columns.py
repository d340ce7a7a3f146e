"""Which columns hold what buyers compare by, and how their cells are read.

A header alone makes no facts: a column gives them where its values are such facts, too. What is none of it stays what
it is in every unknown column: a characteristic under its header.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.cells.texts import cell_text
from ingestion.pricegrid.contract import FITTING, LONGEST_WORD
from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.records import Message
from ingestion.pricegrid.structure.columns_by_header import Columns
from ingestion.pricegrid.structure.sample import is_empty
from ingestion.pricegrid.values.barcode import read_barcode
from ingestion.pricegrid.values.codes import clean_codes
from ingestion.pricegrid.values.country import read_country
from ingestion.pricegrid.values.lead_time import lead_time_reader
from ingestion.pricegrid.values.link import read_link
from ingestion.pricegrid.values.numbers import NUMBER_PATTERN, decimal_sign_of_texts
from ingestion.pricegrid.values.price_basis import count_of
from ingestion.pricegrid.values.quantity import pack_reader, quantity_reader, read_quantity
from ingestion.pricegrid.values.tax import read_rate
from ingestion.pricegrid.values.text import clean_text
from ingestion.pricegrid.values.unit import is_strength, read_unit
from ingestion.pricegrid.values.weight import weight_reader
from ingestion.pricegrid.vocabulary import match_header, vocabulary

BARCODES = gettext_noop("Numbers with the check digits of barcodes stand here")
STRENGTHS = gettext_noop("Its units are those of a strength, not of what is sold")
MINIMUMS = gettext_noop("The header says from which quantity on the price is")
BASES = gettext_noop("The header says that the price is for this")
_FROM_QUANTITY = ("more_than", "from", "least_quantity", "units.piece")
_NUMBER = re.compile(NUMBER_PATTERN)
_NEARLY_ALL = 0.98
_MOST = 0.5
_SOME = 0.1
_FEWEST = 4
_MOST_RATES = 4
_SURE = 0.9

_Reader = Callable[[Cell], Any]


class FactColumn(NamedTuple):
    """A column of a fact, by its name in `ItemFacts`; `read` gives None where a cell does not say it."""

    name: str
    column: int
    read: _Reader


class _Told(NamedTuple):
    """What is known of a column when its reader is chosen."""

    header: str
    decimal: str | None


class _Kind(NamedTuple):
    field: Field
    reader: Callable[[_Told], _Reader]
    share: float = _MOST  # of the cells that must be such a fact


def _word(cell: Cell) -> str | None:
    text = "" if cell is None else clean_text(cell)
    return text if 0 < len(text) <= LONGEST_WORD else None


def _code(cell: Cell) -> str | None:
    text = clean_codes((cell,))[0]
    return text if 0 < len(text) <= LONGEST_WORD else None


_KINDS = (
    _Kind(Field.BRAND, lambda _: _word, 0.0),
    _Kind(Field.MPN, lambda _: _code, 0.0),
    _Kind(Field.BARCODE, lambda _: read_barcode),
    _Kind(Field.UNIT, lambda _: read_unit),
    _Kind(Field.PACK_SIZE, lambda told: pack_reader(told.decimal)),
    _Kind(Field.MINIMUM_ORDER, lambda told: quantity_reader(told.decimal, may_be_measure=True)),
    _Kind(Field.ORDER_MULTIPLE, lambda told: quantity_reader(told.decimal, may_be_measure=True)),
    _Kind(Field.TAX_RATE, lambda _: read_rate, _NEARLY_ALL),
    _Kind(Field.COUNTRY, lambda _: read_country),
    _Kind(Field.LEAD_TIME, lambda told: lead_time_reader(told.header), _SOME),
    _Kind(Field.WEIGHT, lambda told: weight_reader(told.header, told.decimal)),
    _Kind(Field.LINK, lambda _: read_link),
    _Kind(Field.PICTURE, lambda _: read_link),
)


def fact_columns(columns: Columns, cells: Sequence[Sequence[Cell]], decimal: str | None) -> tuple[FactColumn, ...]:
    """The best column of each fact; `cells` are a sample by column, `decimal` is the decimal sign of the list."""
    found = []
    for kind in _KINDS:
        candidates = columns.of(kind.field) or (_coded_so(columns) if kind.field is Field.BARCODE else [])
        for column in sorted(candidates, key=lambda column: -columns.guesses[column].confidence):
            filled = [cell for cell in cells[column] if not is_empty(cell)]
            told = _Told(columns.guesses[column].header, _decimal(filled) or decimal)
            read = _fitting(kind.field.value, kind.reader(told))
            values = [value for cell in filled if (value := read(cell)) is not None]
            if filled and len(values) >= kind.share * len(filled) and _may_be(kind.field, values, told.header):
                found.append(FactColumn(kind.field.value, column, read))
                break
    return tuple(found)


def _may_be(field: Field, values: Sequence[Any], header: str) -> bool:
    """A column of amounts of tax looks like one of rates, but hardly repeats."""
    if field is not Field.TAX_RATE or "%" in header:
        return True
    return len(set(values)) <= _MOST_RATES and 2 * len(set(values)) <= len(values)


def _fitting(name: str, read: _Reader) -> _Reader:
    """What no item can have (a ten-billionth as pack size) is no such fact: it stays what its cell says."""
    fits = FITTING[name]

    def read_fitting(cell: Cell) -> Any:
        value = read(cell)
        return value if value is not None and fits(value) else None

    return read_fitting


def _coded_so(columns: Columns) -> list[int]:
    """A list may know its goods by their barcodes alone."""
    return [
        column
        for column in columns.of(Field.SUPPLIER_SKU)
        if any(match.field is Field.BARCODE for match in match_header(columns.guesses[column].header))
    ]


def _decimal(cells: Sequence[Cell]) -> str | None:
    texts = [cell.strip() for cell in cells if isinstance(cell, str)]
    return decimal_sign_of_texts(filter(_NUMBER.fullmatch, texts))


def leave_out_strengths(columns: Columns, cells: Sequence[Sequence[Cell]]) -> None:
    """ "mg", "mg/ml" and "%" in a column of units say how strong a medicine is, not in what it is sold."""
    for column in columns.of(Field.UNIT):
        texts = [cell_text(cell) for cell in cells[column] if not is_empty(cell)]
        if column not in columns.given and texts and sum(map(is_strength, texts)) >= _MOST * len(texts):
            columns.set(column, Field.CHARACTERISTIC, _SURE, Message(STRENGTHS))


def take_barcodes(columns: Columns, cells: Sequence[Sequence[Cell]]) -> None:
    """Beside the codes, a column that no header names is that of barcodes where its numbers have their check digits."""
    if columns.of(Field.BARCODE) or columns.first(Field.SUPPLIER_SKU) is None:
        return
    for column in columns.of(Field.CHARACTERISTIC):
        is_open = columns.guesses[column].confidence <= 0.6 and column not in columns.given
        if is_open and _are_barcodes(cells[column]):
            columns.set(column, Field.BARCODE, _SURE, Message(BARCODES))
            return


def take_bases(columns: Columns, cells: Sequence[Sequence[Cell]]) -> None:
    """A column that is called "per", "je" or "за" says beside the price of what, or of how many, that is."""
    known = vocabulary().phrases("per")
    for column in columns.of(Field.CHARACTERISTIC):
        guess, filled = columns.guesses[column], [cell for cell in cells[column] if not is_empty(cell)]
        if column in columns.given or not filled or not known.exact(guess.header):
            continue
        are_counts = all(count_of(cell) is not None for cell in filled)
        field = Field.PER_QUANTITY if are_counts else Field.UNIT
        if not columns.of(field):
            columns.set(column, field, _SURE, Message(BASES))


def take_minimums(columns: Columns, cells: Sequence[Sequence[Cell]]) -> None:
    """A column headed "Qty from" says from which quantity on the price of a row is."""
    if columns.of(Field.MINIMUM_ORDER) or columns.first(Field.SUPPLIER_SKU) is None:
        return
    words = vocabulary()
    for column in (*columns.of(Field.CHARACTERISTIC), *columns.of(Field.STOCK)):
        header, filled = columns.guesses[column].header, [cell for cell in cells[column] if not is_empty(cell)]
        is_said = words.phrases("from", "least_quantity").meanings(header)
        if column in columns.given or not is_said or not words.phrases(*_FROM_QUANTITY).covers(header):
            continue
        if filled and sum(read_quantity(cell) is not None for cell in filled) >= _MOST * len(filled):
            columns.set(column, Field.MINIMUM_ORDER, _SURE, Message(MINIMUMS))
            return


def _are_barcodes(cells: Sequence[Cell]) -> bool:
    texts = {cell_text(cell) for cell in cells if not is_empty(cell)}
    good = sum(read_barcode(text) is not None for text in texts)
    return len(texts) >= _FEWEST and good >= _NEARLY_ALL * len(texts)
