"""How well the values of a column fit a field: 1 for what is typical of it, 0 for what it can never be."""

from __future__ import annotations

from collections.abc import Callable

from ingestion.pricegrid.fields import KEYS, Field, Fit
from ingestion.pricegrid.structure.column_profile import ColumnProfile

CODED = 0.9  # a share of different values that says: codes
EACH_ITS_OWN = 0.95  # a share of different values that says: no category
_ALL_CODES, _ALL_WORDS, _NEARLY_ITS_OWN = 0.7, 0.7, 0.85
FEW = 8  # rows that may well be of as many categories
_LONGEST_BARCODE = 18  # an ISBN with its hyphens has seventeen characters
_SAID_OTHERWISE = 0.75  # values that are no such fact: the header still says that it is nothing else
_WHOLE = 100  # per cent
_LONGEST_RATE = 12
_LONGEST_QUANTITY = 30
_LONGEST_LETTERS = 1.5  # on average
_LONGEST_MEASURE = 20
NOTHING_TO_SEE = 0.7  # an empty column may be anything that its header says


def fit(field: Field, profile: ColumnProfile) -> float:
    if not profile.filled:
        return NOTHING_TO_SEE if field not in KEYS else 0.4
    return _FITS[field.traits.fit](profile)


def _amounts(column: ColumnProfile) -> float:
    if column.serial and column.filled > 0.5:
        return 0.1
    usable = column.numeric + column.errors + 0.5 * column.codes
    if column.numeric < 0.05:
        return 0.1 if column.codes < 0.9 else 0.5
    return min(1.0, 0.3 + usable)


def _codes(column: ColumnProfile) -> float:
    if column.serial or column.dates > 0.5 or column.links > 0.5 or column.money > 0.5 or column.distinct < 0.1:
        return 0.1
    if column.words > 4 or (column.fractions > 0.3 and column.distinct < CODED):
        return 0.3
    return (0.3 + 0.7 * min(1.0, column.distinct * 1.25)) * (1 - 0.2 * column.texts)


def _names(column: ColumnProfile) -> float:
    if column.numeric > 0.8 or column.dates > 0.5 or column.links > 0.5:
        return 0.2
    worded = column.texts + 0.5 * column.codes
    return (0.7 + 0.3 * min(1.0, worded * 1.2)) * (1 - 0.6 * column.paths)


def _barcodes(column: ColumnProfile) -> float:
    if column.texts > _ALL_WORDS:
        return 0.1
    return 1.0 if 8 <= column.length <= _LONGEST_BARCODE and column.texts < 0.3 else 0.4


def _quantities(column: ColumnProfile) -> float:
    if column.dates > 0.5 or column.links > 0.5 or column.money > 0.5:
        return 0.1
    return 1.0 if column.length <= _LONGEST_QUANTITY and column.fractions < 0.3 and column.ranges < 0.5 else 0.3


def _categories(column: ColumnProfile) -> float:
    if column.numeric > 0.8 or column.length < 3:
        return 0.3
    if column.distinct > EACH_ITS_OWN and column.filled > EACH_ITS_OWN and column.filled_cells >= FEW:
        return 0.2
    if column.codes > _ALL_CODES and column.distinct > _NEARLY_ITS_OWN and column.filled_cells >= FEW:
        return 0.2  # "Art." above S100, S101 and so on; a repeated header and a title stand among them
    return 0.2 if column.links > 0.5 else 1.0


def _words(column: ColumnProfile) -> float:
    if column.links > 0.5 or column.dates > 0.5:
        return 0.2
    return 0.5 if column.numeric > 0.9 else 1.0


def _links(column: ColumnProfile) -> float:
    return 1.0 if column.links > 0.3 else 0.45


def _currencies(column: ColumnProfile) -> float:
    return 1.0 if column.length <= 8 and column.numeric < 0.2 else 0.2


def _units(column: ColumnProfile) -> float:
    return 1.0 if column.length <= 20 and column.numeric < 0.8 else 0.45


def _ordered(column: ColumnProfile) -> float:
    is_quantity = column.money + column.dates + column.links < 0.5 and column.length <= _LONGEST_QUANTITY
    return 1.0 if is_quantity else _SAID_OTHERWISE


def _rates(column: ColumnProfile) -> float:
    is_rate = column.largest <= _WHOLE and column.length <= _LONGEST_RATE and column.dates + column.links < 0.5
    return 1.0 if is_rate else _SAID_OTHERWISE


def _weights(column: ColumnProfile) -> float:
    is_weight = column.length <= _LONGEST_MEASURE and column.dates + column.links < 0.5
    return 1.0 if is_weight else _SAID_OTHERWISE


def _countries(column: ColumnProfile) -> float:
    return 1.0 if column.numeric + column.dates + column.links < 0.5 else _SAID_OTHERWISE


def _times(column: ColumnProfile) -> float:
    return 1.0 if column.links + column.dates + column.money < 0.5 else _SAID_OTHERWISE


def _dates(column: ColumnProfile) -> float:
    return 1.0 if column.dates > 0.5 else _SAID_OTHERWISE


def _powers_of_ten(column: ColumnProfile) -> float:
    are_letters = column.numeric == 0 and 0 < column.length <= _LONGEST_LETTERS  # "H" for a hundred
    return 1.0 if column.powers_of_ten > 0.9 or are_letters else _SAID_OTHERWISE


def _anything(column: ColumnProfile) -> float:
    return 1.0


_FITS: dict[Fit, Callable[[ColumnProfile], float]] = {
    Fit.ANYTHING: _anything,
    Fit.AMOUNTS: _amounts,
    Fit.CODES: _codes,
    Fit.BARCODES: _barcodes,
    Fit.NAMES: _names,
    Fit.WORDS: _words,
    Fit.QUANTITIES: _quantities,
    Fit.CATEGORIES: _categories,
    Fit.LINKS: _links,
    Fit.CURRENCIES: _currencies,
    Fit.UNITS: _units,
    Fit.ORDERED: _ordered,
    Fit.RATES: _rates,
    Fit.WEIGHTS: _weights,
    Fit.COUNTRIES: _countries,
    Fit.TIMES: _times,
    Fit.DATES: _dates,
    Fit.POWERS_OF_TEN: _powers_of_ten,
}
