"""How an amount of money is shown: two decimals, unless it has more, and what it is for beside it; how two compare."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

_FAR_APART = 3


def show_money(amount: Decimal | None, currency: str = "", per_quantity: int = 1) -> str:
    """`2.45 EUR per 100`."""
    if amount is None:
        return "-"
    decimals = max(2, -int(amount.normalize().as_tuple().exponent))
    shown = f"{number_format(amount, decimals, force_grouping=True)} {currency}".strip()
    return shown if per_quantity == 1 else f"{shown} {show_basis(per_quantity)}"


def show_basis(per_quantity: int) -> str:
    return _("per %(quantity)s") % {"quantity": number_format(per_quantity, force_grouping=True)}


def are_far_apart(one: Decimal, other: Decimal) -> bool:
    """Whether two prices above zero, in one currency, are hardly those of one thing: over three times apart."""
    return not 1 / _FAR_APART <= one / other <= _FAR_APART
