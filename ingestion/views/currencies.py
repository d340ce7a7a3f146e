"""Which currencies are in use, for people to choose from."""

from __future__ import annotations

from suppliers.models import Supplier

MOST_CURRENCIES = 30


def used_currencies() -> list[str]:
    """The default currencies of suppliers, in the order of the alphabet."""
    found = Supplier.objects.exclude(default_currency="").order_by("default_currency")
    return list(found.values_list("default_currency", flat=True).distinct()[:MOST_CURRENCIES])
