"""What a parser yields, in the words of the published contract: the cheap check of the stream is proven equal to it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ingestion.contracts import check
from ingestion.pricegrid import Field, Item, RowError

DEFINITIONS = {"full": "item", "stock": "stock_update", "prices": "price_update"}


def item_message(item: Item) -> dict[str, Any]:
    return {
        **item._asdict(),
        Field.PRICE: json_number(item.price),
        Field.RETAIL_PRICE: json_number(item.retail_price),
        "category_path": list(item.category_path),
        "notes": list(map(str, item.notes)),
        "characteristics": dict(item.characteristics),
        Field.STOCK: item.stock._asdict() if item.stock else None,
        "valid_from": item.valid_from and item.valid_from.isoformat(),
        "valid_until": item.valid_until and item.valid_until.isoformat(),
        "facts": {name: json_fact(value) for name, value in item.facts._asdict().items()},
    }


def json_fact(value: Any) -> Any:
    if isinstance(value, tuple):
        return [{name: json_number(amount) for name, amount in each._asdict().items()} for each in value]
    return json_number(value) if isinstance(value, Decimal) else value


def json_number(amount: Decimal | None) -> Decimal | str | None:
    """JSON knows no infinity and nothing that is not a number."""
    return amount if amount is None or amount.is_finite() else str(amount)


def error_message(error: RowError) -> dict[str, Any]:
    return {
        "error_type": error.error_type,
        "error_message": str(error.message),
        "row_number": error.row_number,
        "row_data": dict(error.row_data),
        "sheet": error.sheet,
    }


def check_row(row: Item | RowError, mode: str = "full") -> None:
    """Raises ContractViolation unless the row keeps the contract of a list of this mode."""
    if isinstance(row, RowError):
        check("parser_error", error_message(row))
    else:
        check("parser_item", item_message(row), DEFINITIONS[mode])
