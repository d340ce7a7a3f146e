"""What suppliers ask for the same products, side by side in one workbook."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, cast

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from catalog.exports import keep_as_text
from catalog.models import Product, SupplierItem

if TYPE_CHECKING:
    import pandas as pd

MOST_PRODUCTS = 10_000
CHEAPEST = PatternFill("solid", fgColor="C6EFCE")
FIRST_PRICE = 3  # the column after SKU and name
WIDTHS = {"A": 18, "B": 50}


class TooMany(Exception):
    """More products than a person compares in one workbook."""


def compare_offers(products: QuerySet[Product]) -> bytes:
    """An XLSX: a row a product, a column a supplier and currency, the cheapest offer of each currency marked.

    Prices are those of one, without tax where the list says that there is some in them.

    Missing items are left out. Raises TooMany beyond MOST_PRODUCTS.
    """
    if products.count() > MOST_PRODUCTS:
        raise TooMany
    return _workbook(_table(products))


def _table(products: QuerySet[Product]) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 60 MB that no worker needs

    items = SupplierItem.objects.filter(product__in=products.values("pk"), missing_since=None).with_net_unit_price()
    columns = ["product__internal_sku", "product__name", "currency", "supplier__name", "net_unit_price"]
    offers = pd.DataFrame.from_records(list(items.values_list(*columns)), columns=columns)
    table = offers.pivot_table(index=columns[:2], columns=columns[2:4], values="net_unit_price", aggfunc="min")
    return table.sort_index(axis=0).sort_index(axis=1)


def _workbook(table: pd.DataFrame) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = _("Offers")
    asked = cast("list[tuple[str, str]]", list(table.columns))
    currencies = [currency for currency, _supplier in asked]
    sheet.append([_("internal SKU"), _("name"), *(f"{supplier}, {currency}" for currency, supplier in asked)])
    for (sku, name), prices in zip(table.index, table.itertuples(index=False), strict=True):
        known = [price if isinstance(price, Decimal) else None for price in prices]  # no offer is a NaN
        sheet.append([sku, name, *known])
        _mark_cheapest(sheet, currencies, known)
    _dress(sheet)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _mark_cheapest(sheet: Worksheet, currencies: list[str], prices: list[Decimal | None]) -> None:
    """In the last row, where there is more than one offer in a currency."""
    for currency in dict.fromkeys(currencies):
        asked = [
            (price, column)
            for column, (its, price) in enumerate(zip(currencies, prices, strict=True), FIRST_PRICE)
            if its == currency and price is not None
        ]
        if len(asked) > 1:
            sheet.cell(sheet.max_row, min(asked)[1]).fill = CHEAPEST


def _dress(sheet: Worksheet) -> None:
    sheet.freeze_panes = "C2"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows():
        for cell in row:
            keep_as_text(cell)
