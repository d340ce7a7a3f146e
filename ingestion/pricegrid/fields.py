"""What the columns of a price list can be: every field once, with all that is known of it.

To add a field, add its lines to `Field`, and its headers to the vocabulary. Reading, schemas and forms follow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from typing import Self

from ingestion.pricegrid.marking import gettext_noop


class Fit(Enum):
    """What the values of a column look like where it is a field; `structure/field_fit.py` says how much they do."""

    ANYTHING = auto()
    AMOUNTS = auto()
    CODES = auto()
    BARCODES = auto()
    NAMES = auto()
    WORDS = auto()
    QUANTITIES = auto()
    CATEGORIES = auto()
    LINKS = auto()
    CURRENCIES = auto()
    UNITS = auto()
    ORDERED = auto()
    RATES = auto()
    WEIGHTS = auto()
    COUNTRIES = auto()
    TIMES = auto()
    DATES = auto()
    POWERS_OF_TEN = auto()


class _Kept(Enum):
    """Where the values of a column go to."""

    IN_ITEM = auto()  # they are a part of the item itself; such a column must not change unseen
    AS_CHARACTERISTIC = auto()  # under the header of the column
    NOWHERE = auto()


@dataclass(frozen=True, kw_only=True)
class Traits:
    """All that tells one field from another; what is not said is what most fields are."""

    label: str  # for people, in English: translated where it is shown
    fit: Fit = Fit.ANYTHING
    kept: _Kept = _Kept.AS_CHARACTERISTIC
    price_kind: str = ""  # of a price: which of the vocabulary's "price_kinds" it is, unless its header says more
    is_known: bool = True  # False: nothing is understood of such a column
    is_key: bool = False  # a list needs it, or another key in its place
    is_code: bool = False  # a header that may mean a code or something else rather means the code
    is_telling: bool = False  # tells items of one name apart where they have no codes
    is_many: bool = False  # several columns of a list may be it
    is_of_maker: bool = False  # two such fields in one header are the maker's part number
    may_be_name: bool = False  # a list without names may have them in a column with its header
    is_alone: bool = False  # beside another field in one header it is none of both: "weight of the pack"
    # What it and another field in one header are together: the name of a brand is a brand, the code of a group is none.
    beside: Mapping[str, str] = field(default_factory=dict)


class Field(StrEnum):
    """The fields in the order in which people see them; each is equal to its name in settings and in the vocabulary."""

    traits: Traits

    def __new__(cls, name: str, traits: Traits) -> Self:
        new = str.__new__(cls, name)
        new._value_ = name
        new.traits = traits
        return new

    SUPPLIER_SKU = (
        "supplier_sku",
        Traits(
            label=gettext_noop("code"), fit=Fit.CODES, kept=_Kept.IN_ITEM, is_key=True, is_code=True, is_of_maker=True
        ),
    )
    NAME = "name", Traits(label=gettext_noop("name"), fit=Fit.NAMES, kept=_Kept.IN_ITEM, is_key=True)
    PRICE = (
        "price",
        Traits(
            label=gettext_noop("price"),
            fit=Fit.AMOUNTS,
            kept=_Kept.IN_ITEM,
            price_kind="plain",
            is_key=True,
            is_many=True,
        ),
    )
    RETAIL_PRICE = (
        "retail_price",
        Traits(
            label=gettext_noop("retail price"),
            fit=Fit.AMOUNTS,
            kept=_Kept.IN_ITEM,
            price_kind="retail",
            is_many=True,
        ),
    )
    PRICE_TIER = (
        "price_tier",
        Traits(label=gettext_noop("further price"), fit=Fit.AMOUNTS, price_kind="tier", is_many=True),
    )
    CURRENCY = (
        "currency",
        Traits(
            label=gettext_noop("currency"),
            fit=Fit.CURRENCIES,
            kept=_Kept.IN_ITEM,
            beside={"name": "currency", "supplier_sku": "currency"},
        ),
    )
    STOCK = (
        "stock",
        Traits(
            label=gettext_noop("stock"),
            fit=Fit.QUANTITIES,
            kept=_Kept.IN_ITEM,
            is_many=True,
            beside={"name": "stock", "unit": "stock"},
        ),
    )
    CATEGORY = (
        "category",
        Traits(
            label=gettext_noop("category"),
            fit=Fit.CATEGORIES,
            kept=_Kept.IN_ITEM,
            is_many=True,
            beside={"name": "category", "supplier_sku": "characteristic"},
        ),
    )
    BRAND = (
        "brand",
        Traits(label=gettext_noop("brand"), fit=Fit.WORDS, is_telling=True, is_of_maker=True, beside={"name": "brand"}),
    )
    MPN = (
        "mpn",
        Traits(
            label=gettext_noop("part number of the maker"),
            fit=Fit.CODES,
            is_code=True,
            is_telling=True,
            is_of_maker=True,
        ),
    )
    BARCODE = (
        "barcode",
        Traits(
            label=gettext_noop("barcode"),
            fit=Fit.BARCODES,
            is_code=True,
            is_telling=True,
            beside={"supplier_sku": "barcode"},
        ),
    )
    DESCRIPTION = (
        "description",
        Traits(label=gettext_noop("description"), fit=Fit.WORDS, is_many=True, beside={"name": "description"}),
    )
    UNIT = (
        "unit",
        Traits(
            label=gettext_noop("unit"),
            fit=Fit.UNITS,
            is_telling=True,
            may_be_name=True,
            beside={"name": "unit", "supplier_sku": "characteristic"},
        ),
    )
    PACK_SIZE = (
        "pack_size",
        Traits(label=gettext_noop("pack size"), is_telling=True, may_be_name=True, beside={"unit": "pack_size"}),
    )
    MINIMUM_ORDER = (
        "minimum_order",
        Traits(
            label=gettext_noop("minimum order"),
            fit=Fit.ORDERED,
            is_many=True,
            is_alone=True,
            beside={"unit": "minimum_order"},
        ),
    )
    ORDER_MULTIPLE = (
        "order_multiple",
        Traits(
            label=gettext_noop("ordered in multiples of"),
            fit=Fit.ORDERED,
            is_many=True,
            is_alone=True,
            beside={"unit": "order_multiple", "pack_size": "order_multiple", "minimum_order": "minimum_order"},
        ),
    )
    PER_QUANTITY = (
        "per_quantity",
        Traits(label=gettext_noop("the price is for so many"), fit=Fit.POWERS_OF_TEN, is_many=True, is_alone=True),
    )
    DISCOUNT = (
        "discount",
        Traits(label=gettext_noop("discount in per cent"), fit=Fit.RATES, is_many=True, is_alone=True),
    )
    TAX_RATE = (
        "tax_rate",
        Traits(label=gettext_noop("tax rate"), fit=Fit.RATES, is_many=True, is_alone=True),
    )
    VALID_FROM = (
        "valid_from",
        Traits(label=gettext_noop("valid from"), fit=Fit.DATES, is_many=True, is_alone=True),
    )
    VALID_UNTIL = (
        "valid_until",
        Traits(label=gettext_noop("valid until"), fit=Fit.DATES, is_many=True, is_alone=True),
    )
    COUNTRY = (
        "country",
        Traits(
            label=gettext_noop("country of origin"),
            fit=Fit.COUNTRIES,
            is_many=True,
            is_alone=True,
            beside={"name": "country", "brand": "country", "supplier_sku": "country"},
        ),
    )
    LEAD_TIME = (
        "lead_time",
        Traits(label=gettext_noop("lead time"), fit=Fit.TIMES, is_many=True, is_alone=True),
    )
    WEIGHT = (
        "weight",
        Traits(label=gettext_noop("weight"), fit=Fit.WEIGHTS, is_many=True, is_alone=True, beside={"name": "weight"}),
    )
    PICTURE = (
        "picture",
        Traits(
            label=gettext_noop("picture"),
            fit=Fit.LINKS,
            is_many=True,
            beside={"name": "picture", "link": "picture"},
        ),
    )
    LINK = "link", Traits(label=gettext_noop("link"), fit=Fit.LINKS, beside={"name": "link"})
    CHARACTERISTIC = (
        "characteristic",
        Traits(label=gettext_noop("characteristic"), is_known=False, is_many=True),
    )
    IGNORE = "ignore", Traits(label=gettext_noop("not used"), kept=_Kept.NOWHERE, is_known=False, is_many=True)


def _with(is_wanted: Callable[[Traits], object]) -> tuple[Field, ...]:
    return tuple(each for each in Field if is_wanted(each.traits))


FIELDS: Mapping[str, Field] = {each.value: each for each in Field}
PRICES = _with(lambda traits: traits.price_kind)
KEYS = _with(lambda traits: traits.is_key)
CODES = _with(lambda traits: traits.is_code)
TELLING_APART = _with(lambda traits: traits.is_telling)
MANY = _with(lambda traits: traits.is_many)
BOUND = _with(lambda traits: traits.kept is _Kept.IN_ITEM)
AS_CHARACTERISTICS = _with(lambda traits: traits.kept is _Kept.AS_CHARACTERISTIC)
KNOWN = _with(lambda traits: traits.is_known)
OF_MAKER = frozenset(_with(lambda traits: traits.is_of_maker))
NAME_LIKE = _with(lambda traits: traits.may_be_name)
ALONE = frozenset(_with(lambda traits: traits.is_alone))
TOGETHER: Mapping[frozenset[str], Field] = {
    frozenset((each, other)): FIELDS[both] for each in Field for other, both in each.traits.beside.items()
}
