"""The kinds of prices: which of several is paid, and which one a header means that says several.

This table is the one place where that is decided; `docs/understanding.md` says it to people.
"""

from typing import NamedTuple

from ingestion.pricegrid.fields import Field

BARE_QUANTITY = 7  # a column named by nothing but a quantity, "10-49 pcs", ranks behind tiers that name a price
NEVER = 99  # no price at all, whatever its header says of prices


class PriceKind(NamedTuple):
    """How surely a header of the kind heads a column of `field`; of several prices the one of lowest `rank` is paid."""

    field: Field
    worth: float
    rank: int


_NONE = PriceKind(Field.CHARACTERISTIC, 0.9, NEVER)

# In the order in which they win where one header says several: "retail price with discount" is a special price.
PRICE_KINDS = {
    "ranking": _NONE,  # "cost ranking (1 = best)"
    "total": PriceKind(Field.IGNORE, 0.9, NEVER),
    "date": _NONE,
    "markup": _NONE,
    "basis": _NONE,  # for how many the price is
    "discount": _NONE,
    "coefficient": _NONE,
    "vat": _NONE,
    "deposit": _NONE,
    "old": PriceKind(Field.PRICE_TIER, 0.9, 11),
    "regular": PriceKind(Field.PRICE_TIER, 0.9, 11),  # what an item costs unless it has another price
    "special": PriceKind(Field.PRICE_TIER, 0.9, 10),  # rather than the plain price only where that is missing
    "client": PriceKind(Field.RETAIL_PRICE, 1.0, 8),  # "retail price for the client", beside what is recommended
    "tier": PriceKind(Field.PRICE_TIER, 0.95, 6),
    "measure": PriceKind(Field.PRICE, 0.55, 5),
    "retail": PriceKind(Field.RETAIL_PRICE, 1.0, 9),
    "yours": PriceKind(Field.PRICE, 1.0, 0),  # "your price", "personal price"
    "purchase": PriceKind(Field.PRICE, 1.0, 1),
    "wholesale": PriceKind(Field.PRICE, 0.97, 2),
    "pack": PriceKind(Field.PRICE, 0.6, 4),
    "plain": PriceKind(Field.PRICE, 0.9, 3),
}
