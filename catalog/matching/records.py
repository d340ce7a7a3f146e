"""What is compared: a record of a list or of the catalog, as its owner wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Record:
    """All but `id` and `name` may be unknown. `code` is the owner's own article number, `mpn` the manufacturer's."""

    id: str
    name: str
    brand: str | None = None
    mpn: str | None = None
    barcode: str | None = None
    price: Decimal | None = None
    currency: str | None = None
    description: str | None = None
    characteristics: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    code: str | None = None
    unit: str | None = None
    pack_size: Decimal | None = None
    category: str | None = None
