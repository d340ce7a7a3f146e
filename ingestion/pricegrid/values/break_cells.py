"""Prices in one cell, each for another quantity: "1-9: 2.00; 10+: 1.80", "2.00/1.80 (10+)", "2,00; ab 10: 1,80".

A cell is taken apart at the signs that stand between its pieces, and each piece has to be a price with a quantity. Only
the first may do without: it is that of one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ingestion.pricegrid.problems.notes import TAX
from ingestion.pricegrid.records import Message, PriceBreak
from ingestion.pricegrid.values.price_breaks import in_order
from ingestion.pricegrid.values.tax import tax_of
from ingestion.pricegrid.vocabulary.store import Vocabulary, vocabulary
from ingestion.pricegrid.vocabulary.tiers import find_quantity

_BETWEEN = (re.compile(r"\s*[;|\n]\s*"), re.compile(r",\s+"), re.compile(r"\s+/\s+"), re.compile(r"/"))
_NUMBER = r"\d[\d\s.,']*"
_QUANTITY_FIRST = re.compile(r"(?P<quantity>.*?\d[^:=@]*?)\s*(?::|=>?|@|→)\s*(?P<price>.*\d.*)", re.DOTALL)
_SIGN_FIRST = re.compile(r"(?P<quantity>\d+\s?(?:\+|[-–]\s?\d+))\s+(?P<price>.*\d.*)")
_IN_BRACKETS = re.compile(r"(?P<price>[^()]*\d[^()]*?)\s*[(\[](?P<quantity>[^()]*\d[^()]*)[)\]]")
_WORD_BEHIND = re.compile(
    rf"(?P<price>[^\d]*{_NUMBER}(?:\s?[^\W\d]{{1,3}}\.?|\s?[^\w\s])?)\s+(?P<quantity>[^\d()]+\d.*)"
)
_FORMS = (_QUANTITY_FIRST, _SIGN_FIRST, _IN_BRACKETS, _WORD_BEHIND)
_MAY_BE = re.compile(r"\d.*(?:[;|/\n]|,\s).*\d", re.DOTALL)
_SAYS_QUANTITY = re.compile(r"[:=@(+]|[^\W\d]{2}|\d\s?[-–]\s?\d")
_LONGEST = 300
_LEAST = 2
_MOST = 20
ONE = Decimal(1)


class BreaksRead(NamedTuple):
    """`breaks` are in order."""

    breaks: tuple[PriceBreak, ...]
    currency: str | None
    note: Message | None


def may_be_breaks(text: str) -> bool:
    """Whether it is worth looking at."""
    return len(text) <= _LONGEST and bool(_MAY_BE.search(text)) and bool(_SAYS_QUANTITY.search(text))


class Amount(NamedTuple):
    """With what its piece says beside it."""

    amount: Decimal
    currency: str | None
    note: Message | None


ReadAmount = Callable[[str], Amount | None]


def read_breaks(text: str, read_amount: ReadAmount) -> BreaksRead | None:
    """What a cell says of quantities; None where it is nothing of the kind."""
    if not may_be_breaks(text):
        return None
    words = vocabulary()
    for between in _BETWEEN:
        pieces = [piece for piece in between.split(text.strip()) if piece.strip()]
        if _LEAST <= len(pieces) <= _MOST:
            found = list(_read(pieces, read_amount, words))
            if len(found) == len(pieces):
                return _together(found)
    return None


def _read(pieces: Sequence[str], read_amount: ReadAmount, words: Vocabulary) -> Iterator[tuple[Decimal, Amount]]:
    """The pieces up to the first that is no price with a quantity; only the first may do without one."""
    for place, piece in enumerate(pieces):
        found = _piece(piece, read_amount, words)
        if found is None and not place and (amount := read_amount(piece)) is not None:
            found = ONE, amount
        if found is None:
            return
        yield found


def _piece(piece: str, read_amount: ReadAmount, words: Vocabulary) -> tuple[Decimal, Amount] | None:
    for form in _FORMS:
        parts = form.fullmatch(piece.strip())
        tier = find_quantity(parts["quantity"], words) if parts else None
        if parts is None or tier is None or (tier.plain and form is not _QUANTITY_FIRST):
            continue
        amount = read_amount(parts["price"])
        if amount is not None:
            return Decimal(tier.minimum), amount
    return None


def _together(found: Sequence[tuple[Decimal, Amount]]) -> BreaksRead | None:
    """None where they are in several currencies, or on both sides of tax: such prices are no breaks of one another."""
    named = {said.currency for _, said in found if said.currency}
    notes = [said.note for _, said in found if said.note and said.note.code == TAX.code]
    taxes = {tax_of(str(note.params["value"]))[:2] for note in notes}
    if len(named) > 1 or len(taxes) > 1:
        return None
    breaks = in_order(PriceBreak(minimum, said.amount) for minimum, said in found)
    first_note = next((said.note for _, said in found if said.note), None)
    return BreaksRead(breaks, next(iter(named), None), first_note)
