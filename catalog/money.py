"""How an amount of money is shown: two decimals, unless it has more."""

from decimal import Decimal

from django.utils.formats import number_format


def show_money(amount: Decimal | None, currency: str = "") -> str:
    if amount is None:
        return "-"
    decimals = max(2, -int(amount.normalize().as_tuple().exponent))
    return f"{number_format(amount, decimals, force_grouping=True)} {currency}".strip()
