"""Which of several prices is the one the company pays, by the ranks of `vocabulary/price_kinds.py`.

What is hidden is not offered: it is neither the price nor kept. A tier that needs a minimum comes after prices that
need none, the smallest minimum first. The retail price is kept beside it; all other prices become characteristics.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from itertools import permutations
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.fields import PRICES, Field
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.records import Message
from ingestion.pricegrid.structure.column_profile import ColumnProfile
from ingestion.pricegrid.structure.columns_by_header import Columns
from ingestion.pricegrid.structure.header import Header
from ingestion.pricegrid.values.currency import find_currency
from ingestion.pricegrid.values.price import parse_price
from ingestion.pricegrid.vocabulary import HeaderMatch, match_header, normalise, vocabulary
from ingestion.pricegrid.vocabulary.price_kinds import BARE_QUANTITY, NEVER, PRICE_KINDS

NEARLY = Decimal("0.001")

_ORDINARY = PRICE_KINDS["plain"].rank
_SPECIAL = PRICE_KINDS["special"].rank
# Several of other kinds beside each other are for different packs, measures, amounts or times.
_ALIKE_KINDS = [PRICE_KINDS[kind].rank for kind in ("yours", "purchase", "plain", "tier", "client", "retail")]
_RETAIL_RANKS = [PRICE_KINDS[kind].rank for kind in ("client", "retail")]
_SOLD_SO = 0.7  # how sure a price per kilogram or per box is where the list has no other
_MEASURE = PRICE_KINDS["measure"].rank  # as fish and timber are sold
_MEASURED = [PRICE_KINDS[kind].rank for kind in ("pack", "measure")]
_SOLD_SO_BESIDE = [PRICE_KINDS[kind].rank for kind in ("measure", "special", "old")]
_HARDLY_FILLED = 0.5  # of the fullest column
_HARDLY_ANY = 0.02
EQUALLY_FULL = 0.8
DIFFERENT = 0.2
LEAST_PAIRS = 3
_NEARLY_ALL = 0.9
_BARE = 0.5
_SAME_RATE = Decimal("1.02")
_ROUNDED = Decimal("0.006")
_HIGHEST_TAX = Decimal("1.3")
_SO_MANY_PER_CENT = re.compile(r"\d\s?%")
STEADY = Decimal("1.25")  # by how much the ratio of two prices of an item may differ from item to item

CHOSEN = gettext_noop("Of %(count)s prices the one to pay: %(why)s")
_RETAIL = gettext_noop("A retail price beside the price to pay")
_HIDDEN = gettext_noop("The column is hidden: what it holds is not offered")
TIER = gettext_noop("A further price, kept as a characteristic")


class _Offer(NamedTuple):
    column: int
    rank: int
    minimum: int
    covered: float
    foreign: bool
    taxed: bool  # its header says that tax is included
    unwanted: bool  # the other side of tax is taken where a list has both

    @property
    def order(self) -> tuple[int, bool, int, bool, int]:
        return *self.alike, self.unwanted, self.column

    @property
    def alike(self) -> tuple[int, bool, int]:
        return self.rank, self.foreign, self.minimum


class Prices(NamedTuple):
    """What is known of the price columns; `cells` is by column."""

    header: Header
    profiles: Sequence[ColumnProfile]
    cells: Sequence[Sequence[Cell]]
    currency_of: Callable[[int], str | None]
    default_currency: str | None
    hidden: AbstractSet[int] = frozenset()
    formats_of: Callable[[int], Iterable[str]] = lambda _: ()  # the number formats of a column
    with_tax: bool = False  # people have said that of two prices that differ by tax the one with it is taken


def settle_prices(columns: Columns, prices: Prices) -> int | None:
    """Leaves one price, at most one retail price, and tiers. What people have set is not touched.

    Returns the column that could be the price just as well, if there is one.
    """
    given = {columns.guesses[column].field for column in columns.given}
    offers = _offers(columns, prices)
    shown = [offer for offer in offers if offer.column not in prices.hidden] or offers
    if not shown:
        return None
    others = [offer for offer in offers if offer not in shown]
    for offer in others:
        columns.set(offer.column, Field.IGNORE, columns.guesses[offer.column].confidence, Message(_HIDDEN))
    if Field.PRICE in given:
        _settle_others(columns, shown, prices, retail_is_open=Field.RETAIL_PRICE not in given)
        return None
    enough = _HARDLY_FILLED * max(offer.covered for offer in shown)
    first = next(offer for offer in shown if offer.covered >= enough)
    with_fees = _with_fees(first, shown, prices)
    main = with_fees or first
    guess = columns.guesses[main.column]
    why = Message(CHOSEN, {"count": len(shown), "why": guess.reason}) if len(shown) > 1 else guess.reason
    is_sold_so = (len(offers) == 1 and main.rank in _MEASURED) or (  # as fish is, and eggs, and timber with its tax
        main.rank == _MEASURE and all(offer.rank in _SOLD_SO_BESIDE for offer in offers)
    )
    columns.set(main.column, Field.PRICE, max(guess.confidence, _SOLD_SO) if is_sold_so else guess.confidence, why)
    rivals = [offer for offer in offers if offer is not main]
    others = [offer for offer in rivals if offer in shown]
    _settle_others(columns, others, prices, retail_is_open=Field.RETAIL_PRICE not in given)
    return None if with_fees else next((offer.column for offer in rivals if _is_rival(main, offer, prices)), None)


def _offers(columns: Columns, prices: Prices) -> list[_Offer]:
    open_ones = [column for field in PRICES for column in columns.of(field) if column not in columns.given]
    offers = [_offer(columns, prices, column) for column in open_ones]
    for net, gross in permutations(range(len(offers)), 2):
        if _is_with_tax(prices, offers[net], offers[gross]):  # its pack or measure is also that of the other
            offers[net] = offers[net]._replace(rank=min(offers[net].rank, offers[gross].rank))
        elif prices.with_tax and _differ_by_tax(prices, offers[net], offers[gross]):
            offers[gross] = offers[gross]._replace(rank=min(offers[net].rank, offers[gross].rank))
    return sorted(_sizes_alike(offers, prices.header), key=lambda offer: offer.order)


def _sizes_alike(offers: Sequence[_Offer], header: Header) -> Iterator[_Offer]:
    """ "Price S", "Price M" and "Price L" are of one rank: beside another size, "M" is no metre and "L" no litre."""
    sizes, ranks = vocabulary().phrases("letter_sizes"), dict[tuple[str, ...], int]()
    for offer in offers:
        *words, size = _words_of(header, offer.column)
        if sizes.exact(size):
            ranks[(*words,)] = min(offer.rank, ranks.get((*words,), NEVER))
    for offer in offers:
        *words, size = _words_of(header, offer.column)
        yield offer._replace(rank=ranks[(*words,)]) if sizes.exact(size) else offer


def _words_of(header: Header, column: int) -> Sequence[str]:
    """The words of a header without numbers ("2XL"), at least an empty one."""
    return [word for word in normalise(header.text(column)).split() if not word.isdecimal()] or [""]


def _is_with_tax(prices: Prices, net: _Offer, gross: _Offer) -> bool:
    """Whether the second price is the first with tax: nearly all of its amounts are higher by no more than that."""
    is_measured = net.rank in _MEASURED and gross.rank <= _ORDINARY
    return is_measured and _differ_by_tax(prices, net, gross)


def _differ_by_tax(prices: Prices, net: _Offer, gross: _Offer) -> bool:
    if net.taxed or not gross.taxed:
        return False
    pairs = zip(amounts_of(prices.cells[net.column]), amounts_of(prices.cells[gross.column]), strict=True)
    ratios = [higher / lower for lower, higher in pairs if lower > 0 and higher > 0]
    taxed = sum(1 < ratio <= _HIGHEST_TAX for ratio in ratios)
    return len(ratios) >= LEAST_PAIRS and taxed >= _NEARLY_ALL * len(ratios)


def _is_rival(main: _Offer, other: _Offer, prices: Prices) -> bool:
    """Whether it could be the price as well.

    Nothing but its place tells why it is not, or it would be the price if more of it were filled or if it were shown.
    """
    if other.column in prices.hidden:
        return main.column not in prices.hidden and main.rank > _ORDINARY and other.rank <= _ORDINARY
    if other.rank < main.rank:
        return other.rank < _ORDINARY and other.covered > _HARDLY_ANY
    cells, others = prices.cells[main.column], prices.cells[other.column]
    if other.covered < EQUALLY_FULL * main.covered:
        return False
    if other.rank == _SPECIAL:
        return main.rank >= _ORDINARY and _is_cut(cells, others)
    if main.rank not in _ALIKE_KINDS or other.alike != main.alike or main.minimum > 1:
        return False
    is_same_with_tax = main.taxed != other.taxed and goes_along(cells, others)
    is_same = is_same_with_tax or _is_exchanged(main, other, prices) or _is_of_pack(cells, others, prices)
    return not is_same and _differ(cells, others)


def _is_exchanged(main: _Offer, other: _Offer, prices: Prices) -> bool:
    """The same price in another currency: both headers name theirs, and their ratio is a rate of exchange."""
    named = [find_currency(prices.header.last(offer.column)) for offer in (main, other)]
    ratios = _ratios(prices.cells[main.column], prices.cells[other.column])
    return None not in named and named[0] != named[1] and bool(ratios) and ratios[-1] <= _SAME_RATE * ratios[0]


def _is_of_pack(cells: Sequence[Cell], others: Sequence[Cell], prices: Prices) -> bool:
    """What a pack costs: the price times how many pieces another column says are in it."""
    pairs = list(zip(amounts_of(cells), amounts_of(others), strict=True))
    for counts in prices.cells:
        rows = [(own, many, whole) for (own, whole), many in zip(pairs, amounts_of(counts), strict=True) if own * many]
        fits = [abs(own * many - whole) <= max(whole, many) * _ROUNDED for own, many, whole in rows if many > 1]
        if len(fits) >= LEAST_PAIRS and sum(fits) >= _NEARLY_ALL * len(pairs):
            return True
    return False


def _is_cut(cells: Sequence[Cell], others: Sequence[Cell]) -> bool:
    """Whether nearly every item has a special price that is lower: that is what it costs now."""
    pairs = [(own, other) for own, other in zip(amounts_of(cells), amounts_of(others), strict=True) if own and other]
    return sum(other < own for own, other in pairs) > EQUALLY_FULL * len(pairs)


def _differ(cells: Sequence[Cell], others: Sequence[Cell]) -> bool:
    amounts = zip(amounts_of(cells), amounts_of(others), strict=True)
    unlike = [first != second for first, second in amounts if first and second]
    return sum(unlike) > DIFFERENT * len(unlike)


def unknown_rival(columns: Columns, prices: Prices, unknown: Sequence[int]) -> int | None:
    """One of the `unknown` columns that goes along with the price: in another currency, with tax, for another buyer.

    Amounts under the word "discount" may be prices from which it is taken off. Beside a price that is said to be the
    one to pay it can only be another one.
    """
    main = columns.first(Field.PRICE)
    if main is None or main in columns.given or _role(prices.header, main) in ("purchase", "yours"):
        return None
    reduced = [
        column
        for column in (*columns.of(Field.CHARACTERISTIC), *columns.of(Field.DISCOUNT))
        if _role(prices.header, column) == "discount"
        and not says_per_cent(prices.header.text(column))
        and prices.profiles[column].numeric > EQUALLY_FULL
    ]
    others = [column for column in (*unknown, *reduced) if column not in columns.given and column not in prices.hidden]
    return next((column for column in others if goes_along(prices.cells[main], prices.cells[column])), None)


def says_per_cent(header: str) -> bool:
    """ "Discount %"; "with discount 10%" are amounts."""
    return "%" in header and not _SO_MANY_PER_CENT.search(header)


def goes_along(cells: Sequence[Cell], others: Sequence[Cell]) -> bool:
    """Whether the amounts of two columns keep about the same ratio."""
    ratios = _ratios(cells, others)
    return bool(ratios) and ratios[-1] <= STEADY * ratios[0] and not ratios[0] == ratios[-1] == 1


def _ratios(cells: Sequence[Cell], others: Sequence[Cell]) -> list[Decimal]:
    """Of the amounts of two columns, the smallest first and without the few that are odd; empty for hardly any."""
    pairs = zip(amounts_of(cells), amounts_of(others), strict=True)
    ratios = sorted(other / amount for amount, other in pairs if amount > 0 and other > 0)
    few = len(ratios) // 10
    return ratios[few : len(ratios) - few] if len(ratios) >= LEAST_PAIRS else []


def _with_fees(main: _Offer, offers: Sequence[_Offer], prices: Prices) -> _Offer | None:
    """The price that is this one plus the fees beside it: that is what is paid."""
    fees = [column for column in range(len(prices.cells)) if _role(prices.header, column) in ("deposit", "vat")]
    if not any(_role(prices.header, column) == "deposit" for column in fees):
        return None
    parts = [amounts_of(prices.cells[column]) for column in (main.column, *fees)]
    sums = [sum(amounts) for amounts in zip(*parts, strict=True)]
    for offer in offers:
        totals = amounts_of(prices.cells[offer.column])
        pairs = [(added, total) for added, total in zip(sums, totals, strict=True) if total]
        same = sum(abs(added - total) <= total * NEARLY for added, total in pairs)
        if offer is not main and pairs and same > 0.8 * len(pairs):
            return offer
    return None


def amounts_of(cells: Sequence[Cell]) -> list[Decimal]:
    """The amounts of a column, 0 where there is none beyond doubt."""
    return [parse_price(cell, decimal=".").amount or Decimal(0) for cell in cells]


def _role(header: Header, column: int) -> str:
    return next((match.role for match in match_header(header.last(column))), "")


def _settle_others(columns: Columns, others: Sequence[_Offer], prices: Prices, *, retail_is_open: bool) -> None:
    """A retail price is in the currency of the price; one in another is kept apart from it."""
    main = columns.first(Field.PRICE)
    currency = (prices.currency_of(main) if main is not None else None) or prices.default_currency
    for offer in others:
        confidence = columns.guesses[offer.column].confidence
        own = prices.currency_of(offer.column)
        is_apart = own is not None and currency is not None and own != currency
        if retail_is_open and offer.rank in _RETAIL_RANKS and offer.covered > 0.1 and not is_apart:
            columns.set(offer.column, Field.RETAIL_PRICE, confidence, Message(_RETAIL))
            retail_is_open = False
        else:
            columns.set(offer.column, Field.PRICE_TIER, confidence, Message(TIER))


def _offer(columns: Columns, prices: Prices, column: int) -> _Offer:
    profile = prices.profiles[column]
    match = _price_match(prices.header, column)
    kind = match.role if match else columns.guesses[column].field.traits.price_kind
    rank = PRICE_KINDS[kind].rank if kind in PRICE_KINDS else NEVER
    if match and _is_bare(match):
        rank = BARE_QUANTITY
    if profile.only_counts:
        rank = NEVER
    currency = prices.currency_of(column)
    foreign = bool(prices.default_currency and currency and currency != prices.default_currency)
    covered, minimum = profile.filled * profile.numeric, (match.minimum if match else None) or 0
    taxed = is_taxed(prices.header, column)
    return _Offer(column, rank, minimum, covered, foreign, taxed, taxed != prices.with_tax)


def is_taxed(header: Header, column: int) -> bool:
    """Whether a header says that tax is included."""
    return "included" in vocabulary().phrases("tax").meanings(header.text(column))


def _price_match(header: Header, column: int) -> HeaderMatch | None:
    """What the header says of the kind of price; the titles above count where its own words say less."""
    texts = (header.last(column), header.text(column).replace(" / ", " "))
    found = [match for text in dict.fromkeys(texts) for match in match_header(text) if match.field in PRICES]
    return max(found, key=lambda match: (not _is_bare(match), match.role != "plain", match.score), default=None)


def _is_bare(match: HeaderMatch) -> bool:
    """Whether it names nothing but a quantity."""
    return match.role == "tier" and match.score <= _BARE


def price_kind_of(header: Header, column: int) -> str:
    """The kind of price that the header says, empty where it says none."""
    match = _price_match(header, column)
    return match.role if match else ""
